package org.linkctl.cli.hosts

import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import org.linkctl.lab.HostSpec
import org.linkctl.lab.Lab
import org.linkctl.lab.LabSpec
import org.linkctl.lab.Poll
import org.linkctl.lab.WireSpec
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.Tag
import spock.lang.TempDir

/**
 * One law for hosts of netplan, with both of its renderers, and of NetworkManager: what its owner wrote by hand is adopted;
 * apply, an empty plan, a reboot, an empty plan and the same network; and when all is no longer declared, the network that it
 * was before, also after a reboot.
 */
@Tag('lab')
@Requires({ RealHosts.patient('StackLabSpec, hosts of netplan and of NetworkManager') })
class StackLabSpec extends Specification {
    @AutoCleanup org.linkctl.lab.TemporaryLab temporary
    @TempDir Path folder

    /** As cloud-init writes it, with a definition that is not named as its interface is. */
    static final String BY_HAND = '''\
network:
  version: 2
  ethernets:
    lan:
      match: {macaddress: "@MAC@"}
      set-name: eth3
      addresses: [10.7.0.4/24, 10.7.0.9/24]
      routes:
        - to: 10.99.0.0/24
          via: 10.7.0.1
    eth5: {}
  bonds:
    bond1:
      interfaces: [eth5]
      parameters: {mode: active-backup, mii-monitor-interval: 100}
      addresses: [10.4.0.4/24]
'''

    /** A profile as an installer writes it; the metric, as NetworkManager would choose another one at every boot. */
    static final String PROFILE = '''\
[connection]
id=lan
uuid=0b4f2a52-5b0a-4b7e-9d1c-6d9a3c1f0002
type=ethernet
interface-name=eth3

[ipv4]
method=manual
address1=10.7.0.4/24
address2=10.7.0.9/24
route1=10.99.0.0/24,10.7.0.1
route-metric=100

[ipv6]
method=link-local
addr-gen-mode=eui64
'''

    /** The lab's own way in is not NetworkManager's; and an interface without a profile has none, as on Red Hat's servers. */
    static final String SETTINGS = '''\
[main]
no-auto-default=*

[keyfile]
unmanaged-devices=interface-name:eth0
'''

    /** What an installer of desktops writes, and the same profile in netplan's words. */
    static final String RENDERED = '''\
network:
  version: 2
  renderer: NetworkManager
  ethernets:
    eth3:
      addresses: [10.7.0.4/24, 10.7.0.9/24]
      routes:
        - to: 10.99.0.0/24
          via: 10.7.0.1
      networkmanager:
        passthrough:
          ipv4.route-metric: "100"
'''

    private static String empty(String host) {
        """fabric('stacks') {
    site('a', lan: ['10.2.3.0/24', 'fd00:a::/64']) { host('$host', os: LINUX, ssh: 'ops@$host') }
}
"""
    }

    def 'netplan: what is declared is kept by a reboot, and goes without a trace'() {
        given: 'a host whose owner has netplan and a file of cloud-init’s kind'
        temporary = Lab.temporary(new LabSpec([HostSpec.bare('netplan'), HostSpec.bare('far')],
                (1..5).collect { WireSpec.wire('netplan', "eth$it", 'far', "eth$it") }), { println it })
        def lab = temporary.lab()
        lab.exec('netplan', 'apt-get -qq install -y netplan.io >/dev/null').orThrow()
        def mac = lab.exec('netplan', 'cat /sys/class/net/eth3/address').orThrow().strip()
        lab.exec('netplan', "umask 077; cat >/etc/netplan/50-cloud-init.yaml <<'END'\n${BY_HAND.replace('@MAC@', mac)}END\nnetplan generate").orThrow()
        lab.reboot('netplan')
        def inventory = folder.resolve('stacks.groovy')
        def linkctl = { String name, Object... more -> Command.run(name, inventory, '-F', lab.sshConfig(), '--color', 'never', *more) }
        def plan = { linkctl('plan', '--detailed-exitcode') }
        def files = { lab.exec('netplan', 'find /etc/netplan /etc/systemd /run/systemd/network -type f -exec sha256sum {} + | sort -k 2').orThrow() }
        Poll.until('the owner’s network to be there', Duration.ofSeconds(120), {
            lab.exec('netplan', 'ip -br -6 address show eth3; ip -br -6 address show bond1').orThrow().count('fe80:') == 2
        })
        def before = NetworkState.settled(lab, 'netplan')
        def filesBefore = files()
        Files.writeString(inventory, '''fabric('stacks') {
    site('a', lan: ['10.2.3.0/24', 'fd00:a::/64']) {
        host('netplan', os: LINUX, ssh: 'ops@netplan') {
            bond('bond0', mode: ACTIVE_BACKUP, members: ['eth2', 'eth1'], mtu: 1400, address: ['10.2.3.4/24', 'fd00:a::4/64'])
            vlan('bond0.10', on: 'bond0', id: 10, address: ['10.9.0.4/24', 'fd00:9::4/64'], defaultGateway: '10.9.0.1')
            bond('bond1', mode: ACTIVE_BACKUP, members: ['eth5'], address: ['10.4.0.4/24', 'fd00:4::4/64'])
            nic('eth3', address: ['10.7.0.4/24', 'fd00:7::4/64'])
            nic('eth4', address: 'fd00:8::4/64', mtu: 1400, defaultGateway: 'fd00:8::1')
        }
    }
}
''')
        def untouched = { lab.exec('netplan', 'journalctl -b -o cat -u systemd-networkd | grep -c "eth3: Reconfiguring" || :').orThrow() }

        when:
        def applied = linkctl('apply', '--yes')

        then:
        applied.status == 0
        applied.out =~ /netplan +changed: \d+ steps; a second look found no difference/
        plan().status == 0
        lab.exec('netplan', 'stat -c "%a" /etc/netplan/90-linkctl-*').orThrow().readLines().toSet() == ['600'] as Set
        lab.exec('netplan', 'cat /sys/class/net/bond0/bonding/slaves').orThrow().strip() == 'eth2 eth1'

        when:
        def differ = NetworkState.differencesAfterReboot(lab, ['netplan'], plan)

        then: 'what the reboot gave is what apply gave'
        differ == []

        when: 'a change of one interface leaves the others alone'
        def eth3 = untouched()
        Files.writeString(inventory, Files.readString(inventory).replace("'fd00:8::4/64'", "['10.8.0.4/24', 'fd00:8::4/64']"))
        def changed = linkctl('apply', '--yes')

        then:
        changed.status == 0
        untouched() == eth3
        plan().status == 0

        when: 'netplan refuses a file of the owner’s'
        def whole = files()
        lab.exec('netplan', "umask 077; echo 'network: {version: 2, ethernets: {eth9: {addresses: [10.0.0.1]}}}' >/etc/netplan/60-wrong.yaml").orThrow()
        Files.writeString(inventory, Files.readString(inventory).replace("'10.8.0.4/24'", "'10.8.0.5/24'"))
        def refused = linkctl('apply', '--yes', '--allow-cut')
        lab.exec('netplan', 'rm /etc/netplan/60-wrong.yaml').orThrow()

        then: 'all is as it was'
        refused.status == 5
        refused.out.contains('60-wrong.yaml:1:')
        refused.out.contains('ROLLED BACK')
        files() == whole
        lab.exec('netplan', 'ip -br -4 address show eth4').orThrow() =~ /10\.8\.0\.4\/24\s*$/

        when: 'all is no longer declared'
        Files.writeString(inventory, empty('netplan'))
        def removed = linkctl('apply', '--yes', '--allow-cut')
        lab.reboot('netplan')

        then:
        removed.status == 0
        plan().status == 0
        NetworkState.left(lab, 'netplan', before) == []
        files() == filesBefore
    }

    def '#owner: what is declared is kept by a reboot, and goes without a trace'() {
        given: 'a host whose owner has NetworkManager and gave one interface a profile'
        temporary = Lab.temporary(new LabSpec([HostSpec.bare('nm'), HostSpec.bare('far')],
                (1..4).collect { WireSpec.wire('nm', "eth$it", 'far', "eth$it") }), { println it })
        def lab = temporary.lab()
        lab.exec('nm', "mkdir -p /etc/NetworkManager/conf.d /etc/NetworkManager/system-connections && cat >/etc/NetworkManager/conf.d/10-owner.conf <<'END'\n${SETTINGS}END\n").orThrow()
        lab.exec('nm', "umask 077; mkdir -p /etc/netplan; cat >$file <<'END'\n${text}END\n").orThrow()
        lab.exec('nm', "systemctl -q disable systemd-networkd.service systemd-networkd.socket; apt-get -qq install -y --no-install-recommends network-manager $more >/dev/null").orThrow()
        lab.reboot('nm')
        def inventory = folder.resolve('stacks.groovy')
        def linkctl = { String name, Object... words -> Command.run(name, inventory, '-F', lab.sshConfig(), '--color', 'never', *words) }
        def plan = { linkctl('plan', '--detailed-exitcode') }
        def files = { lab.exec('nm', 'find /etc/NetworkManager /etc/netplan /etc/systemd -type f -exec sha256sum {} + | sort -k 2').orThrow() }
        Poll.until('the owner’s network to be there', Duration.ofSeconds(120), {
            lab.exec('nm', 'nmcli -g GENERAL.STATE device show eth3; ip -br -6 address show eth3').orThrow() =~ /(?s)^100 .* fe80:/
        })
        def before = NetworkState.settled(lab, 'nm')
        def filesBefore = files()
        Files.writeString(inventory, '''fabric('stacks') {
    site('a', lan: ['10.2.3.0/24', 'fd00:a::/64']) {
        host('nm', os: LINUX, ssh: 'ops@nm') {
            bond('bond0', mode: ACTIVE_BACKUP, members: ['eth1', 'eth2'], mtu: 1400, address: ['10.2.3.4/24', 'fd00:a::4/64'])
            vlan('bond0.10', on: 'bond0', id: 10, address: ['10.9.0.4/24', 'fd00:9::4/64'], defaultGateway: '10.9.0.1')
            nic('eth3', address: ['10.7.0.4/24', 'fd00:7::4/64'])
            nic('eth4', address: 'fd00:8::4/64', mtu: 1400, defaultGateway: 'fd00:8::1')
        }
    }
}
''')
        // Each activation of a device is one line of NetworkManager's journal.
        def activated = { String device -> lab.exec('nm', "journalctl -b -o cat -u NetworkManager | grep -c 'device ($device): Activation: successful' || :").orThrow() }

        when:
        def applied = linkctl('apply', '--yes')

        then:
        applied.status == 0
        applied.out =~ /nm +changed: \d+ steps; a second look found no difference/
        plan().status == 0
        lab.exec('nm', 'stat -c "%a" /etc/NetworkManager/system-connections/linkctl-*').orThrow().readLines().toSet() == ['600'] as Set
        lab.exec('nm', 'cat /sys/class/net/bond0/bonding/slaves').orThrow().strip() == 'eth1 eth2'
        lab.exec('nm', 'cat /sys/class/net/bond0/address').orThrow().strip() == lab.exec('nm', "sed -n '/Slave Interface: eth1/,/Permanent HW/s/Permanent HW addr: //p' /proc/net/bonding/bond0").orThrow().strip()

        and: 'an interface that its owner gave a profile keeps it'
        lab.exec('nm', 'nmcli -g GENERAL.CONNECTION device show eth3').orThrow().strip() == profile

        when: 'the owner has everything set up again'
        def applies = NetworkState.settled(lab, 'nm')
        lab.exec('nm', again).orThrow()

        then:
        NetworkState.left(lab, 'nm', applies) == []

        and: 'netplan removes /run/NetworkManager/devices: NetworkManager takes members for somebody else’s until the next run'
        again == 'netplan apply' ? linkctl('apply', '--yes').status == 0 : true
        plan().status == 0

        when:
        def differ = NetworkState.differencesAfterReboot(lab, ['nm'], plan)

        then: 'what the reboot gave is what apply gave'
        differ == []

        when: 'addresses and a bond’s option change'
        def once = ['bond0', 'eth1', 'eth2', 'eth3', 'eth4'].collectEntries { [(it): activated(it)] }
        Files.writeString(inventory, Files.readString(inventory).replace("'fd00:8::4/64'", "['10.8.0.4/24', 'fd00:8::4/64']").replace("'10.2.3.4/24'", "'10.2.3.5/24'").replace('mtu: 1400, address', 'miimon: 250, mtu: 1400, address'))
        def changed = linkctl('apply', '--yes', '--allow-cut')

        then: 'nothing is activated anew for it'
        changed.status == 0
        once.keySet().collectEntries { [(it): activated(it)] } == once
        plan().status == 0

        when:
        def differAgain = NetworkState.differencesAfterReboot(lab, ['nm'], plan)

        then:
        differAgain == []

        when: 'all is no longer declared'
        Files.writeString(inventory, empty('nm'))
        def removed = linkctl('apply', '--yes', '--allow-cut')
        lab.reboot('nm')

        then:
        removed.status == 0
        plan().status == 0
        NetworkState.left(lab, 'nm', before) == []
        files() == filesBefore

        where:
        owner                                      | file                                                      | text     | more         | profile        | again
        'NetworkManager'                           | '/etc/NetworkManager/system-connections/lan.nmconnection' | PROFILE  | ''           | 'lan'          | 'systemctl restart NetworkManager'
        'netplan with the renderer NetworkManager' | '/etc/netplan/01-network-manager-all.yaml'                | RENDERED | 'netplan.io' | 'netplan-eth3' | 'netplan apply'
    }
}

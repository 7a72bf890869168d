package org.linkctl.cli.hosts

import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import org.linkctl.lab.HostSpec
import org.linkctl.lab.Lab
import org.linkctl.lab.LabException
import org.linkctl.lab.LabSpec
import org.linkctl.lab.NetworkKind
import org.linkctl.lab.Poll
import org.linkctl.lab.WireSpec
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.Tag
import spock.lang.TempDir

/**
 * A host of ifupdown2, as a hypervisor's owner has it: what is declared is kept by ifreload(8) and by a reboot, and goes
 * without a trace.
 */
@Tag('lab')
@Requires({ RealHosts.patient('Ifupdown2LabSpec, a host of ifupdown2') })
class Ifupdown2LabSpec extends Specification {
    @AutoCleanup org.linkctl.lab.TemporaryLab temporary
    @TempDir Path folder

    static final String BY_HAND = '''\
auto lo
iface lo inet loopback

iface eth5 inet manual

auto vmbr0
iface vmbr0 inet static
    address 10.4.0.4/24
    bridge-ports eth5
    bridge-stp off
    bridge-fd 0
    hwaddress 52:54:00:01:00:05

auto eth3
iface eth3
    address 10.7.0.4/24
    address 10.7.0.9/24

source /etc/network/interfaces.d/*
'''

    private static String empty() {
        '''fabric('stacks') {
    site('a', lan: ['10.2.3.0/24', 'fd00:a::/64']) { host('ifup2', os: LINUX, ssh: 'ops@ifup2') }
}
'''
    }

    def 'ifupdown2: what is declared is kept by ifreload and a reboot, and goes without a trace'() {
        given:
        temporary = Lab.temporary(new LabSpec([new HostSpec('ifup2', NetworkKind.IFUPDOWN, ''), HostSpec.bare('far')],
                (1..5).collect { WireSpec.wire('ifup2', "eth$it", 'far', "eth$it") }), { println it })
        def lab = temporary.lab()
        def on = { String script -> lab.exec('ifup2', script).orThrow() }
        on('apt-get -qq install -y -o Dpkg::Options::=--force-confold ifupdown2 >/dev/null')
        assert on('readlink -f /sbin/ifup').contains('/ifupdown2/')
        on("cat >/etc/network/interfaces <<'END'\n${BY_HAND}END\nsystemctl -q enable networking.service")
        lab.reboot('ifup2')
        def inventory = folder.resolve('stacks.groovy')
        def linkctl = { String name, Object... more -> Command.run(name, inventory, '-F', lab.sshConfig(), '--color', 'never', *more) }
        def plan = { linkctl('plan', '--detailed-exitcode') }
        def files = { on('find /etc/network /etc/systemd -type f -exec sha256sum {} + | sort -k 2') }
        try {
            Poll.until('the owner’s network to be there', Duration.ofSeconds(120), { on('ip -br -6 address').findAll(/(?m)^(eth3|vmbr0) .*fe80:/).size() == 2 })
        } catch (LabException e) {
            println on('ip -br address; cat /etc/network/interfaces; ls -l /etc/network/interfaces.d; systemctl status networking.service; journalctl -b --no-pager -o cat -u networking.service || :')
            throw e
        }
        def before = NetworkState.settled(lab, 'ifup2')
        def filesBefore = files()
        Files.writeString(inventory, '''fabric('stacks') {
    site('a', lan: ['10.2.3.0/24', 'fd00:a::/64']) {
        host('ifup2', os: LINUX, ssh: 'ops@ifup2') {
            bond('bond0', mode: ACTIVE_BACKUP, members: ['eth2', 'eth1'], mtu: 1400, address: ['10.2.3.4/24', 'fd00:a::4/64'])
            nic('eth3', address: ['10.7.0.4/24', '192.0.2.0/31', 'fd00:7::4/64'])
            vlan('bond0.10', on: 'bond0', id: 10, address: ['10.9.0.4/24', 'fd00:9::4/64'])
            bridge('br1', members: ['eth4'], address: '10.8.0.4/24')
            // By itself ifupdown2 takes IPv6 from a bridge's port at boot, and has a bridge forward.
            sysctl('net.ipv6.conf.eth4.disable_ipv6', 1)
            sysctl('net.ipv4.ip_forward', 1)
            sysctl('net.ipv6.conf.all.forwarding', 1)
        }
    }
}
''')

        when:
        def applied = linkctl('apply', '--yes')

        then:
        applied.status == 0 || { println applied; false }()
        applied.out =~ /ifup2 +changed: \d+ steps; a second look found no difference/
        plan().status == 0
        on('cat /sys/class/net/bond0/bonding/slaves').strip() == 'eth2 eth1'

        when: 'the owner has ifupdown2 look at everything again'
        def applies = NetworkState.settled(lab, 'ifup2')
        on('ifreload -a')
        def reloaded = NetworkState.differences('ifup2', applies, NetworkState.of(lab, 'ifup2'))

        then:
        reloaded == [] || { println reloaded.join('\n'); false }()
        plan().status == 0

        when:
        def differ = NetworkState.differencesAfterReboot(lab, ['ifup2'], plan)

        then: 'what the reboot gave is what apply gave'
        differ == [] || { println differ.join('\n'); false }()

        when: 'addresses and a bond’s option change'
        Files.writeString(inventory, Files.readString(inventory).replace("'10.2.3.4/24'", "'10.2.3.5/24'").replace('mtu: 1400, address', 'miimon: 250, mtu: 1400, address'))
        def changed = linkctl('apply', '--yes', '--allow-cut')
        def differAgain = NetworkState.differencesAfterReboot(lab, ['ifup2'], plan)

        then:
        changed.status == 0 || { println changed; false }()
        differAgain == [] || { println differAgain.join('\n'); false }()

        when: 'all is no longer declared'
        Files.writeString(inventory, empty())
        def removed = linkctl('apply', '--yes', '--allow-cut')
        lab.reboot('ifup2')
        def left = NetworkState.left(lab, 'ifup2', before)

        then:
        removed.status == 0 || { println removed; false }()
        plan().status == 0
        left == []
        files() == filesBefore
    }
}

package org.linkctl.cli.hosts

import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import org.linkctl.lab.HostSpec
import org.linkctl.lab.Lab
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
 * The law of StackLabSpec for hosts of systemd-networkd and of ifupdown, at once: what its owner wrote by hand stays; apply, an
 * empty plan, a reboot, an empty plan and the same network; a change; and when all is no longer declared, the network and the
 * files that it had before, also after a reboot.
 */
@Tag('lab')
@Requires({ RealHosts.patient('NetworkdLabSpec, hosts of systemd-networkd and of ifupdown') })
class NetworkdLabSpec extends Specification {
    private static final List<String> HOSTS = ['networkd', 'ifup']

    @AutoCleanup org.linkctl.lab.TemporaryLab temporary
    @TempDir Path folder

    private static final String NETWORK = '''\
[Match]
Name=eth3

[Network]
Address=10.7.0.4/24
Address=10.7.0.9/24

[Route]
Destination=10.99.0.0/24
Gateway=10.7.0.1
'''

    private static final String STANZA = '''\
auto eth3
iface eth3 inet static
    address 10.7.0.4/24
    up ip address add 10.7.0.9/24 dev $IFACE
    up ip route add 10.99.0.0/24 via 10.7.0.1
'''

    private static String inventory(String declared) {
        """fabric('stacks') {
    site('a', lan: ['10.2.3.0/24', 'fd00:a::/64']) {
        ['networkd', 'ifup'].each { name -> host(name, os: LINUX, ssh: "ops@\$name") { $declared } }
    }
}
"""
    }

    private static final String DECLARED = '''
                String n = name == 'networkd' ? '4' : '5'
                bond('bond0', mode: ACTIVE_BACKUP, members: ['eth2', 'eth1'], mtu: 1400, address: ["10.2.3.$n/24", "fd00:a::$n/64"])
                vlan('bond0.10', on: 'bond0', id: 10, address: ["10.9.0.$n/24", "fd00:9::$n/64"], defaultGateway: '10.9.0.1')
                nic('eth4', address: "fd00:8::$n/64", mtu: 1400, defaultGateway: 'fd00:8::1')
                bridge('br1', members: ['eth5'], address: "10.5.0.$n/24")
    '''

    def 'what is declared is kept by a reboot, and goes without a trace'() {
        given: 'hosts whose owners gave one interface its addresses'
        temporary = Lab.temporary(new LabSpec([HostSpec.bare('networkd'), new HostSpec('ifup', NetworkKind.IFUPDOWN, '')],
                (1..5).collect { WireSpec.wire('networkd', "eth$it", 'ifup', "eth$it") }), { println it })
        def lab = temporary.lab()
        lab.exec('networkd', "cat >/etc/systemd/network/50-lan.network <<'END'\n${NETWORK}END").orThrow()
        lab.exec('ifup', "cat >/etc/network/interfaces.d/lan <<'END'\n${STANZA}END").orThrow()
        HOSTS.each { lab.reboot(it) }
        HOSTS.each { host ->
            Poll.until("the owner's network of $host to be there", Duration.ofSeconds(120), {
                lab.exec(host, 'ip -br address show eth3; ip route').orThrow() =~ /(?s)10\.7\.0\.9.* fe80:.*10\.99\.0\.0\/24/
            })
        }
        def file = folder.resolve('stacks.groovy')
        def linkctl = { String name, Object... more -> Command.run(name, file, '-F', lab.sshConfig(), '--color', 'never', *more) }
        def plan = { linkctl('plan', '--detailed-exitcode') }
        // The package ifenslave, which the bond on ifupdown needs, goes with it, and dpkg(1) keeps its configuration (--remove).
        def files = { HOSTS.collectEntries { [it, lab.exec(it, 'find /etc/systemd /etc/network -type f ! -name ifenslave -exec sha256sum {} + | sort -k 2').orThrow()] } }
        def before = HOSTS.collectEntries { [it, NetworkState.settled(lab, it)] }
        def filesBefore = files()
        Files.writeString(file, inventory(DECLARED))

        when:
        def applied = linkctl('apply', '--yes')

        then:
        applied.status == 0 || { println applied; false }()
        HOSTS.every { applied.out =~ /$it +changed: \d+ steps; a second look found no difference/ }
        plan().status == 0
        HOSTS.every { lab.exec(it, 'cat /sys/class/net/bond0/bonding/slaves').orThrow().strip() == 'eth2 eth1' }
        HOSTS.every { lab.exec(it, 'ip -br address show eth3; ip route').orThrow() =~ /(?s)10\.7\.0\.9.*10\.99\.0\.0\/24/ }

        when:
        def differ = NetworkState.differencesAfterReboot(lab, HOSTS, plan)

        then: 'what the reboot gave is what apply gave'
        differ == [] || { println differ.join('\n'); false }()

        when: 'addresses and an option of the bond change'
        Files.writeString(file, inventory(DECLARED.replace('"fd00:8::$n/64"', '["10.8.0.$n/24", "fd00:8::$n/64"]').replace('mtu: 1400, address: ["10.2', 'miimon: 250, mtu: 1400, address: ["10.2')))
        def changed = linkctl('apply', '--yes', '--allow-cut')
        def differAgain = NetworkState.differencesAfterReboot(lab, HOSTS, plan)

        then:
        changed.status == 0 || { println changed; false }()
        differAgain == [] || { println differAgain.join('\n'); false }()

        when: 'all is no longer declared'
        Files.writeString(file, inventory(''))
        def removed = linkctl('apply', '--yes', '--allow-cut')
        HOSTS.each { lab.reboot(it) }
        def left = HOSTS.collectMany { NetworkState.left(lab, it, before[it]) }

        then:
        removed.status == 0 || { println removed; false }()
        plan().status == 0
        left == []
        files() == filesBefore
    }
}

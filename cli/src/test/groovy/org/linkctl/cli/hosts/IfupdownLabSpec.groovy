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

/** Hosts run by something other than systemd-networkd: ifupdown is configured, a NetworkManager that does not answer is refused by name. */
@Tag('lab')
@Requires({ RealHosts.patient('IfupdownLabSpec, hosts of ifupdown and of NetworkManager') })
class IfupdownLabSpec extends Specification {
    @AutoCleanup org.linkctl.lab.TemporaryLab temporary
    @TempDir Path folder

    def 'ifupdown: a bond and its addresses, kept by a reboot; NetworkManager: refused, and left alone'() {
        given:
        temporary = Lab.temporary(new LabSpec(
                [new HostSpec('ifup', NetworkKind.IFUPDOWN, ''), HostSpec.bare('nm').runBy(NetworkKind.NETWORK_MANAGER)],
                (1..4).collect { WireSpec.wire('ifup', "eth$it", 'nm', "eth$it") }), { println it })
        def lab = temporary.lab()
        def inventory = folder.resolve('stacks.groovy')
        Files.writeString(inventory, '''fabric('stacks') {
    site('a', lan: ['10.2.3.0/24', 'fd00:a::/64']) {
        ['ifup', 'nm'].each { name ->
            host(name, os: LINUX, ssh: "ops@${name}") {
                bond('bond0', mode: ACTIVE_BACKUP, members: ['eth1', 'eth2'],
                     address: name == 'ifup' ? ['10.2.3.4/24', 'fd00:a::4/64'] : ['10.2.3.5/24', 'fd00:a::5/64'])
                // A prefix without a broadcast address; an MTU that no IPv4 address brings with it.
                if (name == 'ifup') {
                    nic('eth3', address: ['192.0.2.0/31', 'fd00:a:0:3::4/64'])
                    nic('eth4', address: 'fd00:a:0:4::4/64', mtu: 1400)
                }
                // Each is undone by what comes before it, unless the order is right; bbr brings a queueing discipline.
                sysctl('net.ipv4.conf.eth0.forwarding', 0)
                sysctl('net.ipv4.ip_forward', 1)
                sysctl('net.ipv6.conf.all.forwarding', 1)
                sysctl('net.ipv6.conf.all.disable_ipv6', 0)
                sysctl('net.ipv4.conf.all.accept_redirects', 1)
                sysctl('net.ipv4.conf.default.rp_filter', 2)
                sysctl('net.ipv4.conf.eth3.rp_filter', 1)
                sysctl('net.ipv6.neigh.default.base_reachable_time_ms', 31000)
                sysctl('net.ipv4.tcp_congestion_control', 'bbr')
            }
        }
    }
}
''')
        def linkctl = { String name, Object... more -> Command.run(name, inventory, '-F', lab.sshConfig(), '--color', 'never', *more) }
        def networks = { lab.exec('nm', 'nmcli -t connection show 2>/dev/null; ip -br link; find /etc -newer /run/mark ! -type d').orThrow() }
        lab.exec('nm', 'touch /run/mark').orThrow()
        def before = networks()

        when:
        def applied = linkctl('apply', '--yes')

        then:
        applied.status == 4
        applied.out =~ /nm +REFUSED\n +linux\.\S+: NetworkManager runs its network/
        networks() == before

        and:
        applied.out =~ /ifup +changed: \d+ steps/
        lab.exec('ifup', 'cat /proc/net/bonding/bond0').orThrow().contains('fault-tolerance (active-backup)')

        and: 'one address, which is the first member’s own'
        lab.exec('ifup', 'cat /sys/class/net/bond0/address').orThrow().strip() == lab.exec('ifup', "sed -n '/Slave Interface: eth1/,/Permanent HW/s/Permanent HW addr: //p' /proc/net/bonding/bond0").orThrow().strip()

        and: 'interfaces that were up before have the queueing discipline, too'
        lab.exec('ifup', 'tc qdisc show dev eth0').orThrow().startsWith('qdisc fq 0:')

        and: 'a parameter of default reaches what is there, but for what is declared by itself'
        lab.exec('ifup', 'cd /proc/sys/net/ipv4/conf && cat eth0/rp_filter bond0/rp_filter lo/rp_filter eth3/rp_filter all/rp_filter').orThrow().readLines() == ['2', '2', '2', '1', '0']

        when:
        def differ = NetworkState.differencesAfterReboot(lab, ['ifup']) { linkctl('plan', '--limit', 'ifup', '--detailed-exitcode') }

        then: 'what the reboot gave is what apply gave'
        differ == []
        lab.exec('ifup', 'ip -br address show bond0').orThrow() =~ /10\.2\.3\.4\/24.* fd00:a::4\/64/
    }

    def 'a login that needs a password for #tool: it is asked once, and seen nowhere'() {
        given:
        temporary = Lab.temporary(new LabSpec([HostSpec.bare('host')], []), { println it })
        def lab = temporary.lab()
        def inventory = folder.resolve('password.groovy')
        Files.writeString(inventory, """fabric('password') {
    site('a', lan: '10.2.3.0/24') { host('host', os: LINUX, ssh: 'pw@host', become: $become) { sysctl('net.ipv4.ip_forward', '1') } }
}
""")
        def java = Path.of(System.getProperty('java.home'), 'bin', 'java').toString()
        def out = folder.resolve('out')
        def words = [java, '-Dlinkctl.terminals=in,out,err', '-cp', System.getProperty('java.class.path'), 'org.linkctl.cli.Main', 'apply', inventory, '-F', lab.sshConfig(), '--yes', '-vv']
        lab.exec('host', 'nohup sh -c "while :; do ps -eo args; sleep 0.1; done" >/run/seen 2>&1 </dev/null &').orThrow()

        when: 'script(1) gives the command a terminal'
        def process = new ProcessBuilder('script', '-qec', words.collect { "'$it'" }.join(' '), '/dev/null')
                .redirectErrorStream(true).redirectOutput(out.toFile())
        process.environment().XDG_STATE_HOME = folder.toString()
        process = process.start()
        Poll.until('it asks', Duration.ofSeconds(60), { Files.readString(out).contains('password of pw') || !process.alive })
        assert process.alive : Files.readString(out)
        process.outputStream.withWriter { it.write('lab-password\n') ; it.flush() ; assert RealHosts.ends(process, 120) }
        def text = Files.readString(out)

        then:
        process.exitValue() == 0
        text.contains('Apply: 1 of 1 host converged (1 changed)')
        text.findAll('password of pw').size() == 1

        and:
        !text.contains('lab-password')
        lab.exec('host', 'cat /run/seen').orThrow().contains('sshd: pw')
        !lab.exec('host', 'cat /run/seen; journalctl --no-pager; find /etc /tmp /run /var -xdev -type f -size -2M -exec cat {} +').stdout().contains('lab-password')

        where:
        tool   | become
        'sudo' | 'SUDO'
        'doas' | 'DOAS'
    }
}

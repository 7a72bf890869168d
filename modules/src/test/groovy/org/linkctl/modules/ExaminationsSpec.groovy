package org.linkctl.modules

import org.linkctl.model.Fabric
import org.linkctl.model.Host
import org.linkctl.spi.Answer
import org.linkctl.spi.Answers
import org.linkctl.spi.Examination
import org.linkctl.spi.Examination.Look
import org.linkctl.spi.Published
import org.linkctl.spi.Question
import org.linkctl.spi.Scope
import org.linkctl.spi.Sight
import spock.lang.Specification
import spock.lang.TempDir

/** What the doctor looks at beside modules: hosts whose answers are given here as text. */
class ExaminationsSpec extends Specification {
    @TempDir
    File folder

    private static final String LINUX = '''
        fabric('x') {
            site('a', lan: '10.2.3.0/24') {
                host('a-gw', os: LINUX, ssh: 'a-gw') { bond('bond0', mode: LACP, members: ['eth1', 'eth2'], address: '10.2.3.4/24') }
            }
            site('b', lan: '10.5.6.0/24') { host('b-gw', os: LINUX, ssh: 'b-gw') { nic('eth1', address: '10.5.6.7/24') } }
            tunnels('ab', count: 2, ports: 5000..5063, transit: '10.255.254.0/24', keepalive: 25) {
                end('a-gw')
                end('b-gw', endpoint: '203.0.113.1')
            }
            route(between: ['a', 'b'], via: 'ab')
        }'''.stripIndent()

    private static final String FREEBSD = LINUX.replace("os: LINUX, ssh: 'b-gw'", "os: FREEBSD, ssh: 'b-gw'").replace("nic('eth1'", "nic('em1'")

    private Fabric fabric(String text) {
        def file = new File(folder, 'net.groovy')
        file.text = text
        Inventories.load(file)
    }

    private static final Map<String, String> USUAL = [
        'uname -s': 'Linux', 'uname -r': '6.1.0-30-amd64', 'uname -m': 'x86_64', 'test -d /run/systemd/system': '',
        'df -Pk': 'Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/vda1 20000000 1000000 19000000 5% /',
        'systemctl is-active systemd-networkd.service': 'active', 'modprobe -n -v wireguard': 'insmod /lib/modules/6.1.0-30-amd64/wireguard.ko',
        'ls /lib/modules': '6.1.0-30-amd64', 'ls -d /sys/module/nf_tables': '/sys/module/nf_tables',
        'modprobe -n -v bonding': '', 'ss -H -u -l -n': '', 'ip -j -d address show': links('192.0.2.10'),
        'ping': '3 packets transmitted, 3 received, 0% packet loss, time 400ms', 'bash -c': '5'
    ]

    private static String links(String address) {
        """[{"ifname":"lo","flags":["UP"],"mtu":65536,"addr_info":[]},{"ifname":"eth0","flags":["UP"],"mtu":1500,"link_type":"ether","address":"02:00:00:00:00:01","addr_info":[{"family":"inet","local":"$address","prefixlen":24,"scope":"global"}]}]"""
    }

    private static String snmp(long noPorts) { "Udp: InDatagrams NoPorts InErrors\nUdp: 7 $noPorts 0\n" }

    /** All looks at both hosts; what is not answered is no command, or no file. */
    private Map<String, List<String>> examine(Fabric fabric, Map<String, Map<String, String>> more, Map<Look, Long> noPorts = [(Look.FIRST): 5L, (Look.LAST): 15L]) {
        Map<String, Map<Look, Answers>> all = [:].withDefault { [:] }
        for (look in Look.values()) {
            def sight = new Sight(all)
            Map<String, Answers> now = [:]
            for (host in fabric.hosts()) {
                def said = USUAL + [(host.name()): ''] + (more[host.name()] ?: [:])
                Map<Question<?>, Answer> answers = [:]
                for (one in Modules.examinations()) for (question in one.questions(scope(fabric, host), look, sight)) {
                    assert ReadOnly.allows(question)
                    answers[question] = answer(question, said, noPorts[look] ?: 0L)
                }
                now[host.name()] = new Answers(answers)
            }
            now.each { name, answers -> all[name][look] = answers }
        }
        fabric.hosts().collectEntries { host ->
            [host.name(), Modules.examinations().collectMany { Examination one ->
                one.diagnoses(scope(fabric, host), new Sight(all)).collect { "$it.state $it.subject: $it.text | $it.cure".toString() }
            }]
        }
    }

    private static Scope scope(Fabric fabric, Host host) { new Scope(fabric, host, Published.NOTHING) }

    private static Answer answer(Question question, Map<String, String> said, long noPorts) {
        if (question instanceof Question.ReadFile) {
            if (question.path() == '/proc/net/snmp') return new Answer.Text(snmp(noPorts))
            return said[question.path()] == null ? new Answer.Absent() : new Answer.Text(said[question.path()])
        }
        String words = question.argv().words().join(' ')
        def key = said.keySet().findAll { words.startsWith(it) && !it.startsWith('/') && it.contains(it) }.findAll { said[it] != null && (words == it || words.startsWith("$it ")) }.max { it.length() }
        if (key == null) return new Answer.Output(words.startsWith('modprobe') || words.startsWith('ls') || words.startsWith('grep') ? 1 : 127, '', 'not there')
        said[key].startsWith('!') ? new Answer.Output(1, said[key].substring(1), '') : new Answer.Output(0, said[key], '')
    }

    def 'a host on which nothing is in the way'() {
        when:
        def found = examine(fabric(LINUX), ['b-gw': ['ip -j -d address show': links('203.0.113.1')]])

        then:
        found['a-gw'] == [
            'FINE disk: 18 GiB free for /var/lib/linkctl | ',
            'FINE system: Linux 6.1.0-30-amd64, x86_64 | ',
            'FINE kernel: it has what is declared: wireguard (loadable), bonding (built in), nf_tables (built in) | ',
            'FINE network stack: systemd-networkd | ',
            'FINE path MTU to 203.0.113.1: 1480 bytes, a full packet of the tunnel with all headers, pass in one piece | ',
            'FINE NAT: none is seen between this host and the other ends | '
        ].sort { one -> found['a-gw'].indexOf(one) }
        found['b-gw'].any { it == 'FINE UDP 5000-5001: 10 of 10 datagrams from a-gw arrived | ' } || found['b-gw'].any { it ==~ /FINE UDP [0-9, -]+: 10 of 10 datagrams from a-gw arrived \| / }
        found.values().flatten().every { it.startsWith('FINE') }
    }

    def '#what is in the way, with its cure'() {
        when:
        def found = examine(fabric(LINUX), [(host): said], noPorts)[host]

        then:
        found.any { it.startsWith(state) && it.contains(text) && it.contains("| $cure") }

        where:
        what | host | said | noPorts || state | text | cure
        'another system' | 'a-gw' | ['uname -s': 'FreeBSD'] | [:] || 'IN_THE_WAY' | 'it runs FreeBSD, and the inventory says os: LINUX' | 'say os: FREEBSD at '
        'no systemd' | 'a-gw' | ['test -d /run/systemd/system': '!'] | [:] || 'IN_THE_WAY' | 'no systemd runs this host' | 'linkctl keeps tunnels'
        'a full disk' | 'a-gw' | ['df -Pk': 'x\n/dev/vda1 100 95 5 95% /'] | [:] || 'IN_THE_WAY' | '0 MiB free' | 'free some space at /'
        'a read-only disk' | 'a-gw' | ['/proc/self/mounts': '/dev/vda1 / ext4 ro,relatime 0 0\n'] | [:] || 'IN_THE_WAY' | 'mounted read-only' | 'mount it for writing'
        'SELinux, and the label of libraries' | 'a-gw' | ['/sys/fs/selinux/enforce': '1', 'stat -c': 'system_u:object_r:lib_t:s0'] | [:] || 'DOUBTFUL' | 'SELinux: enforces, and /usr/local/lib/linkctl has not' | 'semanage fcontext -a -t bin_t'
        'SELinux before the first run' | 'a-gw' | ['/sys/fs/selinux/enforce': '1', 'stat -c': '!'] | [:] || 'DOUBTFUL' | 'SELinux: enforces' | 'semanage'
        'SELinux, and the label of programs' | 'a-gw' | ['/sys/fs/selinux/enforce': '1', 'stat -c': 'system_u:object_r:bin_t:s0'] | [:] || 'FINE' | 'SELinux: enforces; ' | ''
        'SELinux that logs' | 'a-gw' | ['/sys/fs/selinux/enforce': '0'] | [:] || 'FINE' | 'SELinux: logs' | ''
        'no network stack' | 'a-gw' | ['systemctl is-active systemd-networkd.service': '!inactive'] | [:] || 'IN_THE_WAY' | 'network stack: neither systemd-networkd nor' | 'have one of these run'
        'no kernel module' | 'a-gw' | ['modprobe -n -v wireguard': '!'] | [:] || 'IN_THE_WAY' | 'does not have wireguard' | 'use a kernel with it'
        'an old kernel' | 'a-gw' | ['modprobe -n -v wireguard': '!', 'ls /lib/modules': '6.1.0-31-amd64'] | [:] || 'IN_THE_WAY' | 'its modules are gone' | 'reboot into'
        'a forbidden module' | 'a-gw' | ['modprobe -n -v bonding': 'install /bin/false'] | [:] || 'IN_THE_WAY' | 'loading bonding, for bonds, is forbidden' | 'take that line out of'
        'a small MTU, told' | 'a-gw' | ['ping -n -c 3': '!ping: local error: message too long, mtu=1400\n3 packets transmitted, 0 received, +3 errors, 100% packet loss'] | [:] || 'IN_THE_WAY' | '1400 do' | 'declare mtu: 1340'
        'a small MTU, tried' | 'a-gw' | ['ping -n -c 3': '!3 packets transmitted, 0 received, 100% packet loss', 'ping -n -c 1': '!1 packets transmitted, 0 received, 100% packet loss', 'ping -n -c 1 -i 0.2 -W 2 -M do -s 1432': '1 packets transmitted, 1 received, 0% packet loss'] | [:] || 'IN_THE_WAY' | '1460 do' | 'declare mtu: 1400'
        'no ping at all' | 'a-gw' | ['ping': '!3 packets transmitted, 0 received, 100% packet loss'] | [:] || 'DOUBTFUL' | 'it answers no ping' | 'let it answer pings'
        'NAT before a caller' | 'a-gw' | ['ip -j -d address show': links('192.168.1.5')] | [:] || 'FINE' | 'it has private addresses only and calls 203.0.113.1' | ''
        'NAT before who is called' | 'b-gw' | [:] | [:] || 'DOUBTFUL' | 'it is called by 203.0.113.1, which it does not have itself' | 'have the router that has 203.0.113.1 pass UDP 500'
        'UDP that does not arrive' | 'b-gw' | [:] | [(Look.FIRST): 5L, (Look.LAST): 5L] || 'IN_THE_WAY' | '0 of 10 datagrams from a-gw arrived' | 'let UDP 500'
        'UDP of which a part arrives' | 'b-gw' | [:] | [(Look.FIRST): 5L, (Look.LAST): 10L] || 'DOUBTFUL' | '5 of 10 datagrams' | 'let UDP 500'
        'a port that is in use' | 'b-gw' | ['ss -H -u -l -n': (5000..5063).collect { "UNCONN 0 0 0.0.0.0:$it 0.0.0.0:*" }.join('\n')] | [:] || 'IN_THE_WAY' | 'something listens there already' | 'stop it'
    }

    def 'where a tunnel listens nothing is sent to it'() {
        given:
        def fabric = fabric(LINUX)
        def used = new Answers([(Question.command('ss', '-H', '-u', '-l', '-n')): new Answer.Output(0, (5000..5063).collect { "UNCONN 0 0 *:$it *:*" }.join('\n'), '')])

        expect:
        Modules.examinations().every { one ->
            one.questions(scope(fabric, fabric.host('a-gw').get()), Look.PROBES, new Sight(['b-gw': [(Look.FIRST): used]])).every { !(it instanceof Question.Command) || it.argv().words().first() != 'bash' }
        }
    }

    def 'a host of FreeBSD is asked what FreeBSD has'() {
        when:
        def found = examine(fabric(FREEBSD), ['b-gw': ['uname -s': 'FreeBSD', 'uname -r': '14.2-RELEASE', 'uname -m': 'amd64', 'kldstat -v': ' 1 1 0xffffffff80200000 kernel (/boot/kernel/kernel)\n\t\t 12 pf',
            'netstat -s -p udp': 'udp:\n\t3 dropped due to no socket', 'netstat -a -n -p udp': 'Active Internet connections\nudp4 0 0 *.514 *.*',
            'ifconfig -a': 'em0: flags=8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST> metric 0 mtu 1500\n\tinet 203.0.113.1 netmask 0xffffff00 broadcast 203.0.113.255\n']])['b-gw']

        then:
        found.any { it == 'FINE system: FreeBSD 14.2-RELEASE, amd64 | ' }
        found.any { it.startsWith('IN_THE_WAY kernel if_wg: the kernel does not have if_wg, which tunnels need') }
        found.any { it.startsWith('FINE network stack: rc.d(8)') }
        found.any { it.startsWith('IN_THE_WAY UDP') && it.contains('0 of 10 datagrams from a-gw arrived') }
    }
}

package org.linkctl.modules.linux.firewall

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.model.Firewall
import org.linkctl.modules.Inventories
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** What becomes of real packets between three hosts, in network namespaces: outside, the gateway with the firewall, and the LAN. */
@Timeout(300)
@Requires({ PacketsSpec.possible() })
class PacketsSpec extends Specification {
    static final File FOLDER = new File(System.getProperty('basedir', '.'), 'src/test/resources/nft')
    static final List<Integer> PORTS = [22, 25, 26, 80, 443, 7000, 8000, 8005, 8080, 8443, 8444, 9000, 5000, 5005]

    @Shared
    Namespace gw
    @Shared
    Namespace outside
    @Shared
    Namespace lan
    @Shared
    @TempDir
    Path folder

    static boolean possible() {
        def missing = Namespace.missing()
        if (missing) println "PacketsSpec: no packets were sent: $missing"
        missing == null
    }

    def setupSpec() {
        gw = new Namespace()
        outside = new Namespace(gw)
        lan = new Namespace(gw)
        gw.run("""
            ip link set lo up
            ip link add eth0 type veth peer name eth0 netns $outside.pid
            ip link add eth1 type veth peer name eth1 netns $lan.pid
            ip link add eth2 type veth peer name eth2 netns $outside.pid
            ip link set eth0 up; ip link set eth1 up; ip link set eth2 up
            ip addr add 198.51.100.2/24 dev eth0; ip addr add 198.51.100.30/32 dev eth0; ip addr add 2001:db8:1::2/64 dev eth0 nodad
            ip addr add 10.1.0.1/16 dev eth1; ip addr add fd00:a::1/64 dev eth1 nodad
            ip addr add 192.0.2.2/24 dev eth2
            ip route add 203.0.113.0/24 via 198.51.100.9; ip route add 2001:db8:9::/48 via 2001:db8:1::9
            echo 1 >/proc/sys/net/ipv4/ip_forward; echo 1 >/proc/sys/net/ipv6/conf/all/forwarding""")
        outside.run('''
            ip link set lo up; ip link set eth0 up; ip link set eth2 up
            ip addr add 198.51.100.9/24 dev eth0; ip addr add 203.0.113.70/32 dev eth0; ip addr add 203.0.113.71/32 dev eth0
            ip addr add 2001:db8:1::9/64 dev eth0 nodad; ip addr add 2001:db8:9::70/128 dev eth0 nodad; ip addr add 192.0.2.9/24 dev eth2
            ip route add 10.1.0.0/16 via 198.51.100.2; ip route add fd00:a::/64 via 2001:db8:1::2''')
        lan.run('''
            ip link set lo up; ip link set eth1 up
            ip addr add 10.1.0.80/16 dev eth1; ip addr add 10.1.7.7/16 dev eth1; ip addr add fd00:a::80/64 dev eth1 nodad
            ip route add default via 10.1.0.1; ip -6 route add default via fd00:a::1''')
        [gw, outside, lan]*.listen(PORTS)
    }

    def cleanupSpec() {
        [lan, outside, gw]*.close()
    }

    private void load(String name) {
        def fabric = Inventories.load(new File(FOLDER, name))
        def host = fabric.hosts().first()
        Path file = folder.resolve('firewall.nft')
        Files.writeString(file, NftTable.text(fabric, host, fabric.one(Firewall.class, host).get()))
        gw.run("nft -f $file")
    }

    /** Each line is a call and its answer: {@code WHO PROTO SOURCE ADDRESS PORT = ANSWER}. */
    private List<String> wrong(String calls) {
        calls.readLines()*.strip().findAll().collect { line ->
            def (call, expected) = line.split(' += +', 2)
            def (who, proto, from, to, port) = call.split(' +') as List
            [line, expected, ['outside': outside, 'gw': gw, 'lan': lan][who].call(proto, from, to, port as int)]
        }.collect { line, expected, answer -> answer.get() == expected ? null : "$line, was ${answer.get()}".toString() }.findAll()
    }

    def 'what nothing allows is dropped, the last rule counts, what is blocked is blocked whatever its address becomes'() {
        given:
        load('packets.groovy')

        expect:
        wrong('''
            outside tcp 198.51.100.9    198.51.100.2   9000 = silent
            outside udp 198.51.100.9    198.51.100.2   8000 = silent
            outside tcp 2001:db8:1::9   2001:db8:1::2  9000 = silent
            outside tcp 198.51.100.9    10.1.0.80      8000 = 198.51.100.9 8000
            outside tcp 198.51.100.9    10.1.0.80      9000 = silent
            outside tcp 198.51.100.9    198.51.100.2   8000 = 198.51.100.9 8000
            outside tcp 198.51.100.9    198.51.100.2   8005 = 198.51.100.9 8005
            outside tcp 2001:db8:1::9   2001:db8:1::2  8005 = 2001:db8:1::9 8005
            outside tcp 203.0.113.71    198.51.100.2   8000 = 203.0.113.71 8000
            outside tcp 203.0.113.71    198.51.100.2   8005 = silent
            outside tcp 203.0.113.70    198.51.100.2   8005 = 203.0.113.70 8005
            outside tcp 2001:db8:9::70  2001:db8:1::2  8005 = silent
            outside tcp 198.51.100.9    10.1.0.80      7000 = 198.51.100.9 7000
            outside tcp 2001:db8:1::9   fd00:a::80     7000 = 2001:db8:1::9 7000

            outside tcp 198.51.100.9    198.51.100.2   443  = 198.51.100.9 8443
            outside tcp 203.0.113.71    198.51.100.2   443  = silent
            outside tcp 198.51.100.9    10.1.0.80      8443 = silent
            outside tcp 198.51.100.9    198.51.100.2   444  = 198.51.100.9 8444
            outside tcp 203.0.113.71    198.51.100.2   444  = silent
            outside tcp 198.51.100.9    198.51.100.30  80   = 198.51.100.9 8443
            outside tcp 198.51.100.9    198.51.100.2   80   = 198.51.100.9 8080
            outside udp 2001:db8:1::9   2001:db8:1::2  5005 = 2001:db8:1::9 5005
            outside udp 2001:db8:1::9   2001:db8:1::2  8000 = silent

            outside tcp 198.51.100.9    198.51.100.2   22   = silent
            outside tcp 192.0.2.9       192.0.2.2      22   = 192.0.2.9 22

            lan     tcp 10.1.0.80       198.51.100.9   9000 = 198.51.100.2 9000
            lan     udp 10.1.0.80       198.51.100.9   9000 = 198.51.100.2 9000
            lan     tcp 10.1.7.7        198.51.100.9   9000 = 198.51.100.30 9000
            lan     tcp fd00:a::80      2001:db8:1::9  9000 = 2001:db8:1::2 9000
            lan     tcp 10.1.0.80       198.51.100.9   25   = silent
            gw      tcp 198.51.100.2    198.51.100.9   25   = silent
            gw      tcp 198.51.100.2    198.51.100.9   9000 = 198.51.100.2 9000
            lan     tcp 10.1.0.80       198.51.100.9   26   = 198.51.100.2 26
            lan     tcp 10.1.7.7        198.51.100.9   26   = silent
            lan     tcp 10.1.0.80       10.1.0.1       9000 = 10.1.0.80 9000
            gw      tcp 127.0.0.1       127.0.0.1      9000 = 127.0.0.1 9000
        ''') == []

        and: 'the counters of the interface tell of both'
        def counters = gw.run('nft list counters table inet linkctl').replaceAll(/\s+/, ' ')
        ['in', 'in_stopped', 'out', 'out_stopped'].every { (counters =~ /counter $it \{ packets (\d+)/)[0][1] as int > 0 }
    }

    def 'who is rejected is told; pings are as the rules say, and neighbours are found'() {
        given:
        load('packets-reject.groovy')
        lan.run('ip neigh flush all')

        expect:
        wrong('''
            outside tcp 198.51.100.9    198.51.100.2   9000 = refused
            outside udp 198.51.100.9    198.51.100.2   9000 = refused
            outside tcp 2001:db8:1::9   2001:db8:1::2  9000 = refused
            outside tcp 198.51.100.9    10.1.0.80      9000 = refused
            outside tcp 192.0.2.9       192.0.2.2      9000 = 192.0.2.9 9000
            gw      tcp 198.51.100.2    198.51.100.9   25   = refused
            lan     tcp 10.1.0.80       198.51.100.9   25   = refused
            outside icmp 198.51.100.9   198.51.100.2   0    = reached
            outside icmp 2001:db8:1::9  2001:db8:1::2  0    = reached
            lan     icmp 10.1.0.80      10.1.0.1       0    = silent
            lan     icmp fd00:a::80     fd00:a::1      0    = silent
        ''') == []

        and: 'neighbours find each other all the same'
        lan.run('ip neigh').contains('fd00:a::1 dev eth1 lladdr')
    }

    def 'between the rules of others, what no rule names passes'() {
        given:
        load('packets-anchor.groovy')

        expect:
        wrong('''
            outside tcp 198.51.100.9    198.51.100.2   9000 = 198.51.100.9 9000
            outside tcp 198.51.100.9    198.51.100.2   80   = silent
            outside tcp 198.51.100.9    198.51.100.2   443  = 198.51.100.9 443
            outside tcp 203.0.113.71    198.51.100.2   443  = silent
            outside tcp 198.51.100.9    198.51.100.2   444  = 198.51.100.9 8444
            lan     tcp 10.1.0.80       198.51.100.9   25   = silent
        ''') == []

        when: 'they drop it'
        gw.run('nft add table inet other; nft add chain inet other input "{ type filter hook input priority -10; policy accept; tcp dport 443 drop; }"')

        then: 'it stays dropped, whatever is allowed here'
        wrong('outside tcp 198.51.100.9 198.51.100.2 443 = silent') == []

        cleanup:
        gw.run('nft delete table inet other || true')
    }

    def 'connections live on when other rules are loaded'() {
        given:
        load('packets.groovy')
        def before = outside.call('hold', '203.0.113.70', '198.51.100.2', 8005).get()

        when:
        load('packets-reject.groovy')

        then:
        before == '203.0.113.70 8005'
        outside.call('again', '203.0.113.70', '198.51.100.2', 8005).get() == before
        wrong('outside tcp 203.0.113.70 198.51.100.2 8005 = refused') == []
    }
}

package org.linkctl.modules.linux.hubreplies

import java.nio.file.Path
import org.linkctl.model.Fabric
import org.linkctl.modules.Inventories
import org.linkctl.modules.Modules
import org.linkctl.modules.linux.pair.Router
import org.linkctl.spi.Published
import org.linkctl.spi.Scope
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.TempDir
import spock.lang.Timeout
import spock.util.concurrent.PollingConditions

/**
 * {@code masquerade: false} by the kernel's nftables and policy routing and by WireGuard (wireguard-go, where the kernel has none), in
 * network namespaces: a client, a spoke of two hubs, and a network between them that takes from the spoke only what has the
 * address that it has there. The server on the spoke tells whom it sees, and answers UDP from a socket of all addresses.
 */
@Stepwise
@Timeout(300)
@Requires({ KeptSourcesSpec.possible() })
class KeptSourcesSpec extends Specification {
    static final File INVENTORY = new File(System.getProperty('basedir', '.'), 'src/test/resources/kept/two-hubs.groovy')
    static final String KEEP = 'sh /usr/local/lib/linkctl/keep-hub-replies'

    @Shared @TempDir Path folder
    @Shared Router net
    @Shared Router gw
    @Shared Router other
    @Shared Router s1
    @Shared Router client
    @Shared Fabric fabric = Inventories.load(INVENTORY)
    @Shared String before
    @Shared def soon = new PollingConditions(timeout: 20, delay: 0.1)

    static boolean possible() {
        def missing = ['unshare', 'nsenter', 'ip', 'nft', 'perl', 'bash', 'ping', 'wireguard-go', 'wg'].find { ['sh', '-c', "command -v $it"].execute().waitFor() != 0 }
        if (!missing && ['unshare', '-nm', 'nft', 'add', 'table', 'inet', 'x'].execute().waitFor() != 0) missing = 'leave to make namespaces'
        if (missing) println "KeptSourcesSpec is skipped: there is no $missing"
        missing == null
    }

    def setupSpec() {
        (net, gw, other, s1, client) = ['net', 'gw', 'other', 's1', 'client'].collect { new Router(it, folder) }
        net.run("""
            ip link add edge type bridge; ip link set edge up; ip address add 203.0.113.1/24 dev edge; ip address add 2001:db8:9::1/64 dev edge nodad
            for port in gw:$gw.pid other:$other.pid s1:$s1.pid client:$client.pid; do
                ip link add \${port%:*} type veth peer name eth0 netns \${port#*:}; ip link set \${port%:*} up
            done
            ip link set gw master edge; ip link set other master edge
            ip address add 192.0.2.1/24 dev s1; ip address add 2001:db8:2::1/64 dev s1 nodad
            ip address add 198.51.100.1/24 dev client; ip address add 2001:db8:c::1/64 dev client nodad
            nft add table inet filter; nft 'add chain inet filter in { type filter hook prerouting priority raw; }'
            nft add rule inet filter in iifname s1 ip saddr != 192.0.2.2 drop
            nft add rule inet filter in iifname s1 ip6 saddr != '{ 2001:db8:2::2, fe80::/10 }' drop
            echo 1 >/proc/sys/net/ipv4/ip_forward; echo 1 >/proc/sys/net/ipv6/conf/all/forwarding""")
        host(gw, '203.0.113.9/24', '2001:db8:9::9/64', '203.0.113.1', '2001:db8:9::1')
        host(other, '203.0.113.10/24', '2001:db8:9::10/64', '203.0.113.1', '2001:db8:9::1')
        host(s1, '192.0.2.2/24', '2001:db8:2::2/64', '192.0.2.1', '2001:db8:2::1')
        host(client, '198.51.100.9/24', '2001:db8:c::9/64', '198.51.100.1', '2001:db8:c::1')
        s1.run('for on in all default eth0; do echo 1 >/proc/sys/net/ipv4/conf/$on/rp_filter; done')
        hub(gw, 'wg0', 'of_web', '10.0.0', 'fc00::')
        hub(other, 'wg1', 'of_more', '10.1.0', 'fc01::')
        s1.put(fabric, 'linux.hub-replies')
        units(s1)
        s1.daemon('tcp', """perl -MIO::Socket::IP -e '\$s = IO::Socket::IP->new(Listen => 9, LocalHost => "::", LocalPort => 80, ReuseAddr => 1, V6Only => 0) or die \$@;
            while (\$c = \$s->accept) { print \$c \$c->peerhost."\\n"; close \$c }'""")
        s1.daemon('other', """perl -MIO::Socket::IP -e '\$s = IO::Socket::IP->new(Listen => 9, LocalHost => "::", LocalPort => 22, ReuseAddr => 1, V6Only => 0) or die \$@;
            while (\$c = \$s->accept) { print \$c \$c->peerhost."\\n"; close \$c }'""")
        s1.daemon('udp', """perl -MIO::Socket::IP -e '\$s = IO::Socket::IP->new(Proto => "udp", LocalHost => "::", LocalPort => 53, V6Only => 0) or die \$@;
            while (\$s->recv(\$m, 9)) { \$s->send(\$s->peerhost."\\n") }'""")
        before = state()
    }

    def cleanupSpec() {
        [client, s1, other, gw, net].each { it?.close() }
    }

    private static void host(Router router, String v4, String v6, String via4, String via6) {
        router.run("""
            ip link set eth0 up; ip address add $v4 dev eth0; ip address add $v6 dev eth0 nodad
            ip route add default via $via4; ip -6 route add default via $via6; mkdir -p /run/wireguard""")
    }

    private static void units(Router router) {
        router.run("mount --bind $router.folder/etc/systemd/system /etc/systemd/system")
    }

    /** One that publishes, and the spoke's interface there, with the peers that linkctl has for both. */
    private void hub(Router router, String name, String map, String net4, String net6) {
        def keys = [hub: router.run('wg genkey').trim(), spoke: router.run('wg genkey').trim()]
        def shown = keys.collectEntries { who, key -> [who, router.run("echo $key | wg pubkey").trim()] }
        def (hub, spoke) = [router, s1].collect { end -> ends(end.name).find { it.tunnel() == name } }
        wireguard(router, name, keys.hub, "listen-port $hub.port peer $shown.spoke allowed-ips ${hub.peers().first().allowed().join(',')}", hub.addresses())
        wireguard(s1, name, keys.spoke, "peer $shown.hub endpoint ${spoke.peers().first().endpoint()} persistent-keepalive 25 allowed-ips ${spoke.peers().first().allowed().join(',')}", spoke.addresses())
        router.run('echo 1 >/proc/sys/net/ipv4/ip_forward; echo 1 >/proc/sys/net/ipv6/conf/all/forwarding')
        router.put(fabric, 'linux.publish')
        units(router)
        router.run("""mkdir -p /run/linkctl-publish; sh /usr/local/lib/linkctl/watch-published load
            ping -c 1 -w 10 ${net4}.2""")
    }

    private List ends(String name) {
        Modules.all().find { it.name() == 'linux.wireguard' }.want(new Scope(fabric, fabric.hosts().find { it.name() == name }, Published.NOTHING))
    }

    private void wireguard(Router router, String name, String key, String words, List addresses) {
        router.wireguardInterface(name)
        router.run("""
            echo $key >/run/key; wg set $name private-key /run/key $words
            ${addresses.collect { "ip address add $it dev $name" }.join('; ')}
            ip link set $name mtu 1420 up""")
    }

    private String state() {
        s1.run('ip rule; ip -6 rule; ip -4 route show table all; ip -6 route show table all | grep -v "table local" | sort; nft list ruleset')
    }

    private static String tcp(Router from, String address, String own = '', int port = 80) {
        ask(from, 'tcp', address, own, port)
    }

    private static String udp(Router from, String address, String own = '') {
        ask(from, 'udp', address, own, 53)
    }

    private static String ask(Router from, String proto, String address, String own, int port) {
        from.attempt("""perl -MIO::Socket::IP -e '\$SIG{ALRM} = sub { print "nobody\n"; exit }; alarm 3;
            \$s = IO::Socket::IP->new(Proto => "$proto", ${own ? "LocalHost => \"$own\", " : ''}PeerHost => "$address", PeerPort => $port) or die \$@;
            \$s->send("x"); \$s->recv(\$m, 99); print \$m'""").trim().replace('::ffff:', '')
    }

    private static List<String> seen(Router from, String address, String own = '') {
        [tcp(from, address, own), udp(from, address, own)]
    }

    def 'without the way back nobody gets an answer'() {
        expect:
        seen(client, '203.0.113.9') + seen(client, '2001:db8:9::9') == ['nobody'] * 4
    }

    def 'who calls either hub is seen with the own address and gets an answer, by TCP and UDP, of both families'() {
        when:
        s1.run("for on in wg0 wg1; do echo 2 >/proc/sys/net/ipv4/conf/\$on/rp_filter; done; $KEEP load")

        then:
        seen(client, '203.0.113.9') + seen(client, '2001:db8:9::9') == ['198.51.100.9'] * 2 + ['2001:db8:c::9'] * 2
        seen(client, '203.0.113.10') + seen(client, '2001:db8:9::10') == ['198.51.100.9'] * 2 + ['2001:db8:c::9'] * 2
    }

    def 'who is on a network of the spoke is answered over the hub, too; the spoke itself is seen with the address of the hub'() {
        expect:
        seen(net, '203.0.113.9', '192.0.2.1') + seen(net, '2001:db8:9::9', '2001:db8:2::1') == ['192.0.2.1'] * 2 + ['2001:db8:2::1'] * 2
        seen(s1, '203.0.113.9') + seen(s1, '2001:db8:9::9') == ['10.0.0.1'] * 2 + ['fc00::1'] * 2
    }

    def 'at another port of the same address it is as ever: the spoke sees the hub'() {
        expect:
        [tcp(client, '203.0.113.9', '', 22), tcp(client, '2001:db8:9::9', '', 22)] == ['10.0.0.1', 'fc00::1']
    }

    def 'the spoke keeps its own ways, and takes from elsewhere nothing but what is published'() {
        when:
        gw.run('ip address add 172.27.9.1/32 dev lo')

        then:
        s1.run('ip route get 198.51.100.9').contains('via 192.0.2.1 dev eth0')
        s1.run('ip -6 route get 2001:db8:c::9').contains('via 2001:db8:2::1 dev eth0')
        s1.run('ping -c 1 -w 10 -I 192.0.2.2 198.51.100.9')
        tcp(client, '192.0.2.2', '', 22) == '198.51.100.9'
        udp(client, '192.0.2.2') == '198.51.100.9'
        tcp(gw, '10.0.0.2', '', 22) == '10.0.0.1'
        tcp(gw, '10.0.0.2', '172.27.9.1', 22) == 'nobody'
        tcp(gw, '10.0.0.2', '172.27.9.1') == '172.27.9.1'
    }

    def 'nobody is answered in clear while the interface is down, and it goes on when it is up again'() {
        given:
        s1.daemon('keep', "$KEEP run")
        s1.run('ip link set wg0 down')

        expect:
        s1.attempt('ip route get 198.51.100.9 mark 0x6c72cb60').contains('unreachable')

        when:
        s1.run('ip link set wg0 up; ip address replace fc00::2/64 dev wg0')

        then:
        soon.eventually { assert seen(client, '203.0.113.9') + seen(client, '2001:db8:9::9') == ['198.51.100.9'] * 2 + ['2001:db8:c::9'] * 2 }
    }

    def 'afterwards all is as it was'() {
        when:
        s1.kill('keep', 'TERM')
        s1.run("$KEEP clear")

        then:
        state() == before
    }
}

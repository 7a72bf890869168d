package org.linkctl.check

import org.linkctl.diag.Place
import org.linkctl.model.*
import org.linkctl.net.Cidr
import org.linkctl.net.Ip
import org.linkctl.net.IpSet
import org.linkctl.net.Relation
import spock.lang.Specification

/** A fabric as data from elsewhere could have it: what the language never lets through is refused as well. */
class FabricChecksSpec extends Specification {
    static Place at(int line) { new Place('x.json', line, 0) }

    static Site site(String name, String... lan) { new Site(name, lan.collect { Cidr.of(it) }, at(1)) }

    static Host host(String name, String site, String ssh = name + '.example') {
        new Host(name, site, Os.LINUX, new SshTarget(null, ssh, null), Become.AUTO, null, at(2))
    }

    static Tunnel.End end(String host, int port, String address, String endpoint = null, int line = 4) {
        new Tunnel.End(host, port, address ? [Cidr.of(address)] : [], endpoint, at(line))
    }

    static Tunnel tunnel(String name, Tunnel.End... ends) { new Tunnel(name, null, 25, null, Psk.NONE, ends as List, at(3)) }

    static Route route(List<String> between, List<String> via, Map<String, Integer> weights = [:]) {
        new Route(between, via, weights, [], [], Route.Hash.L4, Route.Failover.NONE, Route.Protocol.STATIC, false, [:], at(9))
    }

    static Fabric fabric(List<Intent> intents, List<Host> hosts = [host('a', 'a'), host('b', 'b')]) {
        new Fabric('x', [site('a', '10.1.0.0/16'), site('b', '10.2.0.0/16')], hosts, intents)
    }

    static final Tunnel GOOD = tunnel('wg0', end('a', 5000, '10.255.0.1/30'), end('b', 5000, '10.255.0.2/30', 'b.example'))

    def 'a fabric that can be worked with is not refused'() {
        expect:
        FabricChecks.check(fabric([GOOD, route(['a', 'b'], ['wg0'], [wg0: 256])]), []) == []
        FabricChecks.check(new Fabric('', [], [], []), []) == []
    }

    def 'a gateway of Firezone is refused beside #what'() {
        given:
        def gateway = new FirezoneGateway('a', null, 'gw', 'e' * 64, FirezoneGateway.API, 8080, at(7))

        expect:
        FabricChecks.check(new Fabric('x', [site('a', '10.1.0.0/16'), site('b', far)], [host('a', 'a'), host('b', 'b')], [gateway] + intents), [])*.summary()
                .findAll { it.contains('clients of Firezone') } == (what ? [what] : []).collect { "clients of Firezone have addresses of $it".toString() }

        where:
        far             | intents                                                                     || what
        '10.2.0.0/16'   | [GOOD, route(['a', 'b'], ['wg0']), new Nic('a', 'eth0', [Cidr.of('10.1.0.1/16')], null, at(5))] || null
        '100.70.0.0/16' | []                                                                          || null
        '100.70.0.0/16' | [GOOD, route(['a', 'b'], ['wg0'])]                                          || '100.64.0.0/11, which overlaps 100.70.0.0/16, a LAN of b, to which it has a route'
        '10.2.0.0/16'   | [new Nic('a', 'eth1', [Cidr.of('100.80.1.2/24')], null, at(5))]             || '100.64.0.0/11, which overlaps 100.80.1.0/24, the network of eth1'
        '10.2.0.0/16'   | [new Nic('a', 'eth1', [Cidr.of('fd00:2021:1111::9/64')], null, at(5))]      || 'fd00:2021:1111::/107, which overlaps fd00:2021:1111::/64, the network of eth1'
        '10.2.0.0/16'   | [tunnel('wg1', end('a', 5001, '100.65.0.1/30'), end('b', 5001, '100.65.0.2/30', 'b.example'))] || '100.64.0.0/11, which overlaps 100.65.0.0/30, the network of wg1'
    }

    def 'refused: #said'() {
        expect:
        FabricChecks.check(fabric(intents), [])*.summary().contains(said)

        where:
        intents                                                                     || said
        [tunnel('wg0')]                                                             || "tunnel 'wg0' has no ends"
        [tunnel('wg0', end('a', 1, null), end('x', 1, null, 'e'))]                  || "no host named 'x'"
        [tunnel('wg$(x)', *GOOD.ends())]                                            || "'wg\$(x)' is no name for an interface"
        [tunnel('wg0', end('a', 0, '10.9.0.1/30'), end('b', 1, '10.9.0.2/30', 'e'))] || 'port: 0 is out of range'
        [tunnel('wg0', end('a', 1, '10.9.0.1/30'), end('b', 1, '10.9.0.2/30', 'e;'))] || "endpoint: 'e;' is neither an address nor a host name"
        [route(['a', 'c'], ['wg0'])]                                                || "no site named 'c'"
        [route(['a', 'b'], ['wg0'])]                                                || "no tunnel named 'wg0'"
        [GOOD, GOOD]                                                                || "a tunnel named 'wg0' is declared twice"
        [GOOD, route(['a', 'b'], ['wg0']), route(['b', 'a'], ['wg0'])]              || 'a second route between b and a'
        [GOOD, route(['a', 'b'], ['wg0'], [wg0: 0])]                                || "weights: 'wg0' has 0"
        [new Sysctl('a', 'net.ipv4.ip_forward', "1\nkernel.x = 2", at(5))]          || "'1\\nkernel.x = 2' is not a kernel parameter's value"
        [new Nic('a', "eth0\u0000", [], null, at(5))]                               || "'eth0\\u0000' is no name for an interface"
        [new Nic('a', 'eth0', [Cidr.of('10.1.255.255/16')], null, at(5))]           || "address: '10.1.255.255/16' is the broadcast address of its prefix"
        [tunnel('wg0', end('a', 1, '10.1.7.1/30'), end('b', 1, '10.1.7.2/30', 'e'))] || 'the transit net 10.1.7.0/30 of tunnel wg0 overlaps the LAN 10.1.0.0/16 of site a'
    }

    def 'hosts of sites that are not there, and logins that are none, break nothing'() {
        when:
        def said = FabricChecks.check(fabric([GOOD, route(['a', 'b'], ['wg0'])], [host('a', 'nowhere', '-oX'), host('b', 'b')]), [])*.summary()

        then:
        said.any { it.contains('-oX') }
        said.any { it.contains("not joined by tunnel 'wg0'") }
    }

    def 'a port that is used twice is told with both places'() {
        when:
        def twice = tunnel('wg1', end('a', 5000, '10.255.1.1/30', null, 7), end('b', 5001, '10.255.1.2/30', 'b.example', 8))
        def said = FabricChecks.check(fabric([GOOD, twice]), [])

        then:
        said*.summary() == ['port 5000 is used twice on a']
        said*.at() == [at(7)]
        said*.detail() == ['also used at x.json:4']
    }

    def 'a host on a site that is not declared is refused'() {
        expect:
        FabricChecks.check(fabric([], [host('a', 'c')]), [])*.summary() == ["no site named 'c'"]
    }

    def 'an intent on a host that is not declared is refused'() {
        expect:
        FabricChecks.check(fabric([new Sysctl('z', 'net.x', '1', at(5))]), [])*.summary() == ["no host named 'z'"]
    }

    static Host freebsd(String name) { new Host(name, 'a', Os.FREEBSD, new SshTarget(null, name + '.example', null), Become.AUTO, null, at(2)) }

    static Firewall firewall(Map how) {
        new Firewall('a', how.ruleset ?: Firewall.Ruleset.MAIN, Firewall.Policy.DROP, [], null, how.limits ?: [:], how.tables ?: [], how.rules ?: [],
            how.nats ?: [], how.redirects ?: [], at(4))
    }

    static Firewall.Table table(String name, int size, String prefix = '10') {
        new Firewall.Table(name, (0..<size).collect { Cidr.of("$prefix.${it >> 16}.${it >> 8 & 255}.${it & 255}/32") }, at(5))
    }

    static Balance balance(String name, String from, String to) {
        new Balance(name, 'a', 'a', 'em1', [Cidr.of(from)], [Cidr.of(to)], [Ip.of('10.1.0.2')], [:], false, null, at(6))
    }

    static Vip vip(String pair, int id, boolean preempt) {
        new Vip(pair, id, 'em0', [Cidr.of("10.1.0.${100 + id}/16")], null, null, 1, preempt, [], at(10 + id))
    }

    static List<String> said(List<Intent> intents) {
        FabricChecks.check(fabric([new Nic('a', 'em0', [Cidr.of('10.1.0.1/16')], null, at(3)), new Nic('a', 'em1', [Cidr.of('10.1.64.1/18')], null, at(3))] + intents,
            [freebsd('a'), freebsd('b')]), [])*.summary()
    }

    def 'tables that pf would not take: #what'() {
        expect:
        said([firewall(how)]).any { it.contains(what) } == refused

        where:
        how                                                                                  | refused || what
        [tables: [table('t', 65_535)]]                                                       | false   || 'hold'
        [tables: [table('t', 65_536)]]                                                       | true    || "table 't' has 65536 addresses"
        [tables: (1..3).collect { table("t$it", 65_000, "1$it") }, limits: [tableEntries: 400_000]] | false || 'hold'
        [tables: (1..4).collect { table("t$it", 60_000, "1$it") }]                           | true    || 'hold 240000 addresses, more than 200000 in all'
        [tables: (1..4).collect { table("t$it", 60_000, "1$it") }, limits: [tableEntries: 1_000_000]] | true || 'hold 240000 addresses, more than 200000 in all'
        [tables: [table('t', 101)], limits: [tableEntries: 100]]                             | true    || 'hold 101 addresses, more than tableEntries: 100'
        [tables: [table('t', 100)], limits: [tableEntries: 100]]                             | true    || 'hold 100 addresses, which 100 entries do not hold twice'
        [tables: [table('t', 50)], limits: [tableEntries: 100]]                              | false   || 'hold'
        [tables: (1..4).collect { table("t$it", 60_000, "1$it") }, ruleset: Firewall.Ruleset.ANCHOR] | true || 'hold 240000 addresses, which 200000 entries do not hold twice'
    }

    def 'a host of two pairs has one setting for whether it takes its addresses back'() {
        given:
        def pairs = [new Pair('p', 'a', ['a', 'b'], at(4)), new Pair('q', 'a', ['a', 'b'], at(5))]

        expect:
        said(pairs + [vip('p', 1, true), vip('q', 2, false)]).contains('preempt: false for vip 2, and true for vip 1 of the same host a')
        !said(pairs + [vip('p', 1, false), vip('q', 2, false)]).any { it.contains('preempt') }
    }

    def 'of two balances that meet one lies within the other: #from to #to #how'() {
        expect:
        said([balance('one', '10.2.0.0/16', '10.8.0.0/16'), balance('two', from, to)]).findAll { it.startsWith("balance 'two'") }*.contains(how) == (how ? [true] : [])

        where:
        from           | to             || how
        '10.2.0.0/16'  | '10.8.0.0/16'  || 'is for the same packets'
        '10.2.7.0/24'  | '10.8.0.0/16'  || null
        '10.2.0.0/16'  | '10.0.0.0/8'   || null
        '10.2.7.0/24'  | '10.0.0.0/8'   || 'neither lies within the other'
        '10.0.0.0/8'   | '10.8.7.0/24'  || 'neither lies within the other'
        '10.3.0.0/16'  | '10.0.0.0/8'   || null
        '0.0.0.0/0'    | '0.0.0.0/0'    || null
    }

    def 'what is in two sets of addresses'() {
        given:
        def one = IpSet.of([Cidr.of('10.0.0.0/9'), Cidr.of('10.128.0.0/9'), Cidr.of('fd00::/8')], false)

        expect:
        one.to(IpSet.of([Cidr.of('10.0.0.0/8')], false)) == Relation.EQUAL
        one.to(IpSet.any(false)) == Relation.NARROWER
        one.to(IpSet.of([Cidr.of('10.7.0.0/16')], false)) == Relation.WIDER
        one.to(IpSet.of([Cidr.of('10.7.0.0/16'), Cidr.of('192.168.0.0/16')], false)) == Relation.CROSSING
        one.to(IpSet.of([Cidr.of('192.168.0.0/16')], false)) == Relation.APART
        one.prefixes() == [Cidr.of('10.0.0.0/8')]
        one.and(IpSet.of([Cidr.of('10.255.255.254/31'), Cidr.of('192.168.0.0/31')], false)).prefixes() == [Cidr.of('10.255.255.254/31')]
        IpSet.any(true).prefixes() == [Cidr.of('::/0')]
        IpSet.any(false).prefixes() == [Cidr.of('0.0.0.0/0')]
    }

    def 'endpoints: #text #valid'() {
        expect:
        Names.isEndpoint(text) == valid

        where:
        text              || valid
        '192.0.2.1'       || true
        '2001:db8::1'     || true
        'vpn.example'     || true
        'a-b.example'     || true
        '192.0.2.300'     || false
        '-x.example'      || false
        'x_y.example'     || false
        'host:1'          || false
        ''                || false
        'a..b'            || false
        "a\nb"            || false
    }
}

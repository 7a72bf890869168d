package org.linkctl.engine.run

import org.linkctl.engine.HostPlan
import org.linkctl.engine.Selection
import org.linkctl.engine.Shard
import org.linkctl.model.Fabric
import org.linkctl.model.Pair
import org.linkctl.model.Psk
import org.linkctl.model.Route
import org.linkctl.model.Site
import org.linkctl.model.Tunnel
import org.linkctl.spi.Change
import spock.lang.Specification

/** Which shard has which host, and which hosts have to be in one run for a path to change. */
class SharedPathsSpec extends Specification {
    /** Sites x and y with two gateways each, a tunnel between each two of them, and one route over both; the gateways of y are a pair. */
    static final Fabric FABRIC = fabric()

    static Fabric fabric() {
        def hosts = ['x1', 'x2', 'y1', 'y2', 'z'].collect { Toy.host(it) }
        def tunnels = [xy0: ['x1', 'y1'], xy1: ['x2', 'y2'], xz: ['x1', 'z']].collect { name, ends ->
            new Tunnel(name, null, null, null, Psk.NONE, ends.collect { new Tunnel.End(it, 1, [], null, Toy.AT) }, Toy.AT)
        }
        def route = new Route(['x', 'y'], ['xy0', 'xy1'], [:], [], [], Route.Hash.L4, Route.Failover.NONE, Route.Protocol.STATIC, false, [:], Toy.AT)
        new Fabric('two', [new Site('a', [], Toy.AT)], hosts, tunnels + [route, new Pair('y', 'a', ['y1', 'y2'], Toy.AT)])
    }

    private static SharedPaths paths(List<String> run) { new SharedPaths(FABRIC, new Selection(run as Set, [] as Set, FABRIC.hosts()*.name() as Set)) }

    private static HostPlan.Item item(String path, Set<String> partners = [], Set<String> over = []) {
        new HostPlan.Item('toy', "toy[$path]".toString(), [Change.state('toy', 'old', 'new').cuts(1)], [], ['something'], [], true,
                new HostPlan.Paths(Optional.ofNullable(path), [] as Set, over, true), [], partners, [] as Set, null)
    }

    private static Set<String> together(String host, HostPlan.Item item, Set<String> failed = []) {
        paths([host]).together(new HostPlan(Toy.host(host), [item]), failed)
    }

    def 'every host is in one shard of #count, and pairs are in one together'() {
        given:
        def parts = (1..count).collect { new Shard(it, count).of(FABRIC, FABRIC.hosts()) }

        expect:
        parts.collectMany { it }.toSorted() == ['x1', 'x2', 'y1', 'y2', 'z']
        parts.every { it.contains('y1') == it.contains('y2') }

        where:
        count << [1, 2, 3, 7, 100]
    }

    def 'a host stays in its shard when others come, and shards are about as large as each other'() {
        given:
        def few = Toy.fabric((1..500).collect { "gw$it".toString() } as String[])
        def many = Toy.fabric((1..1000).collect { "gw$it".toString() } as String[])
        def part = { int i, Fabric fabric -> new Shard(i, 5).of(fabric, fabric.hosts()) }

        expect:
        (1..5).every { part(it, many).containsAll(part(it, few)) }
        (1..5).every { part(it, many).size() in 150..250 }
    }

    def 'a tunnel needs its ends, those of the other tunnels of its route, and their pairs'() {
        expect:
        paths([]).sharing(path) == hosts as Set

        where:
        path      || hosts
        'xy0'     || ['x1', 'x2', 'y1', 'y2']
        'xy1'     || ['x1', 'x2', 'y1', 'y2']
        'xz'      || ['x1', 'z']
        'host:y1' || ['y1', 'y2']
    }

    def 'what waits, and for whom: #path in a run of #run'() {
        expect:
        paths(run).waits(item(path).paths()).orElse('') == why

        where:
        path   | run                      || why
        'xy0'  | ['x1', 'y1', 'y2']       || 'a run with x2, of another shard'
        'xy0'  | ['x1', 'x2', 'y1', 'y2'] || ''
        'xz'   | ['x1']                   || 'a run with z, of another shard'
        'gone' | ['x1', 'x2', 'y1', 'y2'] || 'a run of all hosts, since gone is no longer declared, nor where it leads'
        'gone' | ['x1', 'x2', 'y1', 'y2', 'z'] || ''
    }

    def 'a run that is alone, or limited, waits for nobody'() {
        expect:
        new SharedPaths(FABRIC, new Selection(['x1'] as Set, [] as Set)).waits(item('xy0').paths()).empty
        new SharedPaths(FABRIC, new Selection(['x1', 'y1'] as Set, [] as Set, ['x1', 'y1'] as Set)).waits(item('xy0').paths()).empty
    }

    def 'the second run has all who share the traffic, and the partners'() {
        expect:
        together('x1', item('xz')) == ['x1', 'z'] as Set
        together('x1', item('xy0')) == ['x1', 'x2', 'y1', 'y2'] as Set
        together('z', item('xz', ['y1'] as Set)) == ['x1', 'y1', 'y2', 'z'] as Set
        paths(['x1', 'z']).together(new HostPlan(Toy.host('x1'), [item('xz')]), [] as Set) == [] as Set
        together('x1', item('gone')) == [] as Set
    }

    def 'what runs over a tunnel of another shard waits for the second run, which has all that it waits for, though the tunnel is as it should be'() {
        given:
        def route = item(null, [] as Set, ['xz'] as Set)

        expect:
        paths(['x1']).waits(route.paths()).get() == 'a run with z, of another shard'
        together('x1', route) == ['x1', 'z'] as Set
        paths(['x1', 'z']).waits(route.paths()).empty
        paths(['x1']).leavesAll(new HostPlan(Toy.host('x1'), [route]), [] as Set)
    }

    def 'no second run has a host on which the first one failed, and what needs it is not said to be done'() {
        expect:
        together('x1', item('xy0'), ['x2'] as Set) == [] as Set
        together('x1', item('xz'), ['x2'] as Set) == ['x1', 'z'] as Set
        !paths(['x1']).leavesAll(new HostPlan(Toy.host('x1'), [item('xy0')]), ['x2'] as Set)
    }
}

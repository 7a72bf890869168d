package org.linkctl.check

import org.linkctl.diag.Place
import org.linkctl.model.*
import org.linkctl.net.Cidr
import spock.lang.Specification

/** What is made in a loop has one place. Who it is tells two things apart, never where they stand. */
class CollisionSpec extends Specification {
    static final Place HERE = new Place('x.groovy', 7, 9)

    static Host host(String name, Os os = Os.LINUX) {
        new Host(name, 's', os, new SshTarget(null, name + '.example', null), Become.AUTO, null, HERE)
    }

    static Tunnel tunnel(String name, int k, int port) {
        def ends = [
            new Tunnel.End('a', port, [Cidr.of("10.255.${k}.1/30")], null, HERE),
            new Tunnel.End('b', 6000 + k, [Cidr.of("10.255.${k}.2/30")], 'b.example', HERE)]
        new Tunnel(name, null, 25, null, Psk.NONE, ends, HERE)
    }

    static Hub hub(String name, int k, int port, String on = 'a') {
        new Hub(name, on, port, [Cidr.of("10.250.${k}.1/24")], 'a.example', null, 25, null, [new Hub.Spoke('b', [Cidr.of("10.250.${k}.2/24")], HERE)], [], HERE)
    }

    static Vip vip(String pair, int id, String address, String on = 'em0') {
        new Vip(pair, id, on, [Cidr.of(address)], new SecretRef('carp', HERE), null, 1, true, [], HERE)
    }

    static Nic nic(String host, String name, String... addresses) { new Nic(host, name, addresses.collect { Cidr.of(it) }, null, HERE) }

    static List<String> said(List<Intent> intents, List<Host> hosts = [host('a'), host('b')]) {
        FabricChecks.check(new Fabric('x', [new Site('s', [], HERE)], hosts, intents), [])*.summary()
    }

    def 'two that collide at one place are refused: #what'() {
        expect:
        said(intents) == [what]

        where:
        intents                                                        || what
        [tunnel('wg0', 0, 5000), tunnel('wg1', 1, 5000)]               || 'port 5000 is used twice on a'
        [hub('wg0', 0, 5000), hub('wg1', 1, 5000)]                     || 'port 5000 is used twice on a'
        [tunnel('wg0', 0, 5000), hub('wg1', 1, 5000)]                  || 'port 5000 is used twice on a'
        [tunnel('wg0', 0, 5000), tunnel('wg1', 0, 5001).with { new Tunnel('wg1', null, 25, null, Psk.NONE, [it.ends()[0], new Tunnel.End('b', 6001, it.ends()[1].addresses(), 'b.example', HERE)], HERE) }] || 'the transit net 10.255.0.0/30 of tunnel wg1 overlaps the transit net 10.255.0.0/30 of tunnel wg0'
        [nic('a', 'eth0'), nic('a', 'eth0')]                           || "two interfaces named 'eth0' on a"
        [nic('a', 'eth0', '192.0.2.1/24'), nic('b', 'eth0', '192.0.2.1/24')] || 'the address 192.0.2.1 is given twice'
        [new Sysctl('a', 'vm.x', '1', HERE), new Sysctl('a', 'vm.x', '2', HERE)] || "'vm.x' is set twice on a"
    }

    def 'what the other one is stands beside the place that both have'() {
        expect:
        FabricChecks.check(new Fabric('x', [new Site('s', [], HERE)], [host('a'), host('b')], [hub('wg0', 0, 5000), hub('wg1', 1, 5000)]), [])*.detail() == ['also used at x.groovy:7:9 (hub wg0)']
    }

    def 'on different hosts the same port is no collision, at one place neither'() {
        expect:
        said([hub('wg0', 0, 5000), tunnel('wg1', 1, 5001).with { new Tunnel('wg1', null, 25, null, Psk.NONE, [it.ends()[0], new Tunnel.End('b', 5000, it.ends()[1].addresses(), 'b.example', HERE)], HERE) }]) == []
    }

    def 'a vhid is one network\'s: #first and #second collide: #collide'() {
        given:
        def hosts = ['p1', 'p2', 'q1', 'q2'].collect { host(it, Os.FREEBSD) }
        def pairs = [new Pair('p', 's', ['p1', 'p2'], HERE), new Pair('q', 's', ['q1', 'q2'], HERE)]
        def nics = [nic('p1', 'em0', *first[0..0]), nic('p2', 'em0', first[1]), nic('q1', 'em0', second[0]), nic('q2', 'em0', second[1])]

        expect:
        said(pairs + nics + [vip('p', 7, first[2]), vip('q', id, second[2])], hosts) == (collide ? ["vip 7 on em0 of q has the id of a vip on em0 of p"] : [])

        where:
        first                                             | second                                            | id || collide
        ['10.1.0.1/24', '10.1.0.2/24', '10.1.0.9/24']     | ['10.1.0.3/24', '10.1.0.4/24', '10.1.0.8/24']     | 7  || true
        ['10.1.0.1/24', '10.1.0.2/24', '10.1.0.9/24']     | ['10.1.0.3/24', '10.1.0.4/24', '10.1.0.8/24']     | 8  || false
        ['10.1.0.1/24', '10.1.0.2/24', '10.1.0.9/24']     | ['10.1.1.3/24', '10.1.1.4/24', '10.1.1.8/24']     | 7  || false
        ['10.1.0.1/16', '10.1.0.2/16', '10.1.0.9/16']     | ['10.1.1.3/24', '10.1.1.4/24', '10.1.1.8/24']     | 7  || true
        ['fd00:1::1/64', 'fd00:1::2/64', 'fd00:1::9/64']  | ['fd00:1::3/64', 'fd00:1::4/64', 'fd00:1::8/64']  | 7  || true
        ['fd00:1::1/64', 'fd00:1::2/64', 'fd00:1::9/64']  | ['fd00:2::3/64', 'fd00:2::4/64', 'fd00:2::8/64']  | 7  || false
    }

    def 'kernel parameters: #key is #device of IPv6: #v6'() {
        expect:
        Parameter.of(key) == (device == null ? Optional.empty() : Optional.of(new Parameter(v6, device, 'forwarding')))

        where:
        key                                  || device     | v6
        'net.ipv4.conf.eth0.forwarding'      || 'eth0'     | false
        'net.ipv6.conf.eth0/100.forwarding'  || 'eth0.100' | true
        'net.ipv4.conf.all.forwarding'       || 'all'      | false
        'net.ipv4.conf.eth0.100.forwarding'  || null       | false
        'net.ipv4.ip_forward'                || null       | false
    }

    def 'numbers as the kernel reads them: #value'() {
        expect:
        [Parameter.isOff(value), Parameter.isOn(value)] == [off, on]

        where:
        value  || off   | on
        '0'    || true  | false
        '00'   || true  | false
        '0x0'  || true  | false
        '1'    || false | true
        '0x10' || false | true
        '-1'   || false | true
        '08'   || false | false
        'no'   || false | false
        ''     || false | false
    }
}

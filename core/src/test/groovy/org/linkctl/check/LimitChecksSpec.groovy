package org.linkctl.check

import org.linkctl.diag.Place
import org.linkctl.model.*
import org.linkctl.net.Cidr
import org.linkctl.spi.SystemLimits
import spock.lang.Specification

class LimitChecksSpec extends Specification {
    static final Place HERE = new Place('x.groovy', 7, 9)

    static class Limits implements SystemLimits {
        Os system
        Map kinds

        Os system() { system }

        Map notYet() { kinds }
    }

    static Host host(String name, String site, Os os) {
        new Host(name, site, os, new SshTarget(null, name + '.example', null), Become.AUTO, null, new Place('x.groovy', os == Os.LINUX ? 1 : 2, 1))
    }

    static final List<Intent> ALL = [
        new Sysctl('f', 'net.inet.tcp.tso', '0', HERE), new Nic('f', 'em0', [Cidr.of('10.1.0.1/16')], null, HERE),
        new Pair('p', 'a', ['l', 'f'], HERE), new StateSync('p', 'em1', false, false, null, HERE),
        new Bond('f', 'lagg0', Bond.Mode.LACP, Bond.XmitHash.LAYER3_4, 100, Bond.LacpRate.FAST, [], [], null, HERE),
        new Route(['a', 'b'], ['wg0'], [:], [], [], Route.Hash.L4, Route.Failover.NONE, Route.Protocol.STATIC, false, [:], HERE),
        new Tunnel('wg0', null, 25, null, Psk.NONE, [new Tunnel.End('l', 5000, [], null, HERE), new Tunnel.End('f', 5000, [], null, HERE)], HERE),
        new Hub('wg1', 'l', 5001, [], null, null, 25, null, [new Hub.Spoke('f', [], HERE)], [], HERE)]

    static List said(Intent intent, List<SystemLimits> limits) {
        def fabric = new Fabric('x', [new Site('a', [], HERE), new Site('b', [], HERE)], [host('l', 'b', Os.LINUX), host('f', 'a', Os.FREEBSD)],
            (intent instanceof StateSync ? [ALL[2]] : []) + [intent])
        def refusals = new Refusals()
        new LimitChecks(refusals, limits).check(fabric)
        refusals.all()*.diagnostic()
    }

    def 'what is not made on a system is refused where any of its hosts is one of that system: #intent.class.simpleName'() {
        given:
        def limits = [new Limits(system: Os.FREEBSD, kinds: [(intent.class): 'such things'])]

        expect:
        said(intent, limits).collect { [it.at(), it.summary(), it.detail()] } ==
            [[HERE, 'linkctl makes such things on LINUX hosts only, for now', 'f is a FREEBSD host (x.groovy:2:1)']]

        and: 'other kinds are made, and without limits all of them'
        said(intent, [new Limits(system: Os.FREEBSD, kinds: [(Vip): 'addresses of pairs'])]) == []
        said(intent, []) == []

        where:
        intent << ALL
    }

    def 'what is made on no system is said so, once'() {
        given:
        def limits = Os.values().collect { new Limits(system: it, kinds: [(Tunnel): 'tunnels']) }

        expect:
        said(ALL[6], limits)*.summary() == ['linkctl makes tunnels on no hosts, for now']
    }

    def 'a host of another system is as it was'() {
        expect:
        said(ALL[0], [new Limits(system: Os.LINUX, kinds: [(Sysctl): 'parameters'])]) == []
    }
}

package org.linkctl.modules

import org.linkctl.model.Fabric
import org.linkctl.plan.Planner
import org.linkctl.plan.Undeclared
import org.linkctl.spi.Memory
import org.linkctl.spi.Owned
import org.linkctl.spi.Published
import org.linkctl.spi.Scope
import spock.lang.Specification

/** A whole system that is no longer declared, by all modules together. */
class RemovalSpec extends Specification {
    static final List<String> SYSTEM = ['linux.bond[bond0]', 'linux.address[bond0]', 'linux.wireguard-key[ab0]', 'linux.wireguard-psk[ab0]',
                                        'linux.wireguard[ab0]', 'linux.ecmp[a-b]', 'linux.watch[a-b]']

    def fabric = Inventories.load(new File(System.getProperty('basedir', '.'), '../inventories/lab.groovy'))
    def planner = new Planner(Modules.all())
    def host = fabric.host('a-gw').get()

    List<String> made() {
        planner.plan(new Scope(fabric, host, Published.NOTHING))*.resource().findAll { !it.stray() }*.id()
    }

    List<String> removed(Undeclared how) {
        def owned = made().collect { new Owned(it, Memory.OWNED) }
        def bare = new Fabric('lab', fabric.sites(), fabric.hosts(), [])
        planner.absences(new Scope(bare, host, Published.NOTHING), owned, how)*.resource()*.id()
    }

    def 'what was made last goes first'() {
        expect:
        made().findAll { it in SYSTEM } == SYSTEM
        removed(Undeclared.PURGED).findAll { it in SYSTEM } == SYSTEM.reverse()
    }

    def 'keys stay, packages always, and what is forgotten whole'() {
        expect:
        removed(Undeclared.REMOVED).every { !it.startsWith('linux.wireguard-key') && it != 'linux.packages' }
        removed(Undeclared.PURGED).contains('linux.wireguard-key[ab0]')
        !removed(Undeclared.PURGED).contains('linux.packages')
        removed(Undeclared.FORGOTTEN) == []
    }

    def 'a tunnel goes once nothing is sent over it, unless another one wants its port'() {
        given:
        def module = Modules.all().find { it.name() == 'linux.wireguard' }
        def port = fabric.tunnels(host).first().endOn('a-gw').port()
        def gone = { int was -> module.absent(new Scope(fabric, host, Published.NOTHING), new Owned('linux.wireguard[old]', Memory.OWNED.with('port', "$was".toString()))).get() }

        expect:
        gone(port).way() == Optional.empty()
        gone(49999).way() == Optional.of('old')
    }

    def 'a route that another one still leads to is not taken away'() {
        given:
        def module = Modules.all().find { it.name() == 'linux.ecmp' }
        def owned = new Owned('linux.ecmp[old]', Memory.OWNED.with('to', ['10.5.6.0/24', '10.9.9.0/24']).with('over', ['ab0', 'x0']))

        expect:
        with(module.absent(new Scope(fabric, host, Published.NOTHING), owned).get().route()) {
            prefixes()*.toString() == ['10.9.9.0/24']
            free() == ['x0'] as Set
        }
    }
}

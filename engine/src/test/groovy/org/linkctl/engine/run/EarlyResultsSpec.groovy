package org.linkctl.engine.run

import static org.linkctl.engine.run.Toy.host

import java.time.Duration
import java.util.concurrent.CountDownLatch
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.TimeUnit
import org.linkctl.engine.Events
import org.linkctl.engine.Outcome
import org.linkctl.engine.Safety
import org.linkctl.engine.Selection
import org.linkctl.model.Host
import org.linkctl.plan.Planner
import org.linkctl.spi.Secrets
import spock.lang.Specification
import spock.lang.Timeout

/** What is told of hosts while others are read, in which order, and what it may cost. */
@Timeout(30)
class EarlyResultsSpec extends Specification {
    long now = 0
    List<String> told = []
    List<List<String>> decided = []
    long cost = 0
    Map<String, List<String>> needs = [:].withDefault { [] }
    def hosts = ['a', 'b', 'c', 'd'].collect { host(it) }
    def early = new EarlyResults<String>(hosts, { Host host -> needs[host.name()].collect { Toy.host(it) } },
            { ready, read -> now += cost; decided << ready*.name(); ready.collectEntries { [it, "of $it.name"] } },
            { host, what -> told << host.name() }, { now }, Duration.ofNanos(100))

    private void come(String... names) { names.each { early.arrived(host(it)) } }

    def 'what comes in order is told at once'() {
        when:
        come('a')

        then:
        early.pause() == Long.MAX_VALUE
        told == ['a']
    }

    def 'what comes too early waits for those before it, and no longer than that'() {
        when:
        come('b', 'd')

        then:
        early.pause() == 100
        told == []

        when: 'the one before it comes in time'
        now = 99
        come('a')

        then:
        early.pause() == 1
        told == ['a', 'b']

        when: 'another one does not'
        now = 100

        then:
        early.pause() == Long.MAX_VALUE
        told == ['a', 'b', 'd']

        when:
        come('c')
        early.pause()

        then:
        told == ['a', 'b', 'd', 'c']
        early.told().keySet()*.name() == told
    }

    def 'nothing is told of a host before those that it depends on have come, whether or not anything is told of them'() {
        given:
        needs.a = ['b', 'peer']

        when:
        come('a', 'c')
        early.pause()
        come('b')
        early.pause()
        now = 100
        early.pause()

        then:
        told == ['b', 'c']

        when:
        come('peer')
        early.pause()

        then:
        told == ['b', 'c', 'a']
    }

    def 'deciding takes a tenth of the time at most'() {
        given:
        cost = 10

        when:
        come('a')
        early.pause()
        come('b')

        then: 'after ten units of work there are ninety without'
        early.pause() == 90
        told == ['a']

        when:
        come('c')
        now = 99
        early.pause()

        then:
        decided == [['a']]

        when:
        now = 100
        early.pause()

        then:
        decided == [['a'], ['b', 'c']]
        told == ['a', 'b', 'c']
    }

    /** Hosts a and b share a tunnel, c and d another one. */
    private Convergence run(Toy.Network network, Events events) {
        new Convergence(new RunPlanner(new Planner([new Toy.Files()]), Toy.fabric('a', 'b', 'c', 'd'), Selection.ALL, Secrets.NONE, events),
                new Fleet(network, events, 4, Duration.ofSeconds(15)), Safety.USUAL, SettleTime.USUAL)
    }

    def 'the plan of one tunnel is told while the other one is read, and is what the whole plan says of it'() {
        given:
        def network = new Toy.Network()
        def both = new CountDownLatch(2)
        network.machines.d.asking = { assert both.await(20, TimeUnit.SECONDS); null }
        Map<String, Outcome> said = [:]
        def events = new Events() {
            void known(Host host, Outcome outcome) {
                said[host.name()] = outcome
                both.countDown()
            }
        }

        when:
        def all = run(network, events).plan().collectEntries { host, outcome -> [host.name(), outcome] }

        then: 'c was read as well, but its plan depends on d'
        said.keySet() == ['a', 'b'] as Set
        said.every { name, outcome -> all[name] == outcome }
    }

    def 'a host ends once, though it was told of before'() {
        given:
        def network = new Toy.Network()
        def ended = new CopyOnWriteArrayList<String>()
        def known = new CountDownLatch(1)
        network.away.a = 'no route to host'
        network.machines.d.asking = { assert known.await(20, TimeUnit.SECONDS); null }
        def events = new Events() {
            void ended(Host host, Outcome outcome) { ended << "$host.name ${outcome.class.simpleName}".toString() }

            void known(Host host, Outcome outcome) { known.countDown() }
        }

        when:
        run(network, events).plan()

        then:
        ended.toSorted() == ['a Unreachable', 'b WouldChange', 'c WouldChange', 'd WouldChange']
    }
}

package org.linkctl.engine.run

import static org.linkctl.engine.run.Toy.fabric

import java.time.Duration

import org.linkctl.engine.Events
import org.linkctl.engine.Outcome
import org.linkctl.engine.Safety
import org.linkctl.engine.Selection
import org.linkctl.engine.StepResult
import org.linkctl.model.Fabric
import org.linkctl.plan.Planner
import org.linkctl.plan.Undeclared
import org.linkctl.shell.Step
import org.linkctl.spi.Secrets
import spock.lang.Specification
import spock.lang.Timeout

/** The manifest of owned resources on hosts, and the removal of resources that are no longer declared. */
@Timeout(20)
class OwnershipSpec extends Specification {
    static final String MANIFEST = '/var/lib/linkctl/owned/toy'

    def network = new Toy.Network()
    def module = new Toy.Files(peers: false, owned: ['one', 'two', 'three'])
    Undeclared undeclared = Undeclared.REMOVED
    boolean leaving = false

    def run(Fabric of = fabric('a'), Selection selection = Selection.ALL, modules = [module]) {
        def planner = leaving ? new Planner(modules).wantingNothing() : new Planner(modules)
        new Convergence(
                new RunPlanner(planner, of, selection, Secrets.NONE, Events.SILENT, Safety.USUAL, undeclared),
                new Fleet(network, Events.SILENT, 4, Duration.ofSeconds(15)),
                Safety.USUAL,
                new SettleTime(Duration.ofMillis(200), Duration.ofMillis(5)))
    }

    Toy.Machine getHost() { network.machines.a }

    Outcome plan(Object... args) { run(*args).plan().values().first() }

    Outcome apply(Object... args) { run(*args).apply().values().first() }

    List<String> lines(String path = MANIFEST) { host.files[path].readLines().drop(2) }

    List<String> done() {
        def out = host.done.collect { it instanceof Step.RemoveFile ? "remove ${it.path()}".toString() : "put ${it.path()}".toString() }
        host.done.clear()
        out
    }

    def converged() {
        assert apply() instanceof Outcome.Changed
        done()
        host.asked.set(0)
        host.forgetRuns()
    }

    def 'what will be made is claimed before; a second apply asks once and writes nothing'() {
        when:
        def outcome = apply()

        then: 'the plan says it'
        outcome instanceof Outcome.Changed
        outcome.plan().items()*.resource() == ['linkctl.owned', 'toy.files[key]', 'toy.files[one]', 'toy.files[two]', 'toy.files[three]']
        host.files[MANIFEST] == """\
            # What linkctl owns here for toy, in the order of making.
            format 1
            toy.files[one]; found=nothing; path=/one
            toy.files[two]; found=nothing; path=/two
            toy.files[three]; found=nothing; path=/three
            """.stripIndent()
        host.done[0].mode() == '0600'
        done() == ["put $MANIFEST".toString(), 'put /key', 'put /one', 'put /two', 'put /three']

        when:
        host.asked.set(0)
        def again = apply()

        then:
        again instanceof Outcome.Converged
        host.asked.get() == 1
        done() == []
    }

    def 'what is no longer declared goes, what was made last first, and is given up once it is seen to be gone'() {
        given:
        converged()
        host.files['/foreign'] = 'not ours'
        module.owned = ['two']

        when:
        def planned = plan()

        then:
        planned.plan().items()*.resource() == ['toy.files[three]', 'toy.files[one]', 'linkctl.owned[given up]']
        planned.plan().items().last().after() == ['toy.files[three]', 'toy.files[one]']
        host.asked.get() == 2

        when:
        def outcome = apply()

        then:
        outcome instanceof Outcome.Changed
        done() == ['remove /three', 'remove /one', "put $MANIFEST".toString()]
        lines() == ['toy.files[two]; found=nothing; path=/two']
        host.files.keySet() == ['/key', '/two', '/foreign', MANIFEST] as Set
        apply() instanceof Outcome.Converged
        done() == []
    }

    def 'the manifest is removed with the last resource that is owned'() {
        given:
        converged()
        module.owned = []

        expect:
        apply() instanceof Outcome.Changed
        host.files.keySet() == ['/key'] as Set
        apply() instanceof Outcome.Converged
    }

    def 'what does not go is not given up'() {
        given:
        converged()
        module.owned = ['one', 'two']
        host.running = { step -> step instanceof Step.RemoveFile ? new StepResult(0, '') : null }

        when:
        def outcome = apply()

        then: 'the host goes back, and remembers all'
        outcome instanceof Outcome.RolledBack
        lines()*.takeWhile { it != ';' } == ['toy.files[one]', 'toy.files[two]', 'toy.files[three]']
    }

    def 'a step that fails takes the claim back with it'() {
        given:
        host.running = { step -> step.path() == '/two' ? new StepResult(1, 'no room') : null }

        expect:
        apply() instanceof Outcome.RolledBack
        !host.files.containsKey(MANIFEST)

        when: 'linkctl was killed in between: the manifest is there, half of the files are not'
        host.running = null
        converged()
        host.files.remove('/two')
        host.files.remove('/three')
        module.owned = []

        then:
        apply() instanceof Outcome.Changed
        host.files.keySet() == ['/key'] as Set
    }

    def 'a host from before hosts remembered gets its manifest, and nothing else'() {
        given:
        host.files.putAll(['/key': 'key of a', '/one': 'one', '/two': 'two', '/three': 'three'])

        when:
        def planned = plan()
        def outcome = apply()

        then:
        planned.plan().items()*.resource() == ['linkctl.owned']
        outcome instanceof Outcome.Changed
        done() == ["put $MANIFEST".toString()]
        lines().size() == 3
    }

    def 'strays are looked for only there'() {
        given:
        module.stray = true
        host.files['/stray'] = 'left by an older linkctl'

        expect:
        apply() instanceof Outcome.Changed
        !host.files.containsKey('/stray')

        when:
        host.files['/stray'] = "somebody's own"

        then:
        apply() instanceof Outcome.Converged
        host.files['/stray'] == "somebody's own"
    }

    def 'what is found and taken over is told once, with what was there'() {
        given:
        host.files['/one'] = 'by hand'

        when:
        def planned = plan()

        then:
        planned.plan().items().collectEntries { [it.resource(), it.adopts()] }.findAll { it.value } ==
            ['toy.files[one]': ['/one, which linkctl did not make']]

        when:
        apply()
        host.files['/one'] = 'by hand, again'

        then:
        lines()[0] == 'toy.files[one]; found=by hand; path=/one'
        plan().plan().items().every { it.adopts().empty }
    }

    def 'two inventories on one host: neither takes away what the other owns, too'() {
        given:
        converged()
        module.owned = ['three', 'four']
        def other = new Fabric('a b/c', fabric('a').sites(), fabric('a').hosts(), [])

        when:
        def planned = plan(other)

        then: 'it takes nothing of the first one away'
        planned.plan().items()*.resource() == ['linkctl.owned', 'toy.files[four]']
        planned.plan().items()[0].adopts() == ["toy.files[three], which inventory 'toy' owns, too"]

        when:
        apply(other)
        done()
        module.owned = []
        def outcome = apply()

        then: 'what both had stays with the other'
        outcome instanceof Outcome.Changed
        host.files.keySet() == ['/key', '/three', '/four', '/var/lib/linkctl/owned/a%20b%2Fc'] as Set
        lines('/var/lib/linkctl/owned/a%20b%2Fc')*.takeWhile { it != ';' } == ['toy.files[three]', 'toy.files[four]']
    }

    def 'whoever owns a thing last knows what was found there at first'() {
        given:
        def other = new Fabric('other', fabric('a').sites(), fabric('a').hosts(), [])
        host.files['/three'] = 'by hand'
        converged()
        module.owned = ['three']

        when:
        apply(other)

        then:
        lines('/var/lib/linkctl/owned/other') == ['toy.files[three]; found=by hand; path=/three']

        when: 'the first one declares it no more'
        module.owned = []
        apply()
        module.owned = ['three']

        then:
        !host.files.containsKey(MANIFEST)
        apply(other) instanceof Outcome.Converged
        lines('/var/lib/linkctl/owned/other') == ['toy.files[three]; found=by hand; path=/three']
    }

    def 'what cannot be made again stays, and stays owned, until it is purged'() {
        given:
        module.irreplaceable = true
        converged()
        module.owned = []

        expect:
        apply() instanceof Outcome.Converged
        lines().size() == 3

        when:
        undeclared = Undeclared.PURGED

        then:
        apply() instanceof Outcome.Changed
        host.files.keySet() == ['/key'] as Set
    }

    def 'a run of other modules leaves what it does not look at'() {
        given:
        converged()
        module.owned = ['one']
        def other = new Toy.Files(name: 'toy.other', peers: false, folder: '/other')

        expect:
        apply(fabric('a'), new Selection([] as Set, ['toy.other'] as Set), [module, other]) instanceof Outcome.Changed
        done() == ['put /other/key']
        lines().size() == 3
    }

    def 'a host is left: #how'() {
        given:
        converged()
        leaving = true
        undeclared = how

        expect:
        apply() instanceof Outcome.Changed
        host.files.keySet() == files as Set

        when: 'it is declared again'
        leaving = false
        undeclared = Undeclared.REMOVED
        module.stray = true
        host.files['/stray'] = 'x'
        def again = plan()

        then: 'a host that was forgotten is not searched for strays'
        again.plan().items()*.resource().contains('toy.files[stray]') == searched

        where:
        how                  || files                                       | searched
        Undeclared.REMOVED   || ['/key']                                    | true
        Undeclared.FORGOTTEN || ['/key', '/one', '/two', '/three', MANIFEST] | false
    }

    def 'a host that owns nothing is converged, and gets no manifest, when it is left'() {
        given:
        leaving = true
        undeclared = how

        expect:
        apply() instanceof Outcome.Converged
        host.files.isEmpty()

        where:
        how << Undeclared.values()
    }

    def 'a manifest that cannot be understood is never guessed: #line'() {
        given:
        converged()
        host.files[MANIFEST] = host.files[MANIFEST].replace(from, line)

        when:
        def outcome = plan()

        then:
        outcome instanceof Outcome.Refused
        outcome.why().startsWith(said)
        done() == []

        where:
        from                           | line                            || said
        'format 1'                     | 'format 2'                      || "$MANIFEST:2: 'format 2'; right would be 'format 1'."
        'toy.files[two]; found=nothing' | 'toy.files[two]; found nothing' || "$MANIFEST:4: 'found nothing'; right would be KEY=VALUE."
        'toy.files[two]'               | 'Toy files'                     || "$MANIFEST:4: 'Toy files; found=nothing; path=/two'; right would be RESOURCE[; KEY=VALUE]..."
        'toy.files[two]'               | 'toy.files[one]'                || "$MANIFEST:4: 'toy.files[one]; found=nothing; path=/two'; right would be each resource once."
    }
}

package org.linkctl.engine.run

import java.time.Duration
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.atomic.AtomicInteger
import org.linkctl.diag.Place
import org.linkctl.engine.Connection
import org.linkctl.engine.Connector
import org.linkctl.engine.Events
import org.linkctl.engine.Safety
import org.linkctl.engine.StepResult
import org.linkctl.engine.Unreachable
import org.linkctl.model.Become
import org.linkctl.model.Fabric
import org.linkctl.model.Host
import org.linkctl.model.Os
import org.linkctl.model.Psk
import org.linkctl.model.Site
import org.linkctl.model.SshTarget
import org.linkctl.model.Tunnel
import org.linkctl.net.Cidr
import org.linkctl.shell.Argv
import org.linkctl.shell.Step
import org.linkctl.spi.Answer
import org.linkctl.spi.Answers
import org.linkctl.spi.Change
import org.linkctl.spi.Examined
import org.linkctl.spi.Finding
import org.linkctl.spi.Memory
import org.linkctl.spi.Owned
import org.linkctl.spi.Published
import org.linkctl.spi.Publishes
import org.linkctl.spi.Question
import org.linkctl.spi.Remembered
import org.linkctl.spi.Resource
import org.linkctl.spi.Scope

/** Hosts that are maps of files, two of them joined by a tunnel, and modules for them. */
class Toy {
    static final Place AT = new Place('toy', 1, 1)

    static Host host(String name) {
        new Host(name, 'a', Os.LINUX, new SshTarget('root', name, 22), Become.AUTO, null, AT)
    }

    /** Two hosts, a and b, with a tunnel between them for each name. */
    static Fabric pair(List<String> tunnels) {
        def all = tunnels.collect { name ->
            new Tunnel(name, null, null, null, Psk.NONE, ['a', 'b'].collect { new Tunnel.End(it, 1, [], null, AT) }, AT)
        }
        new Fabric('toy', [new Site('a', [], AT)], ['a', 'b'].collect { host(it) }, all)
    }

    /** Runs on a network that answers at once. */
    static Convergence convergence(RunPlanner planner, Network network, Events events = Events.SILENT) {
        new Convergence(planner, new Fleet(network, events, 4, Duration.ofSeconds(15)), Safety.USUAL,
                new SettleTime(Duration.ofMillis(100), Duration.ofMillis(5)))
    }

    static Fabric fabric(String... names) {
        List<Tunnel> tunnels = []
        for (int i = 0; i + 1 < names.length; i += 2) {
            tunnels << new Tunnel("wg$i".toString(), null, null, null, Psk.NONE,
                    [new Tunnel.End(names[i], 1, [], null, AT), new Tunnel.End(names[i + 1], 1, [], null, AT)], AT)
        }
        new Fabric('toy', [new Site('a', [], AT)], names.collect { host(it) }, tunnels)
    }

    static class Machine implements Connection {
        final Map<String, String> files = new ConcurrentHashMap<>()
        final List<Step> done = new CopyOnWriteArrayList<>()
        final AtomicInteger asked = new AtomicInteger()
        int renewed
        Closure<Answers> asking
        Closure<StepResult> running
        boolean closed

        void forgetRuns() {
            guarding.clear()
            saved = null
            state = ''
        }

        Answers ask(Collection<Question> questions) {
            asked.incrementAndGet()
            if (asking) {
                def special = asking(questions)
                if (special) return special
            }
            new Answers(questions.collectEntries { Question q ->
                String path = q instanceof Question.ReadFile ? q.path() : null
                if (q == Ownership.question(org.linkctl.engine.Safety.USUAL.home())) return [q, lines('owned')]
                if (q == HeldPaths.question(org.linkctl.engine.Safety.USUAL.home())) return [q, lines('drained')]
                [q, q == org.linkctl.engine.guard.HostGuard.question(org.linkctl.engine.Safety.USUAL, '') ? status() : path == null ? new Answer.Output(0, 'fine', '') : files[path] == null ? new Answer.Absent() : new Answer.Text(files[path])]
            })
        }

        /** As grep(1) prints what lies in a folder of linkctl's home. */
        private Answer lines(String name) {
            String folder = "${org.linkctl.engine.Safety.USUAL.home()}/$name/"
            def lines = files.findAll { path, text -> path.startsWith(folder) }.collectMany { path, text -> text.readLines().collect { "$path:$it" } }
            lines ? new Answer.Output(0, lines.join('\n') + '\n', '') : new Answer.Output(2, '', "grep: $folder: No such file or directory".toString())
        }

        /** What the guard was told, and what stood here when it was armed. */
        final List<List<String>> guarding = new CopyOnWriteArrayList<>()
        Map<String, String> saved
        String state = ''
        String why = ''
        String holder = ''
        Closure<StepResult> confirming
        /** The run that was here last, as the lock tells. */
        String latest = ''

        /** The guard of a real host, in short; null: the step is none of its own. */
        private StepResult guard(Step step) {
            String home = org.linkctl.engine.Safety.USUAL.home()
            if (step instanceof Step.PutFile && step.path().startsWith("$home/") && !step.path().startsWith("$home/owned/") && !step.path().startsWith("$home/drained/")) return new StepResult(0, '')
            if (!(step instanceof Step.Run) || step.argv().words().take(2) != ['sh', "$home/guard".toString()]) return null
            List<String> words = step.argv().words().drop(2)
            guarding << words
            switch (words[0]) {
                case 'lock': return holder ? new StepResult(75, holder) : new StepResult(0, latest)
                case 'arm':
                    if (!saved) saved = [:] + files
                    state = 'armed'
                    break
                case 'confirm':
                    def special = confirming?.call()
                    if (special) return special
                    state = 'confirmed'
                    break
                case 'fire': undo(words[2])
                    break
                case 'revert': undo(words[3])
            }
            new StepResult(0, '')
        }

        void undo(String because) {
            files.keySet().retainAll(saved.keySet())
            files.putAll(saved)
            state = 'undone'
            why = because
        }

        private Answer status() {
            String run = guarding.find { it[0] == 'arm' }?.get(1) ?: '-'
            new Answer.Output(0, state ? "$run\t$state\t\t$why\twho=somebody\n".toString() : '', '')
        }

        StepResult run(Step step) {
            def guarded = guard(step)
            if (guarded) return guarded
            done << step
            if (running) {
                def special = running(step)
                if (special) return special
            }
            if (step instanceof Step.PutFile) files[step.path()] = step.content().text()
            if (step instanceof Step.RemoveFile) files.remove(step.path())
            new StepResult(0, '')
        }

        Closure<?> renewing = {}

        void reconnect(Duration within) {
            renewed++
            renewing()
        }

        void close() { closed = true }
    }

    static class Network implements Connector {
        final Map<String, Machine> machines = [:].withDefault { new Machine() }
        final Map<String, String> away = [:]
        Closure<?> reaching = {}

        void reach(Host host) { reaching(host.name()) }

        Connection connect(Host host) {
            if (away[host.name()]) throw new Unreachable(away[host.name()])
            machines[host.name()]
        }

        /** No guard of an earlier run is left on any host. */
        void forgetRuns() { machines.values()*.forgetRuns() }
    }

    /** Every host holds /key with its own name; its tunnel's other end holds it too, as /peer. */
    static class Files implements Remembered<ToyWanted, ToyFound>, Examined<ToyWanted, ToyFound>, Publishes<ToyWanted, ToyFound> {
        String name = 'toy.files'
        String folder = ''
        boolean peers = true
        boolean behind = false
        boolean shared = false
        /** Each host's files in a folder of its own, where all hosts are one machine. */
        boolean apart = false
        /** Files of their own, which hosts remember; each is made after the one before it. */
        List<String> owned = []
        boolean irreplaceable = false
        /** What is looked for as long as hosts remember nothing. */
        boolean stray = false
        Closure<?> factsHook = {}
        Closure<?> diffHook = {}

        String name() { name }

        Os system() { Os.LINUX }

        String at(Scope scope) { apart ? "$folder/${scope.host().name()}" : folder }

        List<ToyWanted> want(Scope scope) {
            List<ToyWanted> all = [new ToyWanted("${name}[key]".toString(), "${at(scope)}/key".toString(), "key of ${scope.host().name()}".toString(), [])]
            if (peers) scope.fabric().tunnels(scope.host()).each { tunnel ->
                String far = tunnel.farFrom(scope.host().name()).host()
                def known = scope.published().plain(far, 'key')
                all << new ToyWanted('toy.files[peer]', "${at(scope)}/peer".toString(), known.orElse(Change.UNKNOWN), known.isPresent() ? [] : ["the key of $far".toString()])
            }
            owned.each { all << owned(it, "${at(scope)}/$it", it) }
            if (stray) all << owned('stray', "${at(scope)}/stray", null)
            if (shared) scope.fabric().tunnels(scope.host()).take(1).each { tunnel ->
                all << new ToyWanted('toy.files[shared]', "${at(scope)}/shared".toString(), "shared with ${tunnel.farFrom(scope.host().name()).host()}".toString(), [])
            }
            if (behind) all << new ToyWanted('toy.files[behind]', "${at(scope)}/behind".toString(), 'behind', [])
            all
        }

        private ToyWanted owned(String what, String path, String content) {
            new ToyWanted("${name}[$what]".toString(), path.toString(), content, [])
        }

        Optional<Memory> memory(ToyWanted want, ToyFound have, Optional<Memory> before) {
            if (want.content() == null || !(want.path().tokenize('/').last() in owned)) return Optional.empty()
            Optional.of(Memory.OWNED.with('path', want.path()).with('found', before.map { it.values().found }.orElse(have.content().orElse('nothing'))))
        }

        Optional<ToyWanted> absent(Scope scope, Owned owned) {
            Optional.of(this.owned(owned.name(), owned.memory().value('path').get(), null))
        }

        boolean irreplaceable() { irreplaceable }

        List<String> adopts(ToyWanted want, ToyFound have) {
            have.content().filter { it != want.content() }.map { [want.path()] }.orElse([])
        }

        static Question.ReadFile held(ToyWanted want) { Question.file(want.path()) }

        List<Question<?>> probe(ToyWanted want) { [held(want)] }

        ToyFound facts(ToyWanted want, Answers answers) {
            factsHook(want)
            new ToyFound(answers.to(held(want)))
        }

        List<Change> diff(ToyWanted want, ToyFound have) {
            diffHook(want)
            have.content() == Optional.ofNullable(want.content()) ? [] : [Change.file(want.path(), have.content().orElse(null), want.content())]
        }

        List<Step> steps(ToyWanted want, ToyFound have, List<Change> changes) { [want.content() == null ? new Step.RemoveFile(want.path()) : Step.put(want.path(), '0644', want.content())] }

        Published.Values publish(ToyWanted want, ToyFound have) {
            want.path().endsWith('/key') && have.content().present ? Published.Values.of('key', have.content().get()) : Published.Values.NONE
        }

        static Question.Command echo(ToyWanted want) { Question.command('echo', want.path()) }

        List<Question<?>> examine(ToyWanted want) { [echo(want)] }

        List<Finding> findings(ToyWanted want, ToyFound have, Answers answers) {
            [answers.stdout(echo(want)).length() > 0 ? Finding.good(want.path(), 'answers') : Finding.bad(want.path(), 'is silent')]
        }
    }
}

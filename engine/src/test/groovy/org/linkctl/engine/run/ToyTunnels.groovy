package org.linkctl.engine.run

import org.linkctl.model.Os
import org.linkctl.shell.Step
import org.linkctl.spi.Answers
import org.linkctl.spi.Change
import org.linkctl.spi.Drainable
import org.linkctl.spi.Examined
import org.linkctl.spi.Finding
import org.linkctl.spi.Question
import org.linkctl.spi.Resource
import org.linkctl.spi.Scope

/** Two hosts, some tunnels between them, and on each host a route over all of them: the order of changes. */

/** Tunnels and a route over them in memory, for specs of stages. */
class ToyTunnels {
    static String text(ToyFound found) { found.content().orElse(null) }

    /** A file for each end of a tunnel; changing it cuts the tunnel. */
    static class Ends implements Examined<End, ToyFound> {
        int version = 1
        boolean gently
        /** A host that is not cut by the change of its ends. */
        String follows
        List<String> gone = []

        String name() { 'toy.end' }

        Os system() { Os.LINUX }

        List<End> want(Scope scope) {
            boolean cuts = !gently && scope.host().name() != follows
            scope.fabric().tunnels(scope.host()).collect { new End(it.name(), "$version".toString(), cuts) } + gone.collect { new End(it, null, cuts) }
        }

        static Question.ReadFile held(End want) { Question.file(want.file()) }

        List<Question<?>> probe(End want) { [held(want)] }

        ToyFound facts(End want, Answers answers) { new ToyFound(answers.to(held(want))) }

        List<Change> diff(End want, ToyFound have) {
            if (want.content == text(have)) return []
            def change = Change.state(want.tunnel, text(have), want.content)
            [text(have) && want.cuts ? change.cuts(3) : change]
        }

        List<Step> steps(End want, ToyFound have, List<Change> changes) {
            [want.content ? Step.put(want.file(), '0644', want.content) : new Step.RemoveFile(want.file())]
        }

        static Question.Command works(End want) { Question.command('works', want.tunnel) }

        List<Question<?>> examine(End want) { [works(want)] }

        List<Finding> findings(End want, ToyFound have, Answers answers) {
            [answers.to(works(want)).ok() ? Finding.good(want.tunnel, 'works') : Finding.bad(want.tunnel, 'is dead')]
        }
    }

    static class End implements Resource {
        final String tunnel
        final String content
        final boolean cuts

        End(String tunnel, String content, boolean cuts) {
            this.tunnel = tunnel
            this.content = content
            this.cuts = cuts
        }

        String file() { "/$tunnel" }

        String id() { "toy.end[$tunnel]" }

        Set<String> provides() { content ? ["tunnel:$tunnel".toString()] as Set : [] as Set }

        Optional<String> way() { Optional.of(tunnel) }
    }

    /** A file that names the tunnels traffic is sent over. */
    static class Routes implements Drainable<Way, ToyFound> {
        /** Tunnels that do not answer, as the host knows. */
        List<String> dead = []

        List<Drainable.Shared> shared(Way want, ToyFound have, Answers answers) {
            [new Drainable.Shared('the route', want.all as Set, (want.used - dead) as Set)]
        }

        String name() { 'toy.route' }

        Os system() { Os.LINUX }

        List<Way> want(Scope scope) {
            def names = scope.fabric().tunnels(scope.host())*.name()
            [new Way(names, names - scope.drained())]
        }

        static Question.ReadFile held(Way want) { Question.file('/route') }

        List<Question<?>> probe(Way want) { [held(want)] }

        ToyFound facts(Way want, Answers answers) { new ToyFound(answers.to(held(want))) }

        List<Change> diff(Way want, ToyFound have) {
            String wanted = want.used.join(' ')
            wanted == text(have) ? [] : [Change.state('route', text(have), wanted)]
        }

        List<Step> steps(Way want, ToyFound have, List<Change> changes) { [Step.put('/route', '0644', want.used.join(' '))] }
    }

    static class Way implements Resource {
        final List<String> all
        final List<String> used

        Way(List<String> all, List<String> used) {
            this.all = all
            this.used = used
        }

        String id() { 'toy.route' }

        Set<String> needs() { used.collect { "tunnel:$it".toString() } as Set }

        Set<String> spreads() { all as Set }
    }
}

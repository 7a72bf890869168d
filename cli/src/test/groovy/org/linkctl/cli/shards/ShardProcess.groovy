package org.linkctl.cli.shards

import org.linkctl.cli.Cli
import org.linkctl.cli.context.Installation
import org.linkctl.cli.io.Terminal
import org.linkctl.cli.shards.ShardValues.Found
import org.linkctl.cli.shards.ShardValues.Link
import org.linkctl.cli.shards.ShardValues.Way
import org.linkctl.engine.ssh.SshConnector
import org.linkctl.model.Host
import org.linkctl.model.Os
import org.linkctl.model.Tunnel
import org.linkctl.plan.Planner
import org.linkctl.shell.Argv
import org.linkctl.shell.Step
import org.linkctl.spi.Answers
import org.linkctl.spi.Change
import org.linkctl.spi.Examined
import org.linkctl.spi.Finding
import org.linkctl.spi.Partnered
import org.linkctl.spi.Question
import org.linkctl.spi.Scope

/**
 * linkctl as a program, whose tunnels are VXLAN: a kernel without WireGuard has it, and a tunnel whose ends have different UDP
 * ports carries nothing there either. Engine, locks, guard, SSH and command are the real ones.
 */
class ShardProcess {
    /** @param words where hosts keep what linkctl knows of them, then the command's */
    static void main(String[] words) {
        def terminal = Terminal.system()
        def parts = new Installation(new Planner([new Links(), new Ways()]), SshConnector::new, words[0])
        int status = new Cli(terminal, parts).run(*words.drop(1))
        terminal.flush()
        System.exit(status)
    }

    /** A tunnel's end. */
    static class Links implements Partnered<Link, Found>, Examined<Link, Found> {
        String name() { 'linux.vxlan' }

        Os system() { Os.LINUX }

        List<Link> want(Scope scope) { scope.fabric().tunnels(scope.host()).collect { link(scope, it) } }

        private static Link link(Scope scope, Tunnel tunnel) {
            def far = tunnel.farFrom(scope.host().name())
            def near = tunnel.ends().find { it.host() == scope.host().name() }
            Host other = scope.fabric().host(far.host()).get()
            String name = tunnel.name()
            def number = scope.fabric().tunnels()*.name().indexOf(name) + 1
            new Link("linux.vxlan[$name]".toString(), name, far.host(), [
                    Argv.of('ip', 'link', 'add', name, 'type', 'vxlan', 'id', "$number".toString(), 'local', scope.host().ssh().host(), 'remote', other.ssh().host(), 'dstport', "${near.port()}".toString()),
                    Argv.of('ip', 'address', 'add', near.addresses()[0].toString(), 'dev', name),
                    Argv.of('ip', 'link', 'set', name, 'up')], near.port(), far.addresses()[0].address().toString())
        }

        static Question.Command held(Link want) { Question.command('ip', '-d', '-o', 'link', 'show', want.tunnel()) }

        List<Question<?>> probe(Link want) { [held(want)] }

        Found facts(Link want, Answers answers) { new Found((answers.to(held(want)).stdout() =~ /dstport (\d+)/).with { it.find() ? it.group(1) : '' }) }

        List<Change> diff(Link want, Found have) {
            if (have.text() == "${want.port()}") return []
            def change = Change.state("${want.tunnel()} port", have.text() ?: null, "${want.port()}")
            [have.text() ? change.cuts(2) : change]
        }

        List<Step> steps(Link want, Found have, List<Change> changes) {
            (have.text() ? [Step.run('ip', 'link', 'delete', want.tunnel())] : []) + want.made().collect { Step.run(it) }
        }

        /** A port of one end alone is a tunnel that carries nothing. */
        Set<String> partners(Link want, Found have) { have.text() ? [want.far()] as Set : [] as Set }

        static Question.Command echo(Link want) { Question.command('ping', '-c', '1', '-W', '1', want.ping()) }

        List<Question<?>> examine(Link want) { [echo(want)] }

        List<Finding> findings(Link want, Found have, Answers answers) {
            [answers.to(echo(want)).ok() ? Finding.good(want.tunnel(), 'answers') : Finding.bad(want.tunnel(), 'is silent')]
        }
    }

    /** A route over all tunnels to a site that are not drained. */
    static class Ways implements org.linkctl.spi.Module<Way, Found> {
        String name() { 'linux.way' }

        Os system() { Os.LINUX }

        List<Way> want(Scope scope) {
            scope.fabric().routes(scope.host()).collect { route ->
                String site = route.between().find { it != scope.host().site() }
                def lan = scope.fabric().site(site).lan()[0].toString()
                def hops = scope.fabric().tunnels(route, scope.host()).collectEntries {
                    [it.name(), it.farFrom(scope.host().name()).addresses()[0].address().toString()]
                }
                new Way("linux.way[$lan]".toString(), lan, hops, scope.drained())
            }
        }

        static Question.Command held(Way want) { Question.command('ip', 'route', 'show', 'exact', want.to()) }

        List<Question<?>> probe(Way want) { [held(want)] }

        Found facts(Way want, Answers answers) { new Found((answers.to(held(want)).stdout() =~ /dev (\S+)/).collect { it[1] }.sort().join(' ')) }

        List<Change> diff(Way want, Found have) {
            def open = want.open().toSorted().join(' ')
            open == have.text() ? [] : [Change.state("way to ${want.to()}", have.text() ?: null, open)]
        }

        List<Step> steps(Way want, Found have, List<Change> changes) {
            [Step.run(new Argv(['ip', 'route', 'replace', want.to()] + want.open().toSorted().collectMany { ['nexthop', 'via', want.hops()[it], 'dev', it] }))]
        }
    }
}

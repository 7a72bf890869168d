package org.linkctl.cli.hosts

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.ObjectMapper
import org.linkctl.cli.Cli
import org.linkctl.cli.context.Installation
import org.linkctl.cli.io.Terminal

/** The command as it is installed, with real modules and real SSH, run in this process. */
class Command {
    int status
    String out
    String err

    static Command run(Object... words) {
        with(Installation.installed(), patient(words as List))
    }

    /** Emulated hosts on a busy machine take long to greet; a spec that wants to be refused sooner says so itself. */
    private static List<?> patient(List<?> words) {
        words.contains('-F') && !words.contains('--connect-timeout') ? words + ['--connect-timeout', RealHosts.time(10)] : words
    }

    static Command with(Installation installation, List<?> words) {
        def out = new StringWriter()
        def err = new StringWriter()
        def terminal = new Terminal(new BufferedReader(new StringReader('')), new PrintWriter(out), new PrintWriter(err),
                [] as Set, 100,
                System.getenv() + [XDG_STATE_HOME: new File('target/state').absolutePath])
        long start = System.nanoTime()
        int status = new Cli(terminal, installation).run(words*.toString() as String[])
        println "linkctl ${words.join(' ')}: exit $status, ${(System.nanoTime() - start).intdiv(1_000_000_000)} s"
        new Command(status: status, out: out.toString(), err: err.toString())
    }

    JsonNode json() { new ObjectMapper().readTree(out) }

    /** The last line, which sums up. */
    String sum() { out.readLines().findAll().last() }

    @Override
    String toString() { "exit $status\n$out\n$err" }
}

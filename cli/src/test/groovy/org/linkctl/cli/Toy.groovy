package org.linkctl.cli

import org.linkctl.cli.io.Output
import org.linkctl.cli.io.Terminal
import org.linkctl.cli.context.Installation

import org.linkctl.cli.io.Terminal.Stream
import org.linkctl.diag.Place
import org.linkctl.engine.Connection
import org.linkctl.engine.Connector
import org.linkctl.engine.HostPlan
import org.linkctl.engine.Settings
import org.linkctl.engine.StepResult
import org.linkctl.engine.Unreachable
import org.linkctl.model.Become
import org.linkctl.model.Host
import org.linkctl.model.Os
import org.linkctl.model.SshTarget
import org.linkctl.plan.Planner
import org.linkctl.shell.Step
import org.linkctl.spi.Answer
import org.linkctl.spi.Answers
import org.linkctl.spi.Module
import org.linkctl.spi.Question

/** The command with hosts that live in memory, and one module that puts a file on each. */
class Toy {
    /** Files by host. */
    Map<String, Map<String, String>> hosts = [:].withDefault { [:] }
    Set<String> unreachable = []
    /** Where hosts were looked for. */
    Set<String> addresses = Collections.synchronizedSet(new LinkedHashSet<String>())
    /** How they were reached, each time. */
    List<Settings> connected = Collections.synchronizedList([])
    List modules = [new ToyModule()]
    /** Steps that were run, as text. */
    List<String> steps = Collections.synchronizedList([])
    /** The run that was on all hosts last, as the lock tells. */
    String latest = ''
    /** Who is at work on a host. */
    Map<String, String> holders = [:]
    /** Told of each step before it is carried out; of what the guard is told, too. */
    Closure<?> before = { String host, Step step -> }
    /** Hosts on which a step that puts a file fails. */
    Set<String> failing = []
    /** Where the standard output and the error stream go, if not into memory. */
    Map<Stream, OutputStream> sinks = [:]
    /** What a host says to a question, if not what its files say; null: no word of it. */
    Closure<Answer> saying = { String host, Question<?> question -> null }
    Set<Stream> terminals = []
    Map<String, String> environment = [:]
    String input = ''
    int width = 80

    String out
    String err

    int run(String... args) {
        def outText = new StringWriter()
        def errText = new StringWriter()
        def terminal = new Terminal(new BufferedReader(new StringReader(input)),
                sinks[Stream.OUT] ? Output.of(sinks[Stream.OUT]) : new PrintWriter(outText),
                sinks[Stream.ERR] ? Output.of(sinks[Stream.ERR]) : new PrintWriter(errText), terminals, width,
                [XDG_STATE_HOME: new File('target/state').absolutePath] + environment)
        def parts = new Installation(new Planner(modules), { settings, events -> connected << settings; connector() })
        int status = new Cli(terminal, parts).run(args)
        out = outText.toString()
        err = errText.toString()
        status
    }

    private Connector connector() {
        return { Host host ->
            addresses << host.ssh().toString()
            if (host.name() in unreachable) throw new Unreachable('connection refused')
            new ToyConnection(this, host.name())
        } as Connector
    }

    static Host host(String name, String site = 'a') {
        new Host(name, site, Os.LINUX, SshTarget.parse("admin@192.0.2.${name.length()}").get(), Become.AUTO, null,
                new Place('toy.groovy', 1, 1))
    }

    static HostPlan plan(Host host, HostPlan.Item... items) {
        new HostPlan(host, items as List)
    }
}

class ToyConnection implements Connection {
    private final Toy toy
    private final String host

    ToyConnection(Toy toy, String host) {
        this.toy = toy
        this.host = host
    }

    @Override
    Answers ask(Collection<Question<?>> questions) {
        Map<Question<?>, Answer> answers = [:]
        for (question in questions) {
            def said = toy.saying(host, question)
            if (said) {
                answers[question] = said
                continue
            }
            def folder = ['/var/lib/linkctl/owned', '/var/lib/linkctl/drained'].find { question == Question.command('grep', '-rH', '', it) }
            if (folder) {
                def lines = toy.hosts[host].findAll { path, text -> path.startsWith("$folder/") }
                        .collectMany { path, text -> text.readLines().collect { "$path:$it\n".toString() } }
                answers[question] = lines ? new Answer.Output(0, lines.join(''), '') : new Answer.Output(2, '', 'grep: No such file or directory')
                continue
            }
            if (question instanceof Question.Command) {
                answers[question] = new Answer.Output(2, '', 'No such file or directory')
                continue
            }
            String text = toy.hosts[host][question.path()]
            answers[question] = text == null ? new Answer.Absent() : new Answer.Text(text)
        }
        new Answers(answers)
    }

    @Override
    StepResult run(Step step) {
        toy.before(host, step)
        boolean locks = step instanceof Step.Run && step.argv().words()[2] == 'lock'
        if (locks && toy.holders[host]) return new StepResult(75, toy.holders[host])
        if (locks) return new StepResult(0, toy.latest)
        // What the guard is told belongs to no plan.
        boolean owned = !(step instanceof Step.Run) && ['owned', 'drained'].any { step.path().startsWith("/var/lib/linkctl/$it/") }
        if (step instanceof Step.Run || step.path().startsWith('/var/lib/linkctl/') && !owned) return new StepResult(0, '')
        if (host in toy.failing) return new StepResult(1, 'no space left on device')
        toy.steps << "$host: ${step instanceof Step.RemoveFile ? '- ' : ''}$step.path".toString()
        if (step instanceof Step.RemoveFile) toy.hosts[host].remove(step.path())
        else toy.hosts[host][step.path()] = step.content().text()
        new StepResult(0, '')
    }

    @Override
    void reconnect(java.time.Duration within) {}

    @Override
    void close() {}
}

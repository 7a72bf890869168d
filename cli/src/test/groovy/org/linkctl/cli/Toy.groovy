package org.linkctl.cli

import org.linkctl.cli.Terminal.Stream
import org.linkctl.diag.Place
import org.linkctl.engine.Connection
import org.linkctl.engine.Connector
import org.linkctl.engine.Engine
import org.linkctl.engine.HostPlan
import org.linkctl.engine.StepResult
import org.linkctl.engine.Unreachable
import org.linkctl.model.Become
import org.linkctl.model.Host
import org.linkctl.model.Os
import org.linkctl.model.SshTarget
import org.linkctl.plan.Planner
import org.linkctl.shell.Question
import org.linkctl.shell.Step
import org.linkctl.spi.Answer
import org.linkctl.spi.Answers
import org.linkctl.spi.Change
import org.linkctl.spi.Finding
import org.linkctl.spi.Module
import org.linkctl.spi.Resource

/** The command with hosts that live in memory, and one module that puts a file on each. */
class Toy {
    static final String FILE = '/etc/toy.conf'

    /** Files by host. */
    Map<String, Map<String, String>> hosts = [:].withDefault { [:] }
    Set<String> unreachable = []
    /** Steps that were run, as text. */
    List<String> steps = Collections.synchronizedList([])
    Set<Stream> terminals = []
    Map<String, String> environment = [:]
    String input = ''
    int width = 80

    String out
    String err

    int run(String... args) {
        def outText = new StringWriter()
        def errText = new StringWriter()
        def terminal = new Terminal(new BufferedReader(new StringReader(input)), new PrintWriter(outText),
                new PrintWriter(errText), terminals, width, environment)
        def parts = new Parts(new Planner([new ToyModule()]), { settings, events -> connector() })
        int status = new Cli(terminal, parts).run(args)
        out = outText.toString()
        err = errText.toString()
        status
    }

    private Connector connector() {
        return { Host host ->
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
    Answers ask(Collection<Question> questions) {
        Map<Question, Answer> answers = [:]
        for (question in questions) {
            String text = toy.hosts[host][question.path()]
            answers[question] = text == null ? new Answer.Absent() : new Answer.Text(text)
        }
        new Answers(answers)
    }

    @Override
    StepResult run(Step step) {
        toy.steps << "$host: $step.path".toString()
        toy.hosts[host][step.path()] = step.content().text()
        new StepResult(0, '')
    }

    @Override
    void renew(java.time.Duration within) {}

    @Override
    void close() {}
}

record ToyWant(String text) implements Resource {
    @Override
    String id() {
        'toy.file[toy]'
    }
}

record ToyFacts(String text) {}

class ToyModule implements Module<ToyWant, ToyFacts> {
    @Override
    String name() {
        'toy.file'
    }

    @Override
    List<ToyWant> want(org.linkctl.spi.Scope scope) {
        [new ToyWant("host = ${scope.host().name()}\n".toString())]
    }

    @Override
    List<Question> probe(ToyWant want) {
        [Question.file(Toy.FILE)]
    }

    @Override
    ToyFacts facts(ToyWant want, Answers answers) {
        new ToyFacts(answers.file(Toy.FILE).orElse(null))
    }

    @Override
    ToyFacts bare(ToyWant want) {
        new ToyFacts(null)
    }

    @Override
    List<Change> diff(ToyWant want, ToyFacts have) {
        want.text() == have.text() ? [] : [Change.file(Toy.FILE, have.text(), want.text())]
    }

    @Override
    List<Step> steps(ToyWant want, ToyFacts have, List<Change> changes) {
        changes.empty ? [] : [Step.put(Toy.FILE, '0644', want.text())]
    }

    @Override
    List<Finding> findings(ToyWant want, ToyFacts have, Answers answers) {
        have.text() == null ? [Finding.bad('toy', 'there is no toy')] : [Finding.good('toy', 'it is there')]
    }
}

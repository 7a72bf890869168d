package org.linkctl.cli

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.ObjectMapper
import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.cli.io.Terminal.Stream
import org.linkctl.engine.Events
import org.linkctl.shell.Step
import spock.lang.Specification
import spock.lang.TempDir

/** `--events` of apply and run: what a program that follows a run reads (docs/plan-json.md). */
class EventsSpec extends Specification {
    static final String ECMP = '../inventories/ecmp.groovy'

    @TempDir
    Path folder

    def toy = new Toy()

    def setup() {
        toy.environment = [XDG_STATE_HOME: folder.resolve('state').toString()]
        toy.modules = [new ToyModule(), new SpreadModule()]
    }

    private List<JsonNode> events(String text = toy.out) {
        text.readLines().collect { new ObjectMapper().readTree(it) }
    }

    private List<String> of(String host) {
        events().findAll { it.path('host').asText() == host }*.event*.asText()
    }

    private int run(String steps, String... more) {
        def file = Files.writeString(folder.resolve('p.groovy'), "playbook('p', about: 'a test') {\n${steps.stripIndent()}\n}\n").toString()
        toy.run('run', file, ECMP, '--color', 'never', *more)
    }

    def 'an apply, from its begin to its end, and again where nothing differs'() {
        when:
        int status = toy.run('apply', ECMP, '--yes', '--events')
        def all = events()

        then:
        status == 0
        all.every { it.event.textual && it.time.asText() ==~ /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*Z/ }
        all.first().event.asText() == 'run-started'
        all.first().format.asInt() == 1
        all.first().fabric.asText() == 'ecmp'
        all.first().run.asText() == all.last().run.asText()
        all.last().event.asText() == 'run-ended'
        all.last().hosts.fields().collectEntries { [it.key, it.value.asInt()] } == [changed: 3]
        all.last().why.null
        of('a-gw').take(2) == ['host-connecting', 'host-planned']
        of('a-gw').unique(false).containsAll(['host-planned', 'host-started', 'item-started', 'item-changed', 'host-confirmed', 'host-ended'])
        of('a-gw').count('host-started') == 1
        of('a-gw').count('host-planned') == 1
        of('a-gw').count('host-ended') == 1
        of('a-gw').indexOf('host-confirmed') > of('a-gw').lastIndexOf('item-changed')
        with(all.find { it.event.asText() == 'item-changed' && it.host.asText() == 'a-gw' }) {
            item.asText().startsWith('toy.file')
            module.asText() == 'toy.file'
        }
        all.find { it.event.asText() == 'host-planned' }.add.asInt() > 0

        when:
        status = toy.run('apply', ECMP, '--yes', '--events')

        then:
        status == 0
        events().findAll { it.event.asText() == 'host-ended' }*.outcome*.asText().unique() == ['converged']
        events().last().hosts.fields().collectEntries { [it.key, it.value.asInt()] } == [converged: 3]
        !events()*.event*.asText().contains('item-started')
    }

    def 'each line is there before what it announces is done'() {
        given:
        def out = new ByteArrayOutputStream()
        toy.sinks[Stream.OUT] = out
        def seen = []
        toy.before = { String host, Step step ->
            if (step instanceof Step.PutFile && step.path() == ToyModule.FILE) seen << events(out.toString('UTF-8')).last().with { "${it.event.asText()} ${it.path('host').asText()}".toString() }
        }

        expect:
        toy.run('apply', ECMP, '--yes', '--events', '--limit', 'a-gw', '-j', '1') == 0
        seen
        seen.unique() == ['item-started a-gw']
    }

    def 'a step that fails, the way back, and a host that is not there'() {
        given:
        toy.failing << 'a-gw'
        toy.unreachable << 'b-gw'

        when:
        int status = toy.run('apply', ECMP, '--yes', '--events')
        def ends = events().findAll { it.event.asText() == 'host-ended' }.collectEntries { [it.host.asText(), it.outcome.asText()] }

        then:
        status == 5
        ends['b-gw'] == 'unreachable'
        ends['a-gw'] in ['failed', 'rolled-back']
        of('a-gw').contains('item-failed')
        of('a-gw').contains('host-rolling-back')
        !of('a-gw').contains('host-confirmed')

        and: 'what the step printed, or would have put into the file, is in none'
        !toy.out.contains('no space left on device')
        !toy.out.contains('host = a-gw')
        new File(toy.environment.XDG_STATE_HOME, 'linkctl/runs').listFiles().any { it.name.endsWith('.json') && it.text.contains('no space left on device') }
    }

    def 'an error that nobody foresaw ends the stream, too, and what it says is not in it'() {
        given:
        toy.before = { String host, Step step -> if (step instanceof Step.PutFile) throw new IllegalStateException('the secret') }

        when:
        int status = toy.run('apply', ECMP, '--yes', '--events')

        then:
        status != 0
        events().last().event.asText() == 'run-ended'
        events()*.event*.asText().count('run-ended') == 1
        !events().last().why.asText().contains('the secret')
    }

    def 'a playbook: each step, what is drained, and where it stands'() {
        given:
        assert toy.run('apply', ECMP, '--yes') == 0

        when:
        int status = run('''
            say 'it begins'
            when('a-gw', ['test', '-e', '/nothing'], status: 1) { command('a-gw', ['never']) }
            drain('wg0')
            step('work') { command('a-gw', ['x'], status: 1) }
            undrain('wg0')
            always { say 'the end' }
            ''', '--yes', '--events')
        def all = events()
        def steps = all.findAll { it.event.asText() == 'step-ended' }

        then:
        status == 5
        all.first().event.asText() == 'playbook-started'
        all.first().playbook.asText() == 'p'
        all.first().steps.asInt() == 5
        steps.collect { [it.path('number').asInt(), it.step.asText(), it.outcome.asText()] } ==
            [[1, 'say', 'done'], [2, 'command', 'skipped'], [3, 'drain', 'done'], [4, 'command', 'failed'], [6, 'say', 'done']]
        all.find { it.event.asText() == 'step-started' && it.path('number').asInt() == 4 }.with { it.title.asText() == 'work' && it.hosts*.asText() == ['a-gw'] }
        steps[2].why.asText() == ''
        all.find { it.event.asText() == 'drained' }.with { it.name.asText() == 'wg0' && it.hosts*.asText() == ['a-gw', 'b-gw'] && it.paths*.asText() == ['wg0'] }
        all*.event*.asText().findAll { it in ['drained', 'putting-back', 'undrained'] } == ['drained', 'putting-back', 'undrained']
        with(all.last()) {
            event.asText() == 'playbook-ended'
            outcome.asText() == 'failed'
            it.status.asInt() == 5
            why.asText().startsWith('step 4 failed')
            done.asInt() == 2
            drained.empty
            resumeFrom.asInt() == 3
        }
    }

    def 'a playbook that is refused midway names what of its own is drained still, and one that goes well nothing'() {
        given:
        assert toy.run('apply', ECMP, '--yes') == 0

        expect:
        run("say 'a'\napply()", '--yes', '--events') == 0
        events().last().outcome.asText() == 'done'
        !events().last().has('resumeFrom')
        events()*.event*.asText().count('run-started') == 1
    }

    def 'the standard output has one use: #more'() {
        expect:
        toy.run('apply', ECMP, *more) == 1
        toy.err.contains(why)
        toy.addresses.empty

        where:
        more                              | why
        ['--events']                      | 'apply --events cannot ask: say --yes as well'
        ['--events', '--json', '--yes']   | 'apply --events and --json both write to standard output'
        ['--events', '--dry-run']         | 'with --dry-run nothing does'
    }

    def 'a refusal is an event, too'() {
        given:
        assert toy.run('apply', ECMP, '--yes') == 0

        expect:
        run("reboot('a-gw')", '--yes', '--events') == 4
        toy.out == ''
        toy.err.contains('--allow-cut')
    }

    def 'whoever passes events on passes all of them on: #name'() {
        expect:
        Events.methods.findAll { one -> !(Class.forName(name).declaredMethods.any { it.name == one.name && it.parameterTypes == one.parameterTypes }) }*.name == []

        where:
        name << ['org.linkctl.cli.run.HostEvents', 'org.linkctl.cli.record.RunLog']
    }
}

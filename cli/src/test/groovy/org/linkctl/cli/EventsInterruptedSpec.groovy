package org.linkctl.cli

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.ObjectMapper
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import org.linkctl.cli.context.CommandContext
import org.linkctl.cli.context.EventOutput
import org.linkctl.cli.context.Installation
import org.linkctl.cli.io.Output
import org.linkctl.cli.io.Terminal
import org.linkctl.plan.Planner
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** How the stream of events ends where Ctrl-C ends the command, or the reader is gone or stands still. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class EventsInterruptedSpec extends Specification {
    static final String ECMP = '../inventories/ecmp.groovy'

    @TempDir
    Path folder

    private List<JsonNode> interrupted(String... words) {
        def command = [Path.of(System.getProperty('java.home'), 'bin/java'), '-XX:TieredStopAtLevel=1', '-cp', System.getProperty('java.class.path'), InterruptedProcess.name]
        def builder = new ProcessBuilder((command + words.toList())*.toString())
        builder.environment().XDG_STATE_HOME = folder.resolve('state').toString()
        def process = builder.start()
        def said = []
        def err = process.errorReader()
        for (String line = err.readLine(); line != null && !line.contains('IN THE MIDDLE'); line = err.readLine()) said << line
        assert process.alive: said.join('\n')
        assert new ProcessBuilder('kill', '-INT', "${process.pid()}").start().waitFor() == 0
        Thread.start { err.text }
        def out = process.inputStream.text
        assert process.waitFor() == 130
        out.readLines().collect { new ObjectMapper().readTree(it) }
    }

    def 'an apply: its end is the last line, once, and says that it was interrupted'() {
        when:
        def all = interrupted('apply', ECMP, '--yes', '--events', '-j', '1', '--color', 'never')

        then:
        all*.event*.asText().count('run-ended') == 1
        all.last().event.asText() == 'run-ended'
        all.last().run.asText() == all.first().run.asText()
        all.last().why.asText().startsWith('Interrupted.')
    }

    def 'a playbook: the run within it ends before it does, and no step begins after that'() {
        given:
        def file = Files.writeString(folder.resolve('p.groovy'), "playbook('p', about: 'a test') {\n apply()\n say 'never'\n always { say 'nor this' }\n}\n").toString()

        when:
        def all = interrupted('run', file, ECMP, '--yes', '--events', '--color', 'never')

        then:
        all*.event*.asText().takeRight(2) == ['run-ended', 'playbook-ended']
        all*.event*.asText().count('run-ended') == 1
        all*.event*.asText().count('step-started') == 1
        all.last().outcome.asText() == 'interrupted'
        all.last().path('status').asInt() == 130
        all.last().why.asText() == 'in step 1'
    }

    private EventOutput events(OutputStream out) {
        def terminal = new Terminal(new BufferedReader(new StringReader('')), Output.of(out), new PrintWriter(new StringWriter()), [] as Set, 80, [:])
        new CommandContext(terminal, new Installation(new Planner([]), null), '').events().tap { it.open() }
    }

    def 'a reader that stands still does not keep Ctrl-C from ending the command'() {
        given:
        def writing = new CountDownLatch(1)
        def read = new CountDownLatch(1)
        def events = events(new OutputStream() {
            void write(int b) { write([b as byte] as byte[], 0, 1) }

            void write(byte[] b, int from, int length) {
                writing.countDown()
                read.await()
            }
        })
        events.begin { events.write { '{"event":"run-ended"}\n' } }
        Thread.startDaemon { events.write { '{"event":"one"}\n' } }
        assert writing.await(10, TimeUnit.SECONDS)
        long begun = System.nanoTime()

        when:
        events.interrupt()

        then:
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun) < 10

        cleanup:
        read.countDown()
    }

    def 'behind what could not be written stands nothing: a disk that was full for a moment leaves no half lines'() {
        given:
        def out = new ByteArrayOutputStream()
        boolean full = false
        def events = events(new OutputStream() {
            void write(int b) { write([b as byte] as byte[], 0, 1) }

            void write(byte[] b, int from, int length) {
                if (full) throw new IOException('No space left on device')
                out.write(b, from, length)
            }
        })

        when:
        events.write { '{"event":"one"}\n' }
        full = true
        events.write { '{"event":"two"}\n' }
        full = false
        events.write { '{"event":"three"}\n' }

        then:
        out.toString('UTF-8') == '{"event":"one"}\n'
    }
}

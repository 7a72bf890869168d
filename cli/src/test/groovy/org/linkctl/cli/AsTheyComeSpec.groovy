package org.linkctl.cli

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import org.linkctl.cli.io.Terminal.Stream
import org.linkctl.shell.Step
import org.linkctl.spi.Question
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** Results are on the standard output as soon as they are known, though nobody looks at a terminal. */
@Timeout(60)
class AsTheyComeSpec extends Specification {
    @TempDir
    Path folder
    String file

    def toy = new Toy()
    def out = new Watched()
    def err = new Watched()

    /** What has reached a pipe, and when something stands in it. */
    static class Watched extends OutputStream {
        private final bytes = new ByteArrayOutputStream()
        private final Map<String, CountDownLatch> awaited = [:]
        String breaksAt

        synchronized CountDownLatch on(String text) { awaited.computeIfAbsent(text) { new CountDownLatch(1) } }

        void write(int b) { write([b as byte] as byte[], 0, 1) }

        synchronized void write(byte[] all, int from, int length) {
            if (breaksAt && text().contains(breaksAt)) throw new IOException('Broken pipe')
            bytes.write(all, from, length)
            String now = text()
            awaited.each { part, latch -> if (now.contains(part)) latch.countDown() }
        }

        synchronized String text() { bytes.toString() }
    }

    def setup() {
        toy.sinks[Stream.OUT] = out
        toy.sinks[Stream.ERR] = err
    }

    def cleanup() { assert !err.text().contains('Exception') }

    private void hosts(String... names) {
        file = Files.writeString(folder.resolve('net.groovy'), """
            fabric('toy') {
                site('a', lan: '10.1.0.0/24') {
                    ${names.collect { "host('$it', os: LINUX, ssh: 'admin@192.0.2.1')" }.join('\n')}
                }
            }
            """.stripIndent()).toString()
    }

    /** A host answers when this has come, and not before. */
    private void answersAfter(String host, CountDownLatch event) {
        toy.saying = { String name, Question<?> question ->
            if (name == host) assert event.await(30, TimeUnit.SECONDS)
            null
        }
    }

    def "#command shows a host while another one is still read"() {
        given:
        hosts(*order)
        answersAfter('slow', out.on(shown))

        when:
        int status = toy.run(*(command.split(' ').collect { it == 'FILE' ? file : it }))

        then:
        status == ended
        out.text().indexOf('fast') < out.text().indexOf('slow')
        out.text().readLines().last().startsWith(last)

        where:
        command           | order            | shown                        || ended | last
        'plan FILE'       | ['fast', 'slow'] | 'fast (site a, admin@192.0.2.1): 1 to add' || 0 | 'Plan: 2 hosts'
        'plan FILE'       | ['slow', 'fast'] | 'fast (site a, admin@192.0.2.1): 1 to add' || 0 | 'Plan: 2 hosts'
        'apply FILE --dry-run' | ['fast', 'slow'] | 'fast (site a, admin@192.0.2.1): 1 to add' || 0 | 'Plan: 2 hosts'
        'verify FILE'     | ['fast', 'slow'] | 'fast\n'                     || 5     | 'Verify: 0 of 2'
        'verify FILE'     | ['slow', 'fast'] | 'fast\n'                     || 5     | 'Verify: 0 of 2'
    }

    def 'hosts that all answer are shown in the order of the inventory, whichever came first'() {
        given:
        hosts('one', 'two', 'three')
        def three = new CountDownLatch(1)
        toy.saying = { String name, Question<?> question ->
            if (name == 'three') three.countDown()
            else assert three.await(30, TimeUnit.SECONDS)
            null
        }

        expect:
        toy.run('plan', file) == 0
        out.text().findAll(/(?m)^\w+(?= \(site)/) == ['one', 'two', 'three']
    }

    def 'what is converged or cannot be reached is a line on the error stream at once, and stands in the result'() {
        given:
        hosts('gone', 'done', 'slow')
        toy.hosts.done[ToyModule.FILE] = 'host = done\n'
        toy.unreachable = ['gone']
        answersAfter('slow', err.on('gone: UNREACHABLE\ndone: converged\n'))

        expect:
        toy.run('plan', file) == 3
        out.text().contains('gone: unreachable\n    connection refused\n')
        out.text().contains('Converged: done\n')
        err.text().findAll('gone: UNREACHABLE').size() == 1
    }

    def 'steps are told as they are carried out'() {
        given:
        hosts('fast', 'slow')
        def told = err.on('fast: 1/')
        toy.before = { String host, Step step ->
            if (host == 'slow' && !(step instanceof Step.Run) && step.path() == ToyModule.FILE) assert told.await(30, TimeUnit.SECONDS)
        }

        expect:
        toy.run('apply', file, '--yes') == 0
        toy.steps.size() == 2
    }

    def 'a reader that goes after the first host ends it, and nothing is changed'() {
        given:
        hosts('fast', 'slow', 'last')
        out.breaksAt = 'fast (site'
        answersAfter('last', out.on('fast (site'))

        expect:
        toy.run('apply', file, '--yes') == 141
        toy.steps == []
    }
}

package org.linkctl.engine.ssh

import java.time.Duration
import java.util.concurrent.CountDownLatch

import org.linkctl.spi.Question
import org.linkctl.engine.StepResult
import org.linkctl.shell.Content
import org.linkctl.shell.Secret
import org.linkctl.shell.Step
import org.linkctl.spi.Answer

/** Failures on an open connection: each is reported on one line, and memory stays bounded. */
class ScriptExchangeSpec extends SshSpecification {
    def setup() {
        client.knows(server)
    }

    def instead(Closure<?> body) { server.instead = { new TestServer.Scripted(body) } }

    /** Reads what a shell is told first, and answers to it. Returns the word of the script that comes then. */
    static String opened(InputStream script, OutputStream out) {
        out.write("${word(script, 'lc_open')} ready 4711 /run/linkctl.abcdefghij\n".bytes)
        out.flush()
        word(script, 'lc_begin')
    }

    private static String word(InputStream script, String command) {
        while (true) {
            def line = new StringBuilder()
            for (int one = script.read(); one != 10 && one >= 0; one = script.read()) line << (char) one
            def match = line =~ /^$command (lc\S{32})/
            if (match) return match[0][1]
        }
    }

    def 'what a login prints does no harm'() {
        given:
        server.instead = { String command -> new TestServer.RealCommand(['/bin/sh', '-c', "echo welcome; printf 'no end'; echo noise >&2; $command"], [:]) }

        expect:
        connect().ask([SYSTEM]).stdout(SYSTEM) == 'Linux\n'
    }

    def 'garbage instead of a reply: #what'() {
        given:
        instead { input, out, err -> body(input, out, err) }

        expect:
        failure { connect().ask([SYSTEM]) } =~ why

        where:
        what                   | why                                               | body
        'nothing'              | /the account runs no command: it ended at once with status 0 and said nothing/                       | { i, o, e -> 0 }
        'only an error'        | /^no answer to the script: sh: not found here$/   | { i, o, e -> e.write('sh: not found here\n'.bytes); 127 }
        'a menu'               | /^no answer to the script, but: Press any key$/   | { i, o, e -> o.write('Press any key\n'.bytes); 0 }
        'terminal codes'       | /^no answer to the script, but: \?\[31mhello\? \| x$/ | { i, o, e -> o.write('\u001b[31mhello\u0007\nx'.bytes); 0 }
        'no status'            | /^the status of command 1 is missing$/            | { i, o, e -> def n = opened(i, o); o.write("$n begin\n$n sizes\n".bytes); 0 }
        'a wrong status'       | /^the status of command 1 is no number$/          | { i, o, e -> def n = opened(i, o); o.write("$n begin\n$n done 1 -7\n".bytes); 0 }
        'no sizes'             | /^the sizes of the answers are missing$/          | { i, o, e -> def n = opened(i, o); o.write("$n begin\n$n done 1 0\n$n sizes\nwc: what\n".bytes); 0 }
        'wrong names'          | /^the sizes of the answers are missing$/          | { i, o, e -> def n = opened(i, o); o.write("$n begin\n$n done 1 0\n$n sizes\n 1 1.e\n 1 1.o\n".bytes); 0 }
        'too much announced'   | /^answers of more than 67108864 bytes$/           | { i, o, e -> def n = opened(i, o); o.write("$n begin\n$n done 1 0\n$n sizes\n 99999999999 1.o\n".bytes); 0 }
        'more than announced'  | /^the answers are longer than announced$/         | { i, o, e -> def n = opened(i, o); o.write("$n begin\n$n done 1 0\n$n sizes\n1 1.o\n0 1.e\n1 total\n$n data\nxx".bytes); 0 }
        'less than announced'  | /^the connection ended before|in the middle/      | { i, o, e -> def n = opened(i, o); o.write("$n begin\n$n done 1 0\n$n sizes\n9 1.o\n0 1.e\n9 total\n$n data\nxx".bytes); 0 }
        'another nonce'        | /^no answer to the script, but: /                 | { i, o, e -> o.write("lc00 begin\nlc00 done 1 0\n".bytes); 0 }
        'a line without end'   | /^a frame line is too long$/                      | { i, o, e -> def n = opened(i, o); o.write("$n begin\n${'x' * 5000}".bytes); 0 }
        'no room'              | /^no folder there in which a scratch folder/      | { i, o, e -> def n = word(i, 'lc_open'); o.write("$n noroom\n".bytes); 0 }
    }

    def 'an endless host costs no memory: #what'() {
        given:
        def chunk = ('x' * 65536).bytes
        instead { input, out, err -> body(input, out, err, chunk) }
        def connection = connect()
        System.gc()
        long before = used()

        expect:
        failure { connection.ask([SYSTEM]) } =~ why
        System.gc() == null
        used() - before < 24L << 20

        where:
        what                  | why                             | body
        'before any frame'    | /no answer to the script, but:/ | { i, o, e, c -> while (true) { o.write(c); o.flush() } }
        'on standard error'   | /no answer to the script/       | { i, o, e, c -> 500.times { e.write(c); e.flush() }; 0 }
        'in an announced one' | /connection ended|no answer|in the middle/ | { i, o, e, c -> def n = opened(i, o); o.write("$n begin\n$n done 1 0\n$n sizes\n67000000 1.o\n0 1.e\n$n data\n".bytes); 900.times { o.write(c); o.flush() }; 0 }
    }

    static long used() { Runtime.runtime.totalMemory() - Runtime.runtime.freeMemory() }

    def 'a flood on standard error beside a good reply'() {
        given:
        server.instead = { String command -> new TestServer.RealCommand(['/bin/sh', '-c', "yes noise | head -c 3000000 >&2; $command"], [:]) }

        expect:
        connect().ask([SYSTEM]).stdout(SYSTEM) == 'Linux\n'
    }

    def 'a connection that drops in the middle: questions are asked again, once'() {
        given:
        int times = 0
        server.instead = { String command ->
            ++times <= drops ? new TestServer.Scripted({ i, o, e -> opened(i, o); server.server.activeSessions*.close(true); 0 })
                             : new TestServer.RealCommand(['/bin/sh', '-c', command], [:])
        }

        when:
        def why = failure { connect().ask([SYSTEM]) }

        then:
        why == expected
        server.logins.get() == 2

        where:
        drops || expected
        1     || null
        2     || 'the connection was lost'
    }

    def 'a step is not repeated when its connection drops, and the connection can be made anew'() {
        given:
        def started = new CountDownLatch(1)
        server.instead = { String command ->
            started.count == 0 ? new TestServer.RealCommand(['/bin/sh', '-c', command], [:])
                               : new TestServer.Scripted({ i, o, e -> opened(i, o); started.countDown(); server.server.activeSessions*.close(true); 0 })
        }
        connect()

        when:
        def why = failure { connection.run(Step.run('touch', "$folder/touched")) }

        then:
        why == "the connection was lost; whether this step was begun is not known: touch $folder/touched"
        !new File(folder, 'touched').exists()

        when:
        connection.reconnect(Duration.ofSeconds(10))

        then:
        connection.run(Step.run('touch', "$folder/touched")).ok()
        new File(folder, 'touched').exists()
        server.logins.get() == 2
    }

    def 'a connection that died before a step is replaced first'() {
        given:
        connect().ask([SYSTEM])
        def closed = new CountDownLatch(1)
        def session = server.server.activeSessions[0]
        session.addCloseFutureListener { closed.countDown() }
        session.close(true)
        closed.await()
        while (connection.client.connected) Thread.onSpinWait()

        expect:
        connection.run(Step.run('touch', "$folder/touched")).ok()
    }

    def 'renewing ends in time where nobody answers'() {
        given:
        connect()
        server.close()

        expect:
        failure { connection.reconnect(Duration.ofMillis(700)) } == "127.0.0.1:$server.port: connection refused"
    }

    def 'a host that goes silent is left'() {
        given:
        client.commandTimeout = Duration.ofMillis(1)
        instead { input, out, err -> new CountDownLatch(1).await() }

        expect:
        failure { connect().run(Step.run('true')) } == 'nothing was heard for 5 s; whether this step was begun is not known: true'
    }

    def 'closing from another thread ends what waits'() {
        given:
        def begun = new CountDownLatch(1)
        instead { input, out, err -> begun.countDown(); new CountDownLatch(1).await() }
        connect()
        Thread.startDaemon { begun.await(); connection.close() }

        expect:
        failure { connection.ask([SYSTEM]) } == 'interrupted'
    }

    def 'secrets are in no trace'() {
        given:
        new File(folder, 'psk').text = 'HUSH-HUSH-1'

        when:
        def answers = connect().ask([Question.secret("$folder/psk")])
        def result = connection.run(new Step.PutFile("$folder/copy", '0600', Content.of(new Secret('HUSH-HUSH-2'))))
        def failed = connection.run(new Step.PutFile("$folder", '0600', Content.of(new Secret('HUSH-HUSH-3'))))

        then:
        answers.to(Question.secret("$folder/psk")).get().reveal() == 'HUSH-HUSH-1'
        result.ok()
        !failed.ok()
        new File(folder, 'copy').text == 'HUSH-HUSH-2'
        def all = client.traces.join('\n') + answers + result + failed
        all.contains("$folder/psk")
        all.contains("$folder/copy")
        !all.contains('HUSH')
    }

    def 'a host that answers a script with its own text is not quoted where that holds a secret'() {
        given:
        instead { i, o, e -> opened(i, o); o.write('HUSH-HUSH-1\n'.bytes); e.write("sh: printf 'HUSH-HUSH-1\\n': no\n".bytes); 1 }

        when:
        String why = failure { connect().run(new Step.PutFile("$folder/copy", '0600', Content.of(new Secret('HUSH-HUSH-1\n')))) }

        then:
        why.startsWith('the host answers something else; it is not shown, since the script holds a secret')
        why.contains("$folder/copy")
        !(why + client.traces).contains('HUSH')
    }

    def 'several megabytes come back whole'() {
        given:
        def files = (1..20).collect { new File(folder, "f$it").tap { f -> f.text = "$f.name\n" * 100000 } }

        when:
        def answers = connect().ask(files.collect { Question.file(it.path) })

        then:
        files.every { answers.to(Question.file(it.path)).get() == it.text }
    }

    def 'one after another on one connection, many times'() {
        given:
        connect()

        expect:
        (1..50).every { connection.ask([Question.command('echo', "$it")]).stdout(Question.command('echo', "$it")) == "$it\n" }
        server.logins.get() == 1
    }

    def 'what several threads say goes one after another'() {
        given: 'steps, and signs of life from another thread meanwhile'
        connect()
        boolean over = false
        def failures = Collections.synchronizedList([])
        def other = Thread.start {
            while (!over) {
                try {
                    def result = connection.run(Step.run('echo', 'alive'))
                    if (result != new StepResult(0, 'alive')) failures << result
                } catch (Exception e) {
                    failures << e
                }
            }
        }

        when:
        def results = (1..30).collect { connection.run([Step.run('echo', "$it"), Step.run('echo', 'b')], { }) }
        over = true
        other.join()

        then:
        failures == []
        results.withIndex().every { result, i -> result*.output() == ["${i + 1}".toString(), 'b'] }
    }
}

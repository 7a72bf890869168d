package org.linkctl.engine.ssh

import static org.linkctl.engine.ssh.Client.host

import java.time.Duration
import java.util.concurrent.CountDownLatch
import java.util.concurrent.Executors
import java.util.concurrent.Future

import org.apache.sshd.common.SshConstants
import org.linkctl.engine.run.Engine
import org.linkctl.engine.Events
import org.linkctl.engine.Outcome
import org.linkctl.engine.Selection
import org.linkctl.engine.Unreachable
import org.linkctl.engine.run.Toy
import org.linkctl.model.Become
import org.linkctl.model.Fabric
import org.linkctl.plan.Planner
import org.linkctl.shell.Step
import org.linkctl.spi.Question
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** More servers than this machine has cores that never finish, in every phase, beside one that works. */
@Timeout(120)
class HostileServerSpec extends Specification {
    static final int HOSTILE = Math.max(8, Runtime.runtime.availableProcessors() + 4)
    static final Question.Command SYSTEM = Question.command('uname', '-s')
    static final byte[] IDENTIFICATION = 'SSH-2.0-odd\r\n'.bytes
    static final byte[] MANY = ('x' * 65536).bytes
    static final byte[] IGNORED = RawServer.packet(SshConstants.SSH_MSG_IGNORE, 0 as byte, 0 as byte, 0 as byte, 0 as byte)

    @TempDir File folder
    @AutoCleanup TestServer good = new TestServer().start()
    /** With a thread for each connection: what a test does in one holds it. */
    @AutoCleanup TestServer odd = new TestServer().tap { it.server.nioWorkers = 2 * HOSTILE }.start()
    @AutoCleanup(quiet = true) RawServer raw
    @AutoCleanup('shutdownNow') threads = Executors.newCachedThreadPool()
    @AutoCleanup SshConnector connector
    Client client

    def setup() {
        client = new Client(folder)
        client.connectTimeout = Duration.ofSeconds(60)
        client.commandTimeout = Duration.ofSeconds(1)
        client.knows(good)
        client.knows(odd)
    }

    /** All of them at work; what each says in the end. */
    List<Future<String>> attack(int port, int seconds, CountDownLatch there) {
        client.settings("Host odd*\n  ConnectTimeout $seconds")
        connector = client.connector()
        honest() // What is loaded and compiled for the first time takes as long as all the rest.
        def said = (1..HOSTILE).collect { n ->
            threads.submit({
                try {
                    connector.connect(host(port, 'root', Become.NONE, "odd$n")).withCloseable { it.ask([SYSTEM]) }
                    'it was let through'
                } catch (Unreachable e) {
                    e.why()
                }
            } as java.util.concurrent.Callable<String>)
        }
        there.await()
        said
    }

    void honest() {
        connector.connect(host(good.port, 'root', Become.NONE, 'good')).withCloseable {
            assert it.ask([SYSTEM]).stdout(SYSTEM) == 'Linux\n'
            assert it.run(Step.run('true')).ok()
        }
    }

    def 'before and in the key exchange: #what'() {
        given:
        def there = new CountDownLatch(HOSTILE)
        raw = new RawServer({ i, o -> there.countDown(); body(i, o) })

        when:
        def said = attack(raw.port, 4, there)
        honest()

        then: 'the honest one is done before the last of the others is given up'
        !late || said.every { !it.done }

        and:
        said*.get().every { it ==~ "127.0.0.1:$raw.port: $why" }

        where:
        what                        | late  | why                                                                                  | body
        'lines'                     | false | /no SSH server: more than 1024 lines came .*; it says: hello/                        | { i, o -> RawServer.repeat(o, ('hello\r\n' * 1000).bytes) }
        'a line'                    | false | /no SSH server: a line of more than 8192 bytes came .*; it says: x{100}…/            | { i, o -> RawServer.repeat(o, MANY) }
        'binary lines'              | false | /no SSH server: .*; it says: \?\?.*/                                                 | { i, o -> RawServer.repeat(o, ([0, 27] * 40000) as byte[]) }
        'an endless identification' | false | /no SSH server: a line of more than 8192 bytes.*/                                    | { i, o -> o.write('SSH-2.0-'.bytes); RawServer.repeat(o, MANY) }
        'a long identification'     | false | /its SSH identification is longer than 255 bytes.*/                                  | { i, o -> RawServer.repeat(o, ("SSH-2.0-${'y' * 400}\r\n").bytes) }
        'a drip'                    | true  | /connected, but no SSH server answers within 4 s/                                    | { i, o -> RawServer.repeat(o, 'x'.bytes, 20) }
        'nothing'                   | true  | /connected, but no SSH server answers within 4 s/                                    | { i, o -> sleep(60_000) }
        'no key exchange'           | true  | /an SSH server answers \(SSH-2.0-odd\), but the key exchange is not done within 4 s/ | { i, o -> o.write(IDENTIFICATION); o.flush(); sleep(60_000) }
        'packets to be ignored'     | true  | /an SSH server answers \(SSH-2.0-odd\), but the key exchange is not done within 4 s/ | { i, o -> o.write(IDENTIFICATION); RawServer.repeat(o, IGNORED) }
        'a packet of 2 GB'          | false | /invalid packet length: 2138535799|Socket closed/                                     | { i, o -> o.write(IDENTIFICATION); RawServer.repeat(o, ([0x7f, 0x77, 0x77, 0x77] * 1000) as byte[]) }
        'garbage'                   | false | /invalid packet length: .+|.*Socket closed/                                                      | { i, o -> o.write(IDENTIFICATION); RawServer.repeat(o, MANY) }
    }

    def 'in the login: #what'() {
        given:
        def there = new CountDownLatch(HOSTILE)
        odd.server.publickeyAuthenticator = { user, key, session -> there.countDown(); body(session) }

        when:
        def said = attack(odd.port, 12, there)
        honest()

        then:
        said.every { !it.done }
        said*.get().every { it == "login as root timed out: the server gave no answer within 12 s to the key $folder/id" }

        where:
        what        | body
        'banners'   | { session -> while (session.open) HostileServerSpec.banner(session) }
        'no answer' | { session -> sleep(60_000) }
    }

    static void banner(session, String text = 'welcome\n' * 1000) {
        def packet = session.createBuffer(SshConstants.SSH_MSG_USERAUTH_BANNER)
        packet.putString(text)
        packet.putString('')
        session.writePacket(packet).verify(10_000)
    }

    def 'a hostile server after the login: #what'() {
        given:
        def there = new CountDownLatch(HOSTILE)
        odd.instead = { new TestServer.Scripted({ i, o, e -> there.countDown(); body(i, o, e) }) }

        when:
        def said = attack(odd.port, 60, there)
        honest()

        then:
        !late || said.every { !it.done }
        said*.get().every { it ==~ why }

        where:
        what                     | late  | why                                   | body
        'output'                 | false | /no answer to the script, but: …x+.*/ | { i, o, e -> RawServer.repeat(o, MANY) }
        'errors'                 | true  | /nothing was heard for 5 s/           | { i, o, e -> RawServer.repeat(e, MANY) }
        'a drip'                 | true  | /nothing was heard for 5 s/           | { i, o, e -> RawServer.repeat(o, 'x\n'.bytes, 50) }
        'a drip of good answers' | true  | /its answer did not end within \d+ s/ | { i, o, e -> def n = ScriptExchangeSpec.opened(i, o); o.write("$n begin\n$n done 1 0\n$n sizes\n 99999 1.o\n 0 1.e\n$n data\n".bytes); RawServer.repeat(o, 'x\n'.bytes, 50) }
    }

    def 'a run: the honest host is changed, each of the others has its outcome'() {
        given:
        raw = new RawServer({ i, o -> RawServer.repeat(o, ('hello\r\n' * 1000).bytes) })
        def names = ['good'] + (1..HOSTILE).collect { "odd$it".toString() }
        def fabric = new Fabric('toy', Toy.fabric().sites(), names.collect {
            host(it == 'good' ? good.port : raw.port, 'root', Become.NONE, it)
        }, [])
        connector = client.connector()
        def module = new Toy.Files(folder: folder.path, apart: true, peers: false)
        def engine = new Engine(new Planner([module]), connector, Events.SILENT, client.settings)

        when:
        def outcomes = engine.open(fabric, Selection.ALL).withCloseable { it.apply() }.collectEntries { one, outcome -> [one.name(), outcome] }

        then:
        outcomes.good instanceof Outcome.Changed
        new File(folder, 'good/key').text == 'key of good'
        outcomes.findAll { it.value instanceof Outcome.Unreachable && it.value.why().contains('no SSH server') }.size() == HOSTILE
    }
}

package org.linkctl.engine.ssh

import static org.linkctl.engine.ssh.Client.host

import org.linkctl.engine.Settings
import org.linkctl.engine.Unreachable
import org.linkctl.shell.Question
import org.linkctl.shell.Step
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** Getting in: settings, keys, host keys, jump hosts. */
@Timeout(60)
class ConnectSpec extends Specification {
    static final Question SYSTEM = Question.command('uname', '-s')

    @TempDir File folder
    @AutoCleanup TestServer server = new TestServer().start()
    Client client
    @AutoCleanup(quiet = true) SshConnector connector
    @AutoCleanup(quiet = true) connection

    def setup() {
        client = new Client(folder)
    }

    def connect(int port = server.port, String name = 'gw') {
        connector = client.connector()
        connection = connector.connect(host(port, 'root', org.linkctl.model.Become.AUTO, name))
    }

    def refusal(int port = server.port, String name = 'gw') {
        try {
            connect(port, name)
            null
        } catch (Unreachable e) {
            assert !e.why().contains('\n')
            e.why()
        }
    }

    def 'asks and acts over one login, by one command'() {
        given:
        client.knows(server)
        connect()

        when:
        def answers = connection.ask([SYSTEM, Question.file('/no/such/file')])
        def result = connection.run(Step.put("$folder/made/here", '0640', 'a "text"\n'))

        then:
        answers.stdout('uname', '-s') == 'Linux\n'
        answers.file('/no/such/file').isEmpty()
        result.ok()
        new File(folder, 'made/here').text == 'a "text"\n'
        server.logins.get() == 1
        server.commands.toSet() == ['/bin/sh -s'] as Set
    }

    def 'a key of type #type from a file'() {
        given:
        client.knows(server)
        new File(folder, 'id').delete()
        new File(folder, 'id.pub').delete()
        client.keygen('id', type, '', *more)
        if (!pub) new File(folder, 'id.pub').delete()

        expect:
        connect().ask([SYSTEM]).stdout('uname', '-s') == 'Linux\n'

        where:
        type      | more                     | pub
        'ed25519' | []                       | true
        'ed25519' | []                       | false
        'rsa'     | ['-b', '2048']           | true
        'rsa'     | ['-b', '2048']           | false
        'ecdsa'   | ['-b', '256']            | false
        'ecdsa'   | ['-b', '384']            | true
        'rsa'     | ['-b', '2048', '-m', 'PEM']   | true
        'rsa'     | ['-b', '2048', '-m', 'PKCS8'] | false
    }

    def 'a passphrase is asked once, and only for a key that the server wants'() {
        given:
        client.knows(server)
        ['id', 'id.pub'].each { new File(folder, it).delete() }
        client.keygen('id', 'ed25519', 'open sesame')
        client.passwords["passphrase of $folder/id".toString()] = 'open sesame'

        when:
        connect().ask([SYSTEM])
        connector.connect(host(server.port)).withCloseable { it.ask([SYSTEM]) }

        then:
        client.asked == ["passphrase of $folder/id"]
        !client.traces.join('\n').contains('sesame')
    }

    def 'a wrong passphrase is asked for again, not for ever, and is in no message'() {
        given:
        client.knows(server)
        ['id', 'id.pub'].each { new File(folder, it).delete() }
        client.keygen('id', 'ed25519', 'open sesame')
        client.passwords["passphrase of $folder/id".toString()] = 'WRONGPASS'

        when:
        def why = refusal()

        then:
        why.startsWith('login as root was refused: none of these keys was taken: ')
        !why.contains('WRONGPASS')
        client.asked.size() == 2
    }

    def 'a key that is not wanted is named'() {
        given:
        client.knows(server)
        server.server.publickeyAuthenticator = { user, key, session -> false }

        expect:
        refusal() == "login as root was refused: none of these keys was taken: $folder/id"
    }

    def 'no key at all is said'() {
        given:
        client.knows(server)
        new File(folder, 'id').delete()

        expect:
        refusal() == 'login as root was refused: there is no key to try'
    }

    def 'keys of an agent: #type'() {
        given:
        client.knows(server)
        def agent = new AgentProcess(folder)
        new File(folder, 'id').delete()
        agent.add(client.keygen('held', type, '', *more))
        client.settings(alone ? "Host gw\n  IdentitiesOnly yes\n  IdentityFile $folder/held" : '', agent.socket)

        expect:
        connect().ask([SYSTEM]).stdout('uname', '-s') == 'Linux\n'
        connector.connect(host(server.port)).withCloseable { it.ask([SYSTEM]) } != null

        cleanup:
        agent.close()

        where:
        type      | more           | alone
        'ed25519' | []             | false
        'rsa'     | ['-b', '2048'] | false
        'ecdsa'   | ['-b', '521']  | false
        'ed25519' | []             | true
    }

    def 'an agent that is gone is no obstacle'() {
        given:
        client.knows(server)
        client.settings('', "$folder/no-agent")

        expect:
        connect() != null
    }

    def 'an unknown host key is refused, with what to do'() {
        when:
        def why = refusal()

        then:
        why.contains('its host key ssh-ed25519 SHA256:')
        why.contains('is not known')
        why.contains("$client.knownHosts")
        !client.knownHosts.exists()
        server.logins.get() == 0
    }

    def 'an unknown host key is taken and kept where that is allowed'() {
        given:
        if (config) client.settings('Host *\n  StrictHostKeyChecking accept-new')
        else client.hostKeys = Settings.HostKeys.ACCEPT_NEW
        client.knownHosts << 'other.example ssh-ed25519 AAAA'

        when:
        connect()

        then:
        client.knownHosts.text == "other.example ssh-ed25519 AAAA\n${server.knownHostsLine()}"

        when:
        client.hostKeys = Settings.HostKeys.STRICT
        client.settings('')

        then:
        connect() != null

        where:
        config << [true, false]
    }

    def 'a changed host key is refused, whatever is allowed'() {
        given:
        client.hostKeys = Settings.HostKeys.ACCEPT_NEW
        client.knownHosts << "[127.0.0.1]:$server.port ${new TestServer().publicLine()}\n"
        def before = client.knownHosts.text

        when:
        def why = refusal()

        then:
        why.contains('ITS HOST KEY HAS CHANGED')
        why.contains("$client.knownHosts line 1")
        client.knownHosts.text == before
        server.logins.get() == 0
    }

    def 'a revoked host key is refused, wherever else it stands'() {
        given:
        client.knows(server)
        client.knownHosts << "@revoked * ${server.publicLine()}\n"

        expect:
        refusal().contains('is REVOKED by')
    }

    def 'known_hosts: #what'() {
        given:
        client.settings(config)
        client.knownHosts << "# a comment\n\n$names ${server.publicLine()}\n".replace('PORT', "$server.port")
        if (hash) Client.run(['ssh-keygen', '-q', '-H', '-f', client.knownHosts.path])

        expect:
        (refusal() == null) == good

        where:
        what            | names                           | hash  | config                          | good
        'hashed'        | '[127.0.0.1]:PORT'              | true  | ''                              | true
        'a pattern'     | '[127.0.0.*]:PORT'              | false | ''                              | true
        'several'       | 'gw,[127.0.0.1]:PORT,x'         | false | ''                              | true
        'ruled out'     | '*,![127.0.0.1]:PORT'           | false | ''                              | false
        'no port'       | '127.0.0.1'                     | false | ''                              | false
        'an alias'      | 'my-gateway'                    | false | 'Host gw\n  HostKeyAlias My-Gateway' | true
        'another alias' | '[127.0.0.1]:PORT'              | false | 'Host gw\n  HostKeyAlias other' | false
    }

    def 'of several host keys the one that is known is asked for: #type'() {
        given:
        def both = new TestServer('ed25519', 'rsa', 'ecdsa').start()
        client.knownHosts << both.knownHostsLine(index)

        expect:
        connect(both.port) != null

        cleanup:
        both.close()

        where:
        type << ['ed25519', 'rsa', 'ecdsa']
        index = ['ed25519': 0, 'rsa': 1, 'ecdsa': 2][type]
    }

    def 'through a jump host, whose connection hosts share'() {
        given:
        def jump = new TestServer().start()
        client.knows(server)
        client.knows(jump)
        client.settings("Host jump\n  Port $jump.port\nHost gw gw2\n  ProxyJump root@jump")

        when:
        def answers = connect().ask([SYSTEM])
        def second = connector.connect(host(server.port, 'root', org.linkctl.model.Become.AUTO, 'gw2'))

        then:
        answers.stdout('uname', '-s') == 'Linux\n'
        second.ask([SYSTEM]).stdout('uname', '-s') == 'Linux\n'
        jump.logins.get() == 1
        server.logins.get() == 2

        when: 'the jump host is gone'
        connector.close()
        jump.close()

        then:
        refusal() == "jump host root@jump: 127.0.0.1:$jump.port: connection refused"

        cleanup:
        second?.close()
    }

    def 'through two jump hosts'() {
        given:
        def one = new TestServer().start()
        def two = new TestServer().start()
        [server, one, two].each { client.knows(it) }
        client.settings("Host one\n  Port $one.port\nHost two\n  Port $two.port\nHost gw\n  ProxyJump root@one,root@two")

        expect:
        connect().ask([SYSTEM]).stdout('uname', '-s') == 'Linux\n'
        one.logins.get() == 1
        two.logins.get() == 1

        cleanup:
        one.close()
        two.close()
    }

    def 'through a ProxyCommand'() {
        given:
        client.knows(server)
        client.settings("Host gw\n  ProxyCommand bash -c 'exec 3<>/dev/tcp/%h/%p; cat <&3 & cat >&3'")

        expect:
        connect().ask([SYSTEM]).stdout('uname', '-s') == 'Linux\n'
    }

    def 'jump hosts in a circle are seen'() {
        given:
        client.settings('Host gw\n  ProxyJump root@a\nHost a\n  ProxyJump root@b\nHost b\n  ProxyJump root@a')

        expect:
        refusal().contains('lead in a circle')
    }

    def 'nobody there: #what'() {
        given:
        client.settings(config)

        expect:
        refusal(1, name) == why

        where:
        what      | config                                        | name           || why
        'refused' | ''                                            | 'gw'           || '127.0.0.1:1: connection refused'
        'no name' | 'Host no-such\n  HostName no-such.invalid'    | 'no-such'      || 'no such name: no-such.invalid'
    }

    def 'an ssh_config that cannot be read is said'() {
        given:
        client.config.text = 'NoSuchOption yes\n'

        expect:
        refusal().startsWith('ssh -G gw: ')
        refusal().contains('Bad configuration option')
    }

    def 'a server that never says a word'() {
        given:
        def silent = new ServerSocket(0, 1, InetAddress.getByName('127.0.0.1'))
        client.connectTimeout = java.time.Duration.ofSeconds(1)

        expect:
        refusal(silent.localPort) == "127.0.0.1:$silent.localPort: connected, but no SSH server answers within 1 s"

        cleanup:
        silent.close()
    }

    def 'a server that drips, or babbles: #what'() {
        given:
        def odd = new ServerSocket(0, 1, InetAddress.getByName('127.0.0.1'))
        client.connectTimeout = java.time.Duration.ofSeconds(1)
        Thread.startDaemon {
            def peer = odd.accept()
            try {
                while (true) {
                    peer.outputStream.write(bytes)
                    peer.outputStream.flush()
                    java.util.concurrent.locks.LockSupport.parkNanos(pause)
                }
            } catch (IOException ignored) {
            }
        }

        expect:
        refusal(odd.localPort) != null

        cleanup:
        odd.close()

        where:
        what                 | bytes                          | pause
        'one byte at a time' | 'x'.bytes                      | 50_000_000L
        'endless lines'      | ('hello\r\n' * 1000).bytes     | 0L
        'one endless line'   | ('x' * 10000).bytes            | 0L
        'HTTP'               | 'HTTP/1.1 400 Bad\r\n\r\n'.bytes | 100_000_000L
        'garbage as SSH'     | ('SSH-2.0-x\r\n' + 'y' * 9000).bytes | 0L
    }
}

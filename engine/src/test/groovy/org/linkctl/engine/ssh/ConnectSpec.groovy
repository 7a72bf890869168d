package org.linkctl.engine.ssh

import static org.linkctl.engine.ssh.Client.host

import org.linkctl.engine.Unreachable
import org.linkctl.spi.Question
import org.linkctl.shell.Step

/** Connecting: settings, addresses and keys. */
class ConnectSpec extends SshSpecification {
    def 'asks and acts over one login, by one command'() {
        given:
        client.knows(server)
        connect()

        when:
        def answers = connection.ask([SYSTEM, Question.file('/no/such/file')])
        def result = connection.run(Step.put("$folder/made/here", '0640', 'a "text"\n'))

        then:
        answers.stdout(SYSTEM) == 'Linux\n'
        answers.to(Question.file('/no/such/file')).isEmpty()
        result.ok()
        new File(folder, 'made/here').text == 'a "text"\n'
        server.logins.get() == 1
        server.commands.toSet() == ['/bin/sh -s'] as Set
    }

    def 'a host that was reached is connected to by the connection that stands'() {
        given:
        client.knows(server)
        connector = client.connector()

        when:
        connector.reach(host(server.port))
        connector.reach(host(server.port))
        def answers = connector.connect(host(server.port)).withCloseable { it.ask([SYSTEM]) }

        then:
        answers.stdout(SYSTEM) == 'Linux\n'
        server.accepted.get() == 1

        and: 'none is left for a second one'
        connector.connect(host(server.port)).withCloseable { it.ask([SYSTEM]) }.stdout(SYSTEM) == 'Linux\n'
        server.accepted.get() == 2
    }

    def 'where nobody listens, that is told when it is reached for'() {
        given:
        client.knows(server)
        connector = client.connector()
        def port = server.port
        server.close()

        when:
        connector.reach(host(port))

        then:
        def e = thrown(Unreachable)
        e.why() == "127.0.0.1:$port: connection refused"
    }

    def 'a key of type #type from a file'() {
        given:
        client.knows(server)
        new File(folder, 'id').delete()
        new File(folder, 'id.pub').delete()
        client.keygen('id', type, '', *more)
        if (!pub) new File(folder, 'id.pub').delete()

        expect:
        connect().ask([SYSTEM]).stdout(SYSTEM) == 'Linux\n'

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

    def 'a PEM file with a passphrase: #type, #format'() {
        given:
        client.knows(server)
        ['id', 'id.pub'].each { new File(folder, it).delete() }
        client.keygen('id', type, 'open sesame', '-m', format)
        client.passwords["passphrase of $folder/id".toString()] = 'open sesame'

        expect:
        connect().ask([SYSTEM]).stdout(SYSTEM) == 'Linux\n'

        where:
        type    | format
        'rsa'   | 'PEM'
        'rsa'   | 'PKCS8'
        'ecdsa' | 'PEM'
        'ecdsa' | 'PKCS8'
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
        connect().ask([SYSTEM]).stdout(SYSTEM) == 'Linux\n'
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
        cure == 'run it by hand, and mend what it names in your ssh_config, or give linkctl another one by -F'
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

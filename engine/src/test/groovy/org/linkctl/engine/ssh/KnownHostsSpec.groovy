package org.linkctl.engine.ssh

import static org.linkctl.engine.ssh.Client.host

import org.linkctl.engine.Settings
import org.linkctl.engine.Unreachable
import org.linkctl.spi.Question
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** Host keys in known_hosts files. */
@Timeout(60)
class KnownHostsSpec extends Specification {
    static final Question.Command SYSTEM = Question.command('uname', '-s')

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
        'ruled out'     | '*,![127.0.0.1]:PORT,!127.0.0.1' | false | ''                             | false
        'no port'       | '127.0.0.1'                     | false | ''                              | true
        'no port, hashed' | '127.0.0.1'                   | true  | ''                              | true
        'another port'  | '[127.0.0.1]:22'                | false | ''                              | false
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
}

package org.linkctl.engine.ssh

import static org.linkctl.engine.ssh.Client.host

import org.linkctl.engine.Connection
import org.linkctl.engine.Unreachable
import org.linkctl.model.Become
import org.linkctl.spi.Question
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** A running sshd, a client with an ssh_config and a key of its own, and the connection between them. */
@Timeout(60)
abstract class SshSpecification extends Specification {
    static final Question SYSTEM = Question.command('uname', '-s')

    @TempDir File folder
    @AutoCleanup TestServer server = new TestServer().start()
    Client client
    /** What the last refusal says that one can do about it. */
    String cure
    @AutoCleanup(quiet = true) SshConnector connector
    @AutoCleanup(quiet = true) Connection connection

    def setup() {
        client = new Client(folder)
    }

    Connection connect(int port = server.port, String name = 'gw') {
        connector = client.connector()
        connection = connector.connect(host(port, 'root', Become.AUTO, name))
    }

    /** Why no connection can be made, on one line; null where one can. */
    String refusal(int port = server.port, String name = 'gw') {
        failure { connect(port, name) }
    }

    /** Why some work ends as unreachable, on one line; null where it does not. */
    String failure(Closure<?> work) {
        try {
            work()
            null
        } catch (Unreachable e) {
            assert !e.why().contains('\n')
            assert !e.cure().isBlank() && !e.cure().endsWith('.')
            cure = e.cure()
            e.why()
        }
    }
}

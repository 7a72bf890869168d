package org.linkctl.engine.ssh

import static org.linkctl.engine.ssh.Client.host

import org.linkctl.engine.Unreachable
import org.linkctl.shell.Question
import org.linkctl.shell.Step
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir

class ConnectSpec extends Specification {
    @TempDir File folder
    @AutoCleanup TestServer server = new TestServer().start()
    Client client

    def setup() {
        client = new Client(folder)
        client.knows(server)
    }

    def 'asks and acts over one login'() {
        given:
        def connector = client.connector()
        def connection = connector.connect(host(server.port))

        when:
        def answers = connection.ask([Question.command('uname', '-s'), Question.file('/no/such/file')])
        def result = connection.run(Step.put("$folder/made/here", '0640', 'a "text"\n'))

        then:
        answers.stdout('uname', '-s') == 'Linux\n'
        answers.file('/no/such/file').isEmpty()
        result.ok()
        new File(folder, 'made/here').text == 'a "text"\n'
        server.logins.get() == 1
        server.commands.toSet() == ['/bin/sh -s'] as Set

        cleanup:
        connection?.close()
        connector?.close()
    }
}

package org.linkctl.engine.ssh

import static org.linkctl.engine.ssh.Client.host

import org.apache.sshd.common.keyprovider.FileHostKeyCertificateProvider
import org.linkctl.engine.Unreachable
import org.linkctl.model.Become
import org.linkctl.spi.Question
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** An sshd that is yet to be started, a client, and the files that ssh-keygen(1) makes for both. */
@Timeout(60)
abstract class HostKeySpecification extends Specification {
    static final Question SYSTEM = Question.command('uname', '-s')

    @TempDir File folder
    @AutoCleanup TestServer server = new TestServer()
    Client client
    @AutoCleanup(quiet = true) SshConnector connector

    def setup() {
        client = new Client(folder)
    }

    String refusal(String name = 'gw') {
        connector = client.connector()
        try {
            connector.connect(host(server.port, 'root', Become.NONE, name)).withCloseable {
                assert it.ask([SYSTEM]).stdout(SYSTEM) == 'Linux\n'
            }
            'let in'
        } catch (Unreachable e) {
            assert !e.why().contains('\n')
            assert !e.cure().isBlank() && !e.cure().endsWith('.')
            e.why() - "127.0.0.1:$server.port: "
        } finally {
            connector.close()
        }
    }

    String certify(String... how) {
        def ca = new File(folder, 'ca')
        if (!ca.exists()) client.keygen('ca', 'ed25519')
        def pub = new File(folder, 'host.pub')
        pub.text = server.publicLine() + '\n'
        Client.run(['ssh-keygen', '-q', '-s', ca.path] + ('user' in how ? [] : ['-h']) + (how.toList() - 'user') + [pub.path])
        server.server.hostKeyCertificateProvider = new FileHostKeyCertificateProvider(new File(folder, 'host-cert.pub').toPath())
        server.start()
        new File(folder, 'ca.pub').text.split(' ')[0..1].join(' ')
    }

    void lines(String... lines) {
        client.knownHosts.text = lines.collect { it.replace('PORT', "$server.port").replace('KEY', server.publicLine()) + '\n' }.join('')
    }

    static void krl(File folder, File list, String specification) {
        def file = new File(folder, 'specification')
        file.text = specification
        Client.run(['ssh-keygen', '-q', '-k', '-f', list.path] + (specification.startsWith('sha') || specification.startsWith('key') ? [] : ['-s', "$folder/ca.pub".toString()]) + [file.path])
    }
}

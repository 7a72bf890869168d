package org.linkctl.engine.ssh

import static org.linkctl.engine.ssh.Client.host

import java.nio.file.Path
import java.security.MessageDigest
import org.linkctl.diag.Place
import org.linkctl.engine.LocalFiles
import org.linkctl.model.Become
import org.linkctl.shell.Artifact
import org.linkctl.shell.Step
import spock.lang.Timeout

/** A large file among steps, over a real connection. */
@Timeout(180)
class FileTransferSpec extends SshSpecification {
    /** About what a gateway's program has. */
    static final int SIZE = 30_000_000

    Map<String, Path> files = [:]

    def setup() {
        client.knows(server)
    }

    private connected() {
        connector = new SshConnector(client.settings.sending({ Artifact one -> Optional.ofNullable(files[one.sha256()]) } as LocalFiles), client.events)
        connection = connector.connect(host(server.port, 'root', Become.AUTO, 'gw'))
    }

    private Artifact artifact(byte[] content) {
        def sha256 = MessageDigest.getInstance('SHA-256').digest(content).encodeHex().toString()
        new Artifact('files/program', sha256, new Place('t', 1, 1))
    }

    private File local(byte[] content) {
        def file = new File(folder, 'local')
        file.bytes = content
        files[artifact(content).sha256()] = file.toPath()
        file
    }

    def 'it is sent between the steps before and after it, and questions are answered meanwhile'() {
        given:
        def content = new byte[SIZE]
        new Random(7).nextBytes(content)
        local(content)
        def begun = []
        long start = System.nanoTime()

        when:
        def results = connected().run([Step.put("$folder/one", '0644', '1'), new Step.SendFile("$folder/program", '0755', artifact(content)), Step.run('cp', "$folder/program", "$folder/copy")]) {
            begun << it
            if (it == 1) assert connection.runBeside(Step.run('true')).ok()
        }
        println "FileTransferSpec: ${SIZE.intdiv(1_000_000)} MB that cannot be compressed took ${(System.nanoTime() - start).intdiv(1_000_000)} ms"

        then:
        results*.exit() == [0, 0, 0]
        begun == [0, 1, 2]
        Arrays.equals(new File(folder, 'copy').bytes, content)
        new File(folder, 'one').text == '1'
        connection.run(Step.run('true')).ok()
    }

    def 'one that is not there, or has changed since it was compared, is a step that failed: #what'() {
        given:
        def file = local('as it was'.bytes)
        spoil(file, files)

        when:
        def results = connected().run([new Step.SendFile("$folder/program", '0755', artifact('as it was'.bytes)), Step.run('touch', "$folder/after")]) { }

        then:
        results*.exit() == [1]
        results[0].output() =~ why
        !new File(folder, 'program').exists()
        !new File(folder, 'after').exists()
        connection.run(Step.run('true')).ok()

        where:
        what               | why                             | spoil
        'it was changed'   | /what arrived has not the SHA/  | { f, m -> f.text = 'otherwise' }
        'it went away'     | /local cannot be read/          | { f, m -> f.delete() }
        'nobody looked'    | /^files\/program is not there/  | { f, m -> m.clear() }
    }
}

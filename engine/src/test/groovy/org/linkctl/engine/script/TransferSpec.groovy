package org.linkctl.engine.script

import java.nio.file.Files
import java.nio.file.attribute.PosixFilePermissions
import java.security.MessageDigest
import java.time.Duration
import org.linkctl.diag.Place
import org.linkctl.shell.Artifact
import org.linkctl.shell.Step
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** A file that is sent in parts, and links, under every shell there is here. */
@Timeout(120)
class TransferSpec extends Specification {
    static final Limits LIMITS = Limits.of(Duration.ofSeconds(30))

    @TempDir File folder

    private Transfer transfer(byte[] content, String sha256 = TransferSpec.sha256(content)) {
        new Transfer(new Step.SendFile("$folder/new/deep/program", '0755', new Artifact('files/program', sha256, new Place('t', 1, 1))), LIMITS)
    }

    static String sha256(byte[] content) { MessageDigest.getInstance('SHA-256').digest(content).encodeHex() }

    private static List<byte[]> parts(byte[] content) {
        (0..<content.length).step(Transfer.PART).collect { Arrays.copyOfRange(content, it, Math.min(it + Transfer.PART, content.length)) }
    }

    private List<String> left() { new File(folder, 'new/deep').list()?.toList() ?: [] }

    def 'it arrives byte by byte, in place only at the end, with its mode: #size bytes, #shell'() {
        given:
        def content = new byte[size]
        new Random(7).nextBytes(content)
        def sent = transfer(content)

        when:
        def results = Shells.inOne(shell, [sent.begin()] + (size ? parts(content).collect { sent.part(it) } : []) + [sent.end()])

        then:
        results*.collect { it.exit() }.flatten().unique() == [0]
        left() == ['program']
        def made = new File(folder, 'new/deep/program')
        Arrays.equals(made.bytes, content)
        PosixFilePermissions.toString(Files.getPosixFilePermissions(made.toPath())) == 'rwxr-xr-x'

        where:
        [size, shell] << [[0, 1, 3_500_000], Shells.PRESENT].combinations()
    }

    def 'what is not what was meant is not put in place, and what is there stays: #shell'() {
        given:
        new File(folder, 'new/deep').mkdirs()
        new File(folder, 'new/deep/program').text = 'former'
        def sent = transfer('other'.bytes, TransferSpec.sha256('meant'.bytes))

        when:
        def results = Shells.inOne(shell, [sent.begin(), sent.part('other'.bytes), sent.end()])

        then:
        results.last()*.exit() == [1]
        results.last()[0].output() == "$folder/new/deep/program: what arrived has not the SHA-256 ${TransferSpec.sha256('meant'.bytes)}"
        left() == ['program']
        new File(folder, 'new/deep/program').text == 'former'

        where:
        shell << Shells.PRESENT
    }

    def 'one that was cut off is begun anew: #shell'() {
        given:
        def content = 'all of it'.bytes

        when:
        def cut = transfer(content)
        Shells.inOne(shell, [cut.begin(), cut.part('all '.bytes)])

        then:
        left().size() == 1 && left().first().startsWith('.linkctl.')

        when:
        def whole = transfer(content)
        def results = Shells.inOne(shell, [whole.begin(), whole.part(content), whole.end()])

        then:
        results.last()*.exit() == [0]
        left() == ['program']

        where:
        shell << Shells.PRESENT
    }

    def 'a link is made, is moved in one step, and takes no folder\'s place: #shell'() {
        given:
        ['v1', 'v2'].each { new File(folder, it).text = it }
        new File(folder, 'taken').mkdir()
        def link = { String name, String target -> Exchange.steps([new Step.Link("$folder/$name", "$folder/$target")], LIMITS, StepProgress.NONE) }

        when:
        def results = Shells.inOne(shell, [link('current', 'v1'), link('current', 'v2'), link('at/depth', 'v1'), link('taken', 'v1')])

        then:
        results*.first()*.exit() == [0, 0, 0, 1]
        new File(folder, 'current').text == 'v2'
        Files.readSymbolicLink(new File(folder, 'at/depth').toPath()).toString() == "$folder/v1"
        results.last()[0].output() == "$folder/taken: is a folder"
        folder.list().findAll { it.startsWith('.') } == []

        where:
        shell << Shells.PRESENT
    }
}

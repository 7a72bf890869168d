package org.linkctl.modules.linux.vrrp

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.modules.AnswerFile
import org.linkctl.modules.Case
import org.linkctl.modules.Inventories
import org.linkctl.spi.Published
import org.linkctl.spi.Scope
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

/** keepalived itself reads what is rendered. */
@Requires({ KeepalivedSpec.possible() })
class KeepalivedSpec extends Specification {
    @TempDir
    Path folder

    static boolean possible() {
        try {
            def tried = ['unshare', '-rn', 'keepalived', '-v'].execute()
            def said = tried.errorStream.text
            if (tried.waitFor() == 0) return true
            println "KeepalivedSpec: keepalived read nothing: $said"
        } catch (IOException e) {
            println "KeepalivedSpec: keepalived read nothing: $e.message"
        }
        false
    }

    private String check(String text) {
        def file = folder.resolve('keepalived.conf')
        Files.writeString(file, text)
        def checked = new ProcessBuilder('unshare', '-rn', 'keepalived', '-t', '-f', file.toString()).redirectErrorStream(true).start()
        def said = checked.inputStream.text
        "${checked.waitFor()} ${said.strip()}".strip()
    }

    def '#dir.name is taken'() {
        given:
        def fabric = Inventories.load(Case.inventory(dir))
        def host = fabric.host(AnswerFile.read(new File(dir, 'answers.txt')).host).get()
        def wants = new VrrpModule().want(new Scope(fabric, host, Published.NOTHING))

        expect:
        wants.every { check(it.text()) == '0' }

        where:
        dir << new File(Case.folder(), 'linux.vrrp').listFiles().findAll { it.directory }.sort()
    }

    def 'what it does not know is refused'() {
        expect:
        check('vrrp_instance one {\n    unknown_word\n}\n').startsWith('5 ')
    }
}

package org.linkctl.modules.linux.fileaccess

import org.linkctl.modules.files.OurFiles
import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.spi.Answer
import org.linkctl.spi.Answers
import org.linkctl.spi.Question
import spock.lang.Specification
import spock.lang.TempDir

/** Whose mode and owner are looked at: asked with a real find(1) and grep(1). */
class FileAccessSpec extends Specification {
    @TempDir Path root

    private void file(String path, String text) {
        def file = root.resolve(path.substring(1))
        Files.createDirectories(file.parent)
        Files.writeString(file, text)
    }

    def 'files of ours are found, and none that somebody else keeps beside them'() {
        given:
        file('/usr/local/lib/linkctl/route-a-b', "#!/bin/sh\n$OurFiles.MARK\n")
        file('/usr/local/lib/linkctl/notes of somebody else', 'how we do it here\n')
        file('/etc/systemd/system/linkctl-nightly.service', '[Service]\nExecStart=linkctl verify\n')
        file('/etc/systemd/network/10-linkctl-bond0.netdev', "$OurFiles.MARK\n[NetDev]\n")
        file('/etc/modules-load.d/linkctl-tcp_bbr.conf', 'tcp_bbr\n')
        file('/etc/sysctl.d/50-own.conf', "$OurFiles.MARK\n")
        def module = new FileAccessModule()
        def answered = module.probe(new FileAccessModule.Want()).collectEntries { Question.Command question ->
            def process = new ProcessBuilder(question.argv().words().collect { it.startsWith('/') ? "$root$it".toString() : it }).start()
            def said = process.inputStream.text.replace(root.toString(), '')
            [question, new Answer.Output(process.waitFor(), said, '')]
        }

        when:
        def found = module.facts(new FileAccessModule.Want(), new Answers(answered))

        then:
        found.files()*.path() as Set == ['/usr/local/lib/linkctl/route-a-b', '/etc/systemd/network/10-linkctl-bond0.netdev', '/etc/modules-load.d/linkctl-tcp_bbr.conf'] as Set
    }
}

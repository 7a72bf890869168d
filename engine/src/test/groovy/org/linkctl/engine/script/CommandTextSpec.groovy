package org.linkctl.engine.script

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import org.linkctl.shell.Argv
import org.linkctl.shell.Content
import org.linkctl.shell.Secret
import org.linkctl.shell.Step
import spock.lang.Specification
import spock.lang.TempDir

/** The text of commands for people: pasted into a root shell it does exactly what was done. */
class CommandTextSpec extends Specification {
    @TempDir
    Path folder

    private String pasted(String text) {
        def shell = new ProcessBuilder('sh', '-s').directory(folder.toFile()).redirectErrorStream(true).start()
        shell.outputStream.withWriter('UTF-8') { it << text << '\n' }
        String said = shell.inputStream.text
        shell.waitFor()
        said
    }

    def 'a file comes out as it went in, whatever is in it: #text'() {
        given:
        Path file = folder.resolve("a \$(touch no) 'file'")

        expect:
        pasted(CommandText.of(Step.put(file.toString(), '0640', text))) == ''
        Files.readString(file) == text
        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)) == 'rw-r-----'
        folder.toFile().list().length == 1

        where:
        text << ['one\n', "\$(touch no) `touch no` \\ ! '\"\n", 'x\nEND\ntouch no\n', 'END\nEND_\nEND__\ntouch no\n', 'END_\n', '\n\n']
    }

    def 'a file whose content is not shown is nothing but a comment'() {
        expect:
        pasted(CommandText.of(new Step.PutFile("$folder/a\ntouch $folder/no", '0600', Content.of(new Secret('hush'))))) == ''
        folder.toFile().list().length == 0
    }

    def 'commands, removals, generated files and values, pasted into a shell, do what the steps do'() {
        given:
        Files.writeString(folder.resolve('gone'), '')

        expect:
        [Step.run('mkdir', "$folder/it's"), new Step.RemoveFile("$folder/gone".toString()), new Step.GenerateFile("$folder/made".toString(), '0600', Argv.of('printf', '%s', 'a b')),
         new Step.WriteValue("$folder/value".toString(), '7')].every { pasted(CommandText.of(it)) == '' }
        folder.toFile().list().toSorted() == ["it's", 'made', 'value']
        Files.readString(folder.resolve('made')) == 'a b'
        Files.readString(folder.resolve('value')) == '7\n'
    }
}

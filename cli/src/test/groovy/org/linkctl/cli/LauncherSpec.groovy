package org.linkctl.cli

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import spock.lang.Specification
import spock.lang.TempDir

/** ./linkctl itself, with a Java that prints its arguments. */
class LauncherSpec extends Specification {
    static final Path ROOT = Path.of('..').toAbsolutePath().normalize()

    @TempDir
    Path folder

    def setup() {
        def copy = { String name -> Files.copy(ROOT.resolve(name), Files.createDirectories(folder.resolve(name).parent).resolve(Path.of(name).fileName)) }
        ['linkctl', '.mvn/jdk.sh'].each { copy(it).toFile().executable = true }
        Files.createDirectories(folder.resolve('cli/target/lib'))
        Files.writeString(folder.resolve('cli/target/linkctl.jar'), '')
        Files.createDirectories(folder.resolve('jdk/bin'))
        Files.writeString(folder.resolve('jdk/release'), 'JAVA_VERSION="25.0.1"\n')
        ['javac', 'java'].each { name ->
            Files.writeString(folder.resolve("jdk/bin/$name"), '''#!/bin/sh
for n in 0 1 2; do where=$(readlink "/proc/$$/fd/$n"); echo "$n $where" >>"$SAID"; done
''').toFile().executable = true
        }
    }

    private Map<String, String> streams(String redirection) {
        def said = folder.resolve('said')
        def process = new ProcessBuilder('env', '-i', 'PATH=/usr/bin:/bin', "LINKCTL_JAVA_HOME=$folder/jdk", 'LINKCTL_NO_CACHE=1',
                "SAID=$said", 'sh', '-c', "$folder/linkctl version $redirection").redirectErrorStream(true).start()
        def told = process.inputStream.text
        assert process.waitFor(60, TimeUnit.SECONDS)
        assert process.exitValue() == 0 : told
        Files.readAllLines(said).collectEntries { it.split(' ', 2) as List }
    }

    def "it needs no HOME"() {
        expect:
        streams('')['1'].startsWith('pipe:')
    }

    def "the number of a stream that is closed, #closed, is given to no file of Java's"() {
        expect:
        streams(closed)[number] == '/dev/null'

        where:
        closed | number
        '>&-'  | '1'
        '2>&-' | '2'
        '<&-'  | '0'
    }
}

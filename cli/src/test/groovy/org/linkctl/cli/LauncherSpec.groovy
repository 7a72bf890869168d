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

    /** As the end of a build leaves it. */
    private void prepared(String choice) {
        def start = Files.createDirectories(folder.resolve('cli/target/start'))
        Files.writeString(start.resolve('help'), 'the help\n')
        Files.writeString(start.resolve('version'), 'the version\n')
        folder.resolve('cli/target/linkctl.jar').toFile().lastModified = System.currentTimeMillis() - 60_000
        Files.writeString(start.resolve('facts'), "$choice:\n$folder/jdk\nbuild-1\n".toString())
    }

    /** What the launcher prints; Java itself says with which arguments it was called. */
    private String printed(List<String> args, Map<String, String> more = [:]) {
        Files.writeString(folder.resolve('jdk/bin/java'), '#!/bin/sh\necho "java $*"\n')
        def process = new ProcessBuilder(['env', '-i', 'PATH=/usr/bin:/bin', "LINKCTL_JAVA_HOME=$folder/jdk", *more.collect { "$it.key=$it.value" }, "$folder/linkctl", *args]*.toString()).redirectErrorStream(true).start()
        process.outputStream.close()
        def told = process.inputStream.text
        assert process.waitFor(60, TimeUnit.SECONDS)
        told
    }

    def "what the build has written down is printed without Java: #args"() {
        given:
        prepared("$folder/jdk")

        expect:
        printed(args) == text

        where:
        args          || text
        ['--help']    || 'the help\n'
        ['help']      || 'the help\n'
        ['version']   || 'the version\n'
        ['--version'] || 'the version\n'
    }

    def "Java answers where the text would be another, or nothing may be kept: #args #more"() {
        given:
        prepared("$folder/jdk")

        expect:
        printed(args, more).startsWith('java ')

        where:
        args               | more
        ['--help', 'plan'] | [:]
        ['version', '-v']  | [:]
        ['--help']         | [COLUMNS: '120']
        ['--help']         | [LINKCTL_NO_CACHE: '1']
    }

    def "the caches of a build are used, and only with the JDK that it was prepared for"() {
        given:
        prepared(choice.replace('FOLDER', "$folder"))

        expect:
        printed(['check', 'x.groovy'], [LINKCTL_NO_CACHE: none]).contains("-XX:AOTCache=$folder/cli/target/start/aot") == used

        where:
        choice       | none || used
        'FOLDER/jdk' | ''   || true
        'FOLDER/jdk' | '1'  || false
        '/other/jdk' | '1'  || false
    }
}

package org.linkctl.cli

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import spock.lang.Requires
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
        Files.writeString(folder.resolve('jdk/release'), 'JAVA_RUNTIME_VERSION="25.0.1+8"\nJAVA_VERSION="25.0.1"\n')
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
    private void prepared(String choice, String jdk = "$folder/jdk") {
        def start = Files.createDirectories(built('start'))
        Files.writeString(start.resolve('help'), 'the help\n')
        Files.writeString(start.resolve('version'), 'the version\n')
        [(built('linkctl.jar')): 60, (built('lib')): 61].each { file, seconds -> file.toFile().lastModified = System.currentTimeMillis() - 1000 * seconds }
        Files.createLink(start.resolve('jar'), built('linkctl.jar'))
        ['jar.time': 'linkctl.jar', 'lib.time': 'lib'].each { name, file ->
            Files.setLastModifiedTime(Files.writeString(start.resolve(name), ''), Files.getLastModifiedTime(built(file)))
        }
        Files.writeString(start.resolve('facts'), "$choice:\n$jdk\nbuild-1\nJAVA_RUNTIME_VERSION=\"25.0.1+8\"\n".toString())
    }

    private Path built(String name) { folder.resolve('cli/target').resolve(name) }

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

    def "another build is taken for another, though its file is older than the facts: #what"() {
        given:
        prepared("$folder/jdk")
        def jar = built('linkctl.jar')
        def time = Files.getLastModifiedTime(jar).toMillis()
        Files.createDirectories(built('start.new')) // as if another start prepared: no process stays at work in the folder

        when:
        change(jar)
        dated.each { name, seconds -> built(name).toFile().lastModified = time + seconds * 1000 }

        then:
        printed(['--help']).startsWith('java ')

        where:
        what                                  | dated               | change
        'an older one, by rename (rsync -a)'  | ['linkctl.jar': -9] | { Files.delete(it); Files.writeString(it, 'x') }
        'a newer one, by rename'              | ['linkctl.jar': 9]  | { Files.delete(it); Files.writeString(it, 'x') }
        'an older one, into the file (cp -p)' | ['linkctl.jar': -9] | { Files.writeString(it, 'x') }
        'one of the same time (tar --mtime)'  | ['linkctl.jar': 0]  | { Files.move(it, it.resolveSibling('old')); Files.writeString(it, 'x') }
        'only a library'                      | [lib: -9]           | { }
        'with facts that have no times'       | [:]                 | { file -> ['jar', 'jar.time', 'lib.time'].each { Files.delete(file.resolveSibling("start/$it")) } }
    }

    def "a JDK that was upgraded in its place is noticed"() {
        given:
        prepared("$folder/jdk")
        Files.createDirectories(built('start.new'))
        Files.writeString(folder.resolve('jdk/release'), 'JAVA_RUNTIME_VERSION="25.0.2+10"\nJAVA_VERSION="25.0.2"\n')

        expect:
        printed(['version']).startsWith('java ')
    }

    def "the facts hold where another choice finds the same JDK, by whatever path"() {
        given:
        Files.createSymbolicLink(folder.resolve('link'), folder.resolve('jdk'))
        prepared('/no/such', "$folder/link")

        expect:
        printed(['version']) == 'the version\n'
        Files.readAllLines(built('start/facts')).first() == '/no/such:'
    }

    /** A build, after which the launcher prepares the next starts before it goes on. */
    private String builds(Map<String, String> more = [:]) {
        Files.writeString(folder.resolve('mvnw'), '#!/bin/sh\necho "$*" >"${0%/*}/mvnw.said"\n').toFile().executable = true
        Files.createDirectories(folder.resolve('cli/src/main'))
        Files.writeString(folder.resolve('cli/src/main/New.java'), '')
        printed(['check', 'x.groovy'], more)
    }

    private List<String> starts() { built('').toFile().list().findAll { it.startsWith('start') }.sort() }

    def "a source that is newer than the build is built, git: #git"() {
        given:
        prepared("$folder/jdk")
        if (git) Files.createDirectories(folder.resolve('.git'))

        when:
        builds()

        then:
        Files.readString(folder.resolve('mvnw.said')).endsWith(' package\n')

        where:
        git << [true, false]
    }

    def "what was prepared before is replaced whole, and nothing is left beside it: #what"() {
        given:
        prepared('/other/jdk', '/other/jdk')
        change(built('start.new'))

        when:
        def told = builds(JAVA_TOOL_OPTIONS: '-Dx=y')

        then:
        starts() == ['start']
        built('start').toFile().list().sort() == ['facts', 'help', 'jar', 'jar.time', 'lib.time', 'version']
        Files.readAllLines(built('start/facts')).with { [it[0], it[1], it[3]] } == ["$folder/jdk:", "$folder/jdk", 'JAVA_RUNTIME_VERSION="25.0.1+8"']*.toString()
        Files.readString(built('start/help')).endsWith(' --help\n')
        told.contains("-XX:AOTCache=$folder/cli/target/start/aot")

        where:
        what                                      | change
        'alone'                                   | { }
        'after a start that was killed meanwhile' | { Path at -> Files.createDirectories(at).toFile().lastModified = System.currentTimeMillis() - 11 * 60_000 }
    }

    def "the same build has the same name, so that compiled inventories are found again"() {
        when:
        def names = (1..2).collect {
            prepared('/other/jdk', '/other/jdk')
            builds()
            def name = Files.readAllLines(built('start/facts'))[2]
            built('start').toFile().deleteDir()
            name
        }

        then:
        names[0] ==~ /\d+-\d+/
        names[0] == names[1]
    }

    def "nothing is prepared #where"() {
        given:
        prepared('/other/jdk', '/other/jdk')
        change(built('start.new'))

        when:
        builds(more)

        then:
        Files.readAllLines(built('start/facts'))[1] == '/other/jdk'

        where:
        where                             | more                  | change
        'while another start does it'     | [:]                   | { Files.createDirectories(it) }
        'where nothing may be kept'       | [LINKCTL_NO_CACHE: '1'] | { }
    }

    @Requires({ System.getProperty('user.name') == 'root' }) // only root can give a file away
    def "root prepares nothing in the build of another user"() {
        given:
        prepared('/other/jdk', '/other/jdk')
        Files.setOwner(built('linkctl.jar'), folder.fileSystem.userPrincipalLookupService.lookupPrincipalByName('nobody'))

        when:
        builds()

        then:
        Files.readAllLines(built('start/facts'))[1] == '/other/jdk'
        starts() == ['start']
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

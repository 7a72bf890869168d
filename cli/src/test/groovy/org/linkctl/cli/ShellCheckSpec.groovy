package org.linkctl.cli

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.shell.ShellTemplate
import spock.lang.IgnoreIf
import spock.lang.Specification
import spock.lang.TempDir

/** Every shell program here is read by ShellCheck as it lies in its file; a warning is an error. */
@IgnoreIf({ ShellCheck.missing() })
class ShellCheckSpec extends Specification {
    static final Path ROOT = Path.of('..')
    static final Path ENGINE = ROOT.resolve('engine/src/main/resources/org/linkctl/engine')
    static final Path MODULES = ROOT.resolve('modules/src/main/resources/org/linkctl/modules')
    static final Path IMAGE = ROOT.resolve('lab/src/main/resources/org/linkctl/lab/image')

    @TempDir Path folder

    private static String joined(Path folder, List<String> parts) {
        parts.collect { Files.readString(folder.resolve("${it}.sh")) }.join('\n')
    }

    private static List<Path> shellFiles(Path root) {
        Files.walk(root).withCloseable { all -> all.filter { it.toString().endsWith('.sh') }.sorted().toList() }
    }

    def 'what is warned of is found'() {
        expect:
        ShellCheck.warnings(folder, [program: '#!/bin/sh\ncd /tmp\n'])*.contains('SC2164') == [true]
        ShellCheck.warnings(folder, [program: '#!/bin/sh\ncd /tmp || exit\n']) == []
    }

    def 'what engine sends and leaves on hosts: #parts in one piece'() {
        expect:
        shellFiles(ENGINE.resolve(where))*.fileName*.toString().sort() == parts.collect { "${it}.sh".toString() }.sort()
        ShellCheck.warnings(folder, [(where): joined(ENGINE.resolve(where), parts)]) == []

        where:
        where      | parts
        'guard'    | ['start', 'lists', 'network', 'restore', 'undo', 'armed', 'lock', 'commands']
        'script'   | ['shell', 'steps']
        'question' | ['read-files']
    }

    def 'what modules put on hosts, before anything is filled in'() {
        given:
        def files = shellFiles(MODULES).collect { MODULES.relativize(it).toString() }
        def texts = files.collectEntries { [it, ShellTemplate.included(it) { path -> Files.readString(MODULES.resolve(path)) }] }
        def programs = texts.findAll { it.value.startsWith('#!/bin/sh\n') }
        def fragments = texts - programs

        expect:
        programs.size() > 10
        ShellCheck.withServices(folder, programs, [ShellCheck.ONE_WORD]) == []
        ShellCheck.warnings(folder, fragments, ShellCheck.ELSEWHERE + ShellCheck.ONE_WORD) == []
    }

    def 'what makes the image of the lab'() {
        given: 'its parts run under set -e, and packages are several words'
        def excluded = ['SC2164', 'SC2046']

        expect:
        ShellCheck.warnings(folder, [image: joined(IMAGE, ['customize', 'kernel', 'repository', 'settle', 'initrd'])], excluded) == []
    }

    def 'what is run on this machine'() {
        given:
        def sourced = shellFiles(ROOT.resolve('.mvn'))
        def programs = ['linkctl', 'mvnw'].collect { ROOT.resolve(it) }
        def texts = { List<Path> files -> files.collectEntries { [ROOT.relativize(it).toString(), Files.readString(it)] } }

        expect:
        programs.every { Files.readString(it).startsWith('#!/bin/sh\n') }
        ShellCheck.warnings(folder, texts(programs)) == []
        ShellCheck.warnings(folder, texts(sourced), ShellCheck.ELSEWHERE) == []
        ShellCheck.warnings(folder, texts([ROOT.resolve('.ci/run')]), [], 'bash') == []
    }
}

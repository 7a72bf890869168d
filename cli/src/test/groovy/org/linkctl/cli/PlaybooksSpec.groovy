package org.linkctl.cli

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** The procedures in playbooks, as far as they go without hosts; RotateLabSpec runs them on real ones. */
class PlaybooksSpec extends Specification {
    private static final Path FOLDER = Path.of('../playbooks').toAbsolutePath().normalize()

    @TempDir Path folder

    private static List<Path> all() {
        Files.list(FOLDER).withCloseable { it.sorted().toList() }
    }

    /** Runs one in a folder where nothing is, with a linkctl that always fails and says what it was called with. */
    private List run(Path playbook, String... words) {
        def linkctl = folder.resolve('linkctl')
        Files.writeString(linkctl, '#!/bin/sh\necho "called: $*"\nexit 1\n')
        linkctl.toFile().executable = true
        def builder = new ProcessBuilder([playbook.toString(), *words]).directory(folder.toFile()).redirectErrorStream(true)
        builder.environment().LINKCTL = linkctl.toString()
        def process = builder.start()
        def said = process.inputStream.text
        [process.waitFor(), said]
    }

    def '#playbook.fileName says how it is called'() {
        when:
        def (status, said) = run(playbook)

        then:
        status == 2
        said.startsWith("playbooks/$playbook.fileName INVENTORY ")

        where:
        playbook << all()
    }

    def '#playbook.fileName begins nothing where the network is not in health'() {
        when:
        def (status, said) = run(playbook, 'a b.groovy', 'one', 'two')

        then: 'one call, with the words as they were given'
        status == 1
        said.findAll(/called: .*/).size() == 1
        said.contains('called: verify a b.groovy')

        where:
        playbook << all().findAll { it.fileName.toString() != 'measure' }
    }

    def 'what measuring printed is kept though it failed'() {
        when:
        def (status, said) = run(FOLDER.resolve('measure'), 'a.groovy', 'out')

        then:
        status == 1
        said.strip() ==~ /out\/\d{8}T\d{6}Z\.json/
        Files.readString(folder.resolve(said.strip())) == 'called: verify a.groovy --throughput --json\n'
        folder.resolve('out').toFile().list().size() == 1
    }
}

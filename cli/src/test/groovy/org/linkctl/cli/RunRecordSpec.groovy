package org.linkctl.cli

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.ObjectMapper
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import org.linkctl.shell.Step
import spock.lang.Specification
import spock.lang.TempDir

/** The records of runs that have changed hosts, or were about to. */
class RunRecordSpec extends Specification {
    @TempDir
    Path folder
    Path runs
    String file

    def toy = new Toy()

    def setup() {
        runs = folder.resolve('state/linkctl/runs')
        toy.environment = [XDG_STATE_HOME: folder.resolve('state').toString()]
        file = Files.writeString(Files.createDirectories(folder.resolve('repo')).resolve('net.groovy'), '''
            fabric('toy') {
                site('a', lan: '10.1.0.0/24') {
                    host('one', os: LINUX, ssh: 'admin@192.0.2.1')
                    host('two', os: LINUX, ssh: 'admin@192.0.2.2')
                }
            }
            '''.stripIndent()).toString()
    }

    private List<Path> kept() {
        if (!Files.exists(runs)) return []
        Files.list(runs).withCloseable { it.filter { it.toString().endsWith('.json') }.sorted().toList() }
    }

    private JsonNode record() {
        assert kept().size() == 1
        new ObjectMapper().readTree(kept()[0].toFile())
    }

    private String git(String... words) {
        def builder = new ProcessBuilder(['git', '-C', folder.resolve('repo').toString(), '-c', 'user.name=x', '-c', 'user.email=x@example.org'] + words.toList())
        def process = builder.redirectErrorStream(true).start()
        def said = process.inputStream.text
        assert process.waitFor() == 0 : said
        said.strip()
    }

    def "it says who, from where, with what, and how it ended"() {
        expect:
        toy.run('apply', file, '--yes') == 0
        def run = record().run
        run.who.asText() == System.getProperty('user.name')
        run.from.asText() == InetAddress.localHost.hostName
        run.inventory.asText() == file
        run.fabric.asText() == 'toy'
        run.started.asText() <= run.ended.asText()
        run.outcome.asText() == 'converged'
        record().hosts*.outcome*.asText() == ['changed', 'changed']
        PosixFilePermissions.toString(Files.getPosixFilePermissions(kept()[0])) == 'rw-------'
    }

    def "a run that is killed leaves what it was about to do, as one that is not finished"() {
        given:
        JsonNode seen = null
        toy.before = { host, step -> if (step instanceof Step.PutFile && step.path() == ToyModule.FILE) seen = record() }

        when:
        toy.run('apply', file, '--yes')

        then: 'it is there before the first step, and is replaced at the end'
        seen.run.outcome.asText() == 'unfinished'
        !seen.run.has('ended')
        seen.hosts*.outcome*.asText() == ['would-change', 'would-change']
        seen.hosts[0].resources[0].id.asText() == 'toy.file[toy]'
        record().run.outcome.asText() == 'converged'
        Files.list(runs).withCloseable { it.toList() }*.fileName*.toString().every { it ==~ /2.*\.(json|log)/ }
    }

    def "of a host that somebody else has, it says what was planned"() {
        given:
        toy.holders.two = 'eve since noon'

        expect:
        toy.run('apply', file, '--yes') == 7
        record().run.outcome.asText() == 'not-converged'
        def two = record().hosts.find { it.name.asText() == 'two' }
        two.outcome.asText() == 'locked'
        two.why.asText() == 'eve since noon'
        two.resources*.id*.asText() == ['toy.file[toy]']
    }

    def "a run that is refused once it had begun says why"() {
        given: 'a plan, and somebody who changes a host just before it is locked'
        def plan = folder.resolve('plan.json').toString()
        assert toy.run('plan', file, '-o', plan) == 0
        toy.before = { host, step ->
            if (step instanceof Step.Run && step.argv().words()[2] == 'lock') toy.hosts.one[ToyModule.FILE] = 'moved'
        }
        toy.latest = 'another run'

        expect:
        toy.run('apply', plan, '--yes') == 4
        record().run.outcome.asText() == 'refused'
        record().run.why.asText().contains('have moved: one')
        toy.steps == []
    }

    def "the revision is the inventory's own"() {
        given:
        def revision = {
            Files.exists(runs) && runs.toFile().deleteDir()
            toy.hosts.clear()
            assert toy.run('apply', file, '--yes') == 0
            record().run.revision.asText()
        }

        expect: 'there is no repository'
        revision() == 'not in git'

        when: 'one without a commit, then one that does not have the file'
        git('init', '-q')
        def empty = revision()
        Files.writeString(folder.resolve('repo/other'), 'x')
        git('add', 'other')
        git('commit', '-qm', 'other')

        then:
        empty == 'not in git'
        revision() == 'not in git'

        when:
        Files.writeString(folder.resolve('repo/.gitignore'), '*.groovy\n')

        then: 'not even one that is ignored'
        revision() == 'not in git'

        when:
        git('add', '-f', 'net.groovy')
        git('commit', '-qm', 'net')
        Files.writeString(folder.resolve('repo/other'), 'y')

        then: 'what else differs there is none of its business'
        revision() == git('rev-parse', 'HEAD')

        when:
        new File(file) << '// more\n'

        then:
        revision() == git('rev-parse', 'HEAD') + '-dirty'
    }
}

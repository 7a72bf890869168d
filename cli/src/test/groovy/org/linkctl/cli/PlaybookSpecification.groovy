package org.linkctl.cli

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.ObjectMapper
import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.shell.Step
import spock.lang.Specification
import spock.lang.TempDir

/** Specs of `linkctl run` with hosts in memory. */
abstract class PlaybookSpecification extends Specification {
    static final String ECMP = '../inventories/ecmp.groovy'

    @TempDir
    Path folder

    def toy = new Toy()
    /** Commands that were run on hosts, without what the guard is told. */
    List<String> commands = Collections.synchronizedList([])

    def setup() {
        toy.environment = [XDG_STATE_HOME: folder.resolve('state').toString()]
        toy.modules = [new ToyModule(), new SpreadModule()]
        toy.before = { String host, Step step ->
            if (step instanceof Step.Run && !step.argv().words()[1].toString().endsWith('/guard')) commands << "$host: ${step.argv()}".toString()
        }
    }

    String playbook(String steps) {
        Files.writeString(folder.resolve('p.groovy'), "playbook('p', about: 'a test') {\n${steps.stripIndent()}\n}\n").toString()
    }

    int run(String steps, String... more) {
        toy.run('run', playbook(steps), ECMP, '--color', 'never', *more)
    }

    void applied() {
        assert toy.run('apply', ECMP, '--yes') == 0
        toy.steps.clear()
        toy.addresses.clear()
        commands.clear()
    }

    List<JsonNode> records() {
        def runs = folder.resolve('state/linkctl/runs')
        if (!Files.exists(runs)) return []
        Files.list(runs).withCloseable { it.filter { it.toString().endsWith('-playbook.json') }.sorted().toList() }
                .collect { new ObjectMapper().readTree(it.toFile()) }
    }
}

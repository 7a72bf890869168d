package org.linkctl.cli

import com.fasterxml.jackson.databind.ObjectMapper
import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.shell.Step
import spock.lang.Specification
import spock.lang.TempDir

/** A saved plan is carried out exactly, or refused with the reason. */
class PlanFileSpec extends Specification {
    @TempDir
    Path folder
    String file
    String plan

    def toy = new Toy(modules: [new ToyModule(), new RotatedKeyModule()])

    def setup() {
        file = Files.writeString(folder.resolve('my net.groovy'), '''
            fabric('toy') {
                site('a', lan: '10.1.0.0/24') { host('one', os: LINUX, ssh: 'admin@192.0.2.1') { nic('eth0', address: '10.1.0.1/24') } }
                site('b', lan: '10.2.0.0/24') { host('two', os: LINUX, ssh: 'admin@192.0.2.2') { nic('eth0', address: '10.2.0.1/24') } }
                tunnel('ab0', psk: true) {
                    end('one', port: 5000, address: '10.255.0.1/30')
                    end('two', port: 5000, address: '10.255.0.2/30', endpoint: '192.0.2.2')
                }
            }
            '''.stripIndent()).toString()
        plan = folder.resolve('plan.json').toString()
    }

    private void planned(String... more) {
        assert toy.run(*(['plan', file, '-o', plan] + more.toList())) == 0 : toy.err
    }

    def "keys that it makes anew are part of it"() {
        given:
        assert toy.run('apply', file, '--yes') == 0
        def before = toy.hosts.one['/etc/ab0.key']
        planned('--rotate-key', 'ab0')

        expect:
        new ObjectMapper().readTree(new File(plan)).origin.rotateKey*.asText() == ['ab0']
        toy.run('apply', plan, '--yes') == 0
        toy.hosts.one['/etc/ab0.key'] == before + '+'
        toy.hosts.two['/etc/ab0.key'] != null

        and: 'once: what it would make anew is no more'
        toy.run('apply', plan, '--yes') == 4
        toy.err.contains('these have moved: one, two\n')
    }

    def "other keys than were planned are another plan: #option"() {
        given:
        planned()

        expect:
        toy.run('apply', plan, '--yes', option, 'ab0') == 1
        toy.err == "$option was not given when the plan was made; make a new plan with it\n"

        where:
        option << ['--rotate-psk', '--rotate-key']
    }

    def "the plan to make anew is the same one, ready to be pasted"() {
        given:
        planned('--limit', 'one', '--only', 'file,turned', '--purge-keys', '--rotate-psk', 'ab0')
        toy.hosts.one[ToyModule.FILE] = 'moved'

        expect:
        toy.run('apply', plan, '--yes') == 4
        toy.err == """\
            Nothing was changed: since '$plan' was made, these have moved: one
            Make a new plan: linkctl plan '$file' --limit one --only file,turned --purge-keys --rotate-psk ab0 -o $plan
            """.stripIndent()
    }

    def "a host that cannot be reached is told as that, not as one that has changed since the plan"() {
        given:
        planned()
        toy.unreachable = ['two']

        expect:
        toy.run('apply', plan, '--yes') == 3
        toy.err.contains("Nothing was changed: not all of '$plan' can be done now\n  two: unreachable: connection refused\nApply it again once that is over.\n")
        toy.steps == []

        when: 'both at once'
        toy.hosts.one[ToyModule.FILE] = 'moved'
        toy.run('apply', plan, '--yes')

        then:
        toy.err.contains("these have moved: one\n  two: unreachable: connection refused\nMake a new plan: ")
    }

    def "for a host that was unreachable when the plan was made nothing is planned, whatever the reason is now"() {
        given:
        toy.unreachable = ['two']
        assert toy.run('plan', file, '-o', plan) == 3
        def text = new File(plan).text
        new File(plan).text = text.replace('connection refused', 'no route to host')

        expect: 'the other one is changed'
        toy.run('apply', plan, '--yes') == 3
        toy.steps.contains("one: $ToyModule.FILE".toString())
    }

    def "a host that another run has locked is told with that run, not as one that has changed since the plan"() {
        given:
        planned()
        toy.holders.two = 'eve since noon'

        expect:
        toy.run('apply', plan, '--yes') == 7
        !toy.err.contains('moved')
        (toy.err + toy.out).contains('eve since noon')
    }
}

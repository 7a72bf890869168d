package org.linkctl.cli

import com.fasterxml.jackson.databind.ObjectMapper
import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.cli.io.Terminal.Stream
import org.linkctl.model.Os
import org.linkctl.spi.Answers
import org.linkctl.spi.Change
import org.linkctl.spi.Question
import org.linkctl.spi.Resource
import org.linkctl.spi.Scope
import org.linkctl.spi.Warns
import org.linkctl.shell.Step
import spock.lang.Specification
import spock.lang.TempDir

/**
 * What the two runs of a shard say. Of two shards the first has d, with a tunnel to b of the other one, and b-gw, which has none;
 * b is one of a pair with b2, whose tunnel to a is of no concern to the first.
 */
class ShardEndsSpec extends Specification {
    @TempDir
    Path folder

    def toy = new Toy()

    def setup() {
        toy.environment = [XDG_STATE_HOME: folder.resolve('state').toString()]
        toy.modules = [new ToyModule(), new LinkModule('/links'), new Remarks()]
    }

    /** Says something of each host that is no change. */
    static class Remarks implements Warns<Remark, LinkModule.Facts> {
        String name() { 'toy.remark' }

        Os system() { Os.LINUX }

        List<Remark> want(Scope scope) { [new Remark()] }

        List<Question<?>> probe(Remark want) { [] }

        LinkModule.Facts facts(Remark want, Answers answers) { new LinkModule.Facts(null) }

        List<Change> diff(Remark want, LinkModule.Facts have) { [] }

        List<Step> steps(Remark want, LinkModule.Facts have, List<Change> changes) { [] }

        List<String> warnings(Remark want, LinkModule.Facts have) { ['so it is'] }
    }

    static class Remark implements Resource {
        String id() { 'toy.remark' }
    }

    private String inventory(int port) {
        def host = { String name, int n -> "host('$name', os: LINUX, ssh: 'admin@192.0.2.$n', become: NONE) { nic('eth0', address: '192.0.2.$n/24') }" }
        Files.writeString(folder.resolve('net.groovy'), """
            fabric('two') {
                site('s') { ${host('d', 1)}; ${host('b-gw', 2)} }
                site('t') { pair('p', os: LINUX) { host('b', ssh: 'admin@192.0.2.3', become: NONE) { nic('eth0', address: '192.0.2.3/24') }; host('b2', ssh: 'admin@192.0.2.4', become: NONE) { nic('eth0', address: '192.0.2.4/24') } } }
                site('u') { ${host('a', 5)} }
                tunnel('db') {
                    end('d', port: ${port}, address: '10.255.0.1/30', endpoint: '192.0.2.1')
                    end('b', port: ${port}, address: '10.255.0.2/30', endpoint: '192.0.2.3') }
                tunnel('b2a') {
                    end('b2', port: ${port + 1}, address: '10.255.0.5/30', endpoint: '192.0.2.4')
                    end('a', port: ${port + 1}, address: '10.255.0.6/30', endpoint: '192.0.2.5') }
            }
            """.stripIndent()).toString()
    }

    private int run(String command, int port) { toy.run(*(command.split(' ').collect { it == 'FILE' ? inventory(port) : it })) }

    private Map<String, Object> hosts() {
        new ObjectMapper().readTree(toy.out).path('hosts').collectEntries { [it.path('name').asText(), it] }
    }

    def 'the question counts the hosts on which something is done, and not the one whose tunnel waits for another run'() {
        given:
        assert run('apply FILE --yes', 5000) == 0
        toy.terminals = [Stream.IN, Stream.ERR]
        toy.input = 'yes\nyes\nyes\n'

        when:
        int status = run('apply FILE --shard 1/2', 6000)

        then:
        status == 0
        toy.err.findAll(/Change \d+ hosts?\?/) == ['Change 2 hosts?']
        !toy.out.contains('b2 (site t')
        toy.hosts.b2['/links/b2/b2a'] == '5001 5001\n'
        toy.hosts.d['/links/d/db'] == '6000 6000\n'
    }

    def 'the data of both runs has the warnings, the changes and the order of both'() {
        when:
        int status = run('apply FILE --shard 1/2 --yes --json', 5000)
        def hosts = hosts()

        then:
        status == 0
        hosts.keySet().containsAll(['d', 'b-gw', 'b'])
        hosts.findAll { name, one -> one.warnings*.text*.asText() != ['so it is'] }.keySet() == [] as Set
        hosts.d.resources*.id*.asText().toSet() == ['toy.file[toy]', 'toy.link[db]'] as Set
        hosts.d.outcome.asText() == 'changed'
    }

    def 'where the second run finds a host taken, the first stands and is told, and the status says that trying again is all'() {
        given:
        toy.holders.b = 'eve since noon'

        when:
        int status = run('apply FILE --shard 1/2 --yes --lock-timeout 1s --color never', 5000)

        then:
        status == 7
        !toy.out.contains('on any host')
        toy.out =~ /b-gw +changed: 1 step/
        toy.out.replaceAll(/\s+/, ' ').contains('d NOT CONVERGED what is its own was changed; paths to hosts of other shards were not, since somebody is at work on b: eve since noon')
        toy.hosts.d.keySet().any { it == ToyModule.FILE }

        when:
        status = run('apply FILE --shard 1/2 --yes --lock-timeout 1s --json', 5000)

        then: 'that the first has nothing to do now changes nothing of that'
        status == 7
        hosts().b.outcome.asText() == 'locked'
    }
}

package org.linkctl.cli

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** What --shard takes and refuses, and that N shards are the whole. */
class ShardOptionSpec extends Specification {
    @TempDir
    Path folder
    String file

    def toy = new Toy()

    def setup() {
        file = Files.writeString(folder.resolve('net.groovy'), """
            fabric('toy') {
                site('a', lan: '10.1.0.0/24') {
                    ${(1..9).collect { "host('h$it', os: LINUX, ssh: 'admin@192.0.2.$it')" }.join('\n')}
                }
            }
            """.stripIndent()).toString()
    }

    private int run(String command) { toy.run(*(command.split(' ').collect { it == 'FILE' ? file : it })) }

    def "#command is refused"() {
        expect:
        run(command) == 1
        toy.err.contains(said)
        toy.steps == []

        where:
        command                                           || said
        'plan FILE --shard 0/3'                           || "--shard: '0/3': shards count from 1 to 3; with Kubernetes, whose index counts from 0: --shard \$((JOB_COMPLETION_INDEX + 1))/3"
        'apply FILE --yes --shard 4/3'                    || "--shard: '4/3': shards count from 1 to 3"
        'verify FILE --shard 1/0'                         || "--shard: '1/0': there is no shard of none; 1/1 is all hosts"
        'plan FILE --shard 1'                             || "--shard: '1' is not one of several, such as 1/3"
        'plan FILE --shard /3'                            || "--shard: '/3' is not one of several, such as 1/3"
        'plan FILE --shard -1/3'                          || "--shard: '-1/3' is not one of several, such as 1/3"
        'plan FILE --shard 1/99999999999'                 || "--shard: '1/99999999999' is not one of several"
        'plan FILE --shard 1/3 -o /tmp/never.json'        || '--shard and -o: a saved plan is carried out by one run'
        'apply FILE --yes --shard 1/3 --rotate-key wg0'   || '--shard and new keys: each shard of an end would make one; say --limit in place of --shard'
        'verify FILE --shard 1/3 --throughput'            || '--shard and --throughput: a route is measured between two hosts'
    }

    def "shards of #count are the whole, each host once, with #command"() {
        given:
        def seen = []

        expect:
        (1..count).every { number ->
            assert run("$command --shard $number/$count") in [0, 5]
            seen.addAll(toy.out.findAll(/(?m)^h\d(?= \(site|$)/))
            true
        }
        seen.toSorted() == hosts

        where:
        command                | count || hosts
        'plan FILE'            | 3     || (1..9).collect { "h$it".toString() }
        'verify FILE'          | 3     || (1..9).collect { "h$it".toString() }
        'plan FILE'            | 12    || (1..9).collect { "h$it".toString() }
        'plan FILE --limit h1,h5,h9' | 2 || ['h1', 'h5', 'h9']
    }

    def "apply in shards leaves nothing to do, and a shard without hosts says so"() {
        expect:
        (1..3).every { run("apply FILE --yes --shard $it/3") == 0 }
        toy.steps.size() == 9
        run('plan FILE --detailed-exitcode') == 0
        (1..12).collect { assert run("apply FILE --yes --shard $it/12") == 0; toy.out }.count { it.startsWith('No host is in shard ') } >= 3
        run('plan FILE --shard 1/12 --json') == 0
        toy.out.contains('"hosts" : [ ]') || toy.out.contains('"hosts": []')
    }

    def "a host that another run has is waited for, and then it ends with 7"() {
        given:
        toy.holders.h1 = 'eve since noon'

        expect:
        (1..3).collect { run("apply FILE --yes --shard $it/3 --lock-timeout 1s") }.toSorted() == [0, 0, 7]
    }
}

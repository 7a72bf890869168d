package org.linkctl.modules.linux.role

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.modules.Inventories
import org.linkctl.modules.linux.pair.PairSpec
import org.linkctl.modules.linux.pair.Router
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout
import spock.util.concurrent.PollingConditions

/** What the program of the role makes of a host and of its neighbour: the vip's address comes and goes by hand here, in place of keepalived. */
@Timeout(120)
@Requires({ RoleSpec.possible() })
class RoleSpec extends Specification {
    static final List<String> OTHERS = (50..69).collect { "10.1.0.$it".toString() }
    static final String ROLE = '/usr/local/lib/linkctl/role'
    static final String STRANGER = '02:00:00:00:00:01'

    @TempDir
    Path folder

    Router lb1
    Router lan
    def soon = new PollingConditions(timeout: 20, delay: 0.05)

    static boolean possible() {
        def missing = Router.missing()
        if (missing) println "RoleSpec: no host was made: $missing"
        missing == null
    }

    def setup() {
        def inventory = folder.resolve('role.groovy')
        Files.writeString(inventory, PairSpec.INVENTORY.text
            .replace("stateSync(on: 'eth2')", '')
            .replace("addresses: '10.1.0.50'", "addresses: [${OTHERS.collect { "'$it'" }.join(', ')}]")
            .replaceFirst(/onMaster\(.*/, "onMaster('/usr/local/lib/slow'); onMaster('/usr/local/lib/noted', args: 'second')")
            .replaceFirst(/onBackup\(.*/, "onBackup('/usr/local/lib/noted', args: 'backup')"))
        lb1 = new Router('lb1', folder)
        lan = new Router('lan', folder)
        lan.run("""ip link add eth1 type veth peer name eth1 netns $lb1.pid; ip link set eth1 up; ip address add 10.1.0.99/16 dev eth1
            ${OTHERS.collect { "ip neigh replace $it lladdr $STRANGER dev eth1 nud stale" }.join('\n')}""")
        lb1.run('ip link set eth1 up; ip address add 10.1.0.11/16 dev eth1; sysctl -q -w net.ipv4.ip_forward=1')
        lb1.put(Inventories.load(inventory.toFile()), 'linux.role')
        program('linkctl/role.d/hook', 'echo "$1 $(ip neigh show proxy | wc -l) $4" >>/run/hooks')
        program('noted', 'echo $1 >>/run/programs')
        program('slow', 'echo slow >>/run/programs; n=0; until [ -e /run/go ]; do n=$((n + 1)); [ $n -lt 500 ] || exit 1; sleep 0.1; done')
    }

    def cleanup() {
        [lan, lb1].each { it?.close() }
    }

    private void program(String name, String text) {
        def file = lb1.folder.resolve("usr/local/lib/$name")
        Files.createDirectories(file.parent)
        Files.writeString(file, "#!/bin/sh\n$text\n")
        file.toFile().setExecutable(true, false)
    }

    /** As keepalived calls it. */
    private void becomes(String role) {
        lb1.run("ip address ${role == 'MASTER' ? 'replace' : 'delete'} 10.1.0.1/16 dev eth1; sh $ROLE notify INSTANCE eth1-10 $role 240")
    }

    private List<String> lines(String file) { lb1.attempt("cat $file 2>/dev/null || true").readLines() }

    private List<String> announcedAs() {
        lan.run('ip neigh show dev eth1').readLines().findAll { it.split(' ').first() in OTHERS }.collect { (it =~ /lladdr (\S+)/)[0][1] }.unique()
    }

    private boolean announcing() { !lb1.attempt('flock -n /run/linkctl/role/announcing true || echo busy').isBlank() }

    def 'who becomes master answers for all addresses at once, before anything else, and tells the neighbours meanwhile'() {
        when:
        long began = System.nanoTime()
        becomes('MASTER')
        def seconds = (System.nanoTime() - began) / 1e9

        then: 'one announcement takes a second'
        println "RoleSpec: ${OTHERS.size()} addresses: $seconds s"
        seconds < OTHERS.size() / 4
        lines('/run/hooks') == ["master ${OTHERS.size()} MASTER".toString()]
        soon.eventually { assert announcedAs() == [(lb1.run('ip link show eth1') =~ /link\/ether (\S+)/)[0][1]] }
        soon.eventually { assert !announcing() && lb1.run('ip -4 -o address show dev lo').readLines().size() == 1 }

        when:
        becomes('BACKUP')

        then:
        lb1.run('ip neigh show proxy; ip -4 route show dev lo').isBlank()
        lines('/run/hooks').last() == 'backup 0 BACKUP'
    }

    def 'who is no longer master announces nothing, and keeps none of the addresses'() {
        given: 'an announcement that waits'
        lb1.run('mkdir -p /run/linkctl/role')
        def held = lb1.start('exec flock /run/linkctl/role/announcing sh -c "echo held; until [ -e /run/free ]; do sleep 0.05; done"')
        assert held.inputReader().readLine() == 'held'

        when:
        becomes('MASTER')
        becomes('BACKUP')
        lb1.run('touch /run/free')

        then:
        held.waitFor() == 0
        lb1.run('flock /run/linkctl/role/announcing true').isEmpty()
        announcedAs() == [STRANGER]
        lb1.run('ip -4 -o address show dev lo').readLines().size() == 1
    }

    def 'of many words at once one waits for its turn, and makes of the host what it is by then'() {
        given: 'a turn that takes long, and a word that waits for the next one'
        lb1.run('mkdir -p /run/linkctl/role')
        def held = lb1.start('exec flock /run/linkctl/role/lock sh -c "echo held; until [ -e /run/free ]; do sleep 0.05; done"')
        assert held.inputReader().readLine() == 'held'
        lb1.run("""sh $ROLE notify INSTANCE eth1-10 BACKUP 240 >/dev/null 2>&1 &
            until ! flock -n /run/linkctl/role/waiting true; do sleep 0.05; done""")

        when: 'none of these is kept waiting'
        lb1.run("""ip address replace 10.1.0.1/16 dev eth1
            for word in MASTER FAULT BACKUP FAULT MASTER; do sh $ROLE notify INSTANCE eth1-10 \$word 240; done""")
        lb1.run('touch /run/free')

        then:
        held.waitFor() == 0
        soon.eventually { assert lines('/run/hooks') == ["master ${OTHERS.size()} MASTER".toString()] }
        soon.eventually { assert lines('/run/programs') == ['slow'] }

        when: 'the word of its end waits for its turn, whoever waits'
        lb1.run("sh $ROLE notify INSTANCE eth1-10 STOP 240")

        then: 'the address is still there'
        lines('/run/hooks').last() == 'backup 0 STOP'
    }

    def 'the kernel takes an address away whose announcement was killed'() {
        given: 'an arping that never ends'
        program('hangs', 'exec sleep 60')
        lb1.run('mount --bind /usr/local/lib/hangs /usr/bin/arping')

        when:
        becomes('MASTER')
        soon.eventually { assert lb1.run('ip -4 -o address show dev lo').readLines().size() == 1 + OTHERS.size() }

        then:
        soon.eventually { assert lb1.run('ip -4 -o address show dev lo').readLines().size() == 1 }
    }

    def 'a program of the inventory that takes long keeps nothing waiting, and the last role wins'() {
        when:
        becomes('MASTER')
        soon.eventually { assert lines('/run/programs') == ['slow'] }
        becomes('BACKUP')

        then: 'all but the programs is done'
        lines('/run/hooks') == ["master ${OTHERS.size()} MASTER".toString(), 'backup 0 BACKUP']
        lb1.run('ip neigh show proxy').isBlank()
        lines('/run/programs') == ['slow']
        lines('/run/linkctl/role/eth1-10') == []

        when:
        lb1.run("sh $ROLE look; touch /run/go")

        then: 'what else a master runs is left out'
        soon.eventually { assert lines('/run/linkctl/role/eth1-10').first() == 'BACKUP' }
        lines('/run/programs') == ['slow', 'backup']
        lb1.run("sh $ROLE; cat /run/programs").readLines() == ['slow', 'backup']
    }

    def 'a program that leaves something in the background holds up no other'() {
        given:
        program('slow', 'sleep 100 >/dev/null 2>&1 & echo slow >>/run/programs')

        when:
        lb1.run("ip address add 10.1.0.1/16 dev eth1; timeout 20 sh $ROLE tell one; timeout 20 sh $ROLE tell two")

        then:
        lines('/run/programs') == ['slow', 'second']
        lines('/run/linkctl/role/eth1-10').first() == 'MASTER'
    }

    def 'STOP is believed while the address is still there, and no longer than until the next word'() {
        given:
        lb1.run('touch /run/go')
        becomes('MASTER')
        soon.eventually { assert lines('/run/linkctl/role/eth1-10').first() == 'MASTER' }

        when:
        lb1.run("sh $ROLE notify INSTANCE eth1-10 STOP 240")

        then:
        lb1.run('ip neigh show proxy').isBlank()
        soon.eventually { assert lines('/run/linkctl/role/eth1-10').first() == 'BACKUP' }

        when:
        becomes('MASTER')

        then:
        soon.eventually { assert lines('/run/linkctl/role/eth1-10').first() == 'MASTER' }
    }
}

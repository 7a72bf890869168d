package org.linkctl.modules.linux.pair

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.modules.Inventories
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout
import spock.lang.Unroll
import spock.util.concurrent.PollingConditions

/** Two routers of a pair and a witness, in namespaces, with keepalived: who serves while the network between them is cut. */
@Timeout(240)
@Requires({ WitnessSpec.possible() })
class WitnessSpec extends Specification {
    static final File INVENTORY = new File(System.getProperty('basedir', '.'), 'src/test/resources/pair/witness.groovy')
    static final List<String> VIPS = ['10.1.0.1', 'fd00:1::1']

    @TempDir
    Path folder
    Bench bench

    def soon = new PollingConditions(timeout: 20, delay: 0.05)

    static boolean possible() {
        def missing = Router.missing()
        if (missing) println "WitnessSpec: no pair was made: $missing"
        missing == null
    }

    def cleanup() {
        bench?.close()
    }

    /** The pair, with lb1 as master and the vote its, and with what becomes of its addresses noted. */
    private void pair(boolean v6) {
        def inventory = folder.resolve('witness.groovy')
        Files.writeString(inventory, v6 ? INVENTORY.text.replace("address: '10.1.0.77')", "address: 'fd00:1::77')") : INVENTORY.text)
        bench = new Bench(folder, Inventories.load(inventory.toFile()), ['eth1'])
        bench.lan.run('ip address add 10.1.0.99/16 dev eth1; ip address add fd00:1::99/64 dev eth1 nodad')
        master(bench.lb1)
        soon.eventually { assert voter() == own(bench.lb1, v6) }
        bench.both.each { it.daemon('addresses', 'ip -ts -o monitor address dev eth1') }
    }

    private static String own(Router router, boolean v6) { (v6 ? 'fd00:1::1' : '10.1.0.1') + router.name[-1] }

    private void master(Router one) {
        def other = bench.both.find { it != one }
        soon.eventually { assert VIPS.every { one.holds(it) && !other.holds(it) } }
    }

    /** Who has the vote; nobody: empty. */
    private String voter() {
        def said = bench.witness.run('nft list table inet linkctl_witness')
        (said =~ /elements = \{ (\S+) timeout/).with { it.find() ? it.group(1) : '' }
    }

    /** When a router was given, or lost, an address: the last time, in seconds. */
    private static BigDecimal moved(Router router, boolean gone, String address = '10.1.0.1') {
        def lines = router.log('addresses').readLines().findAll { it.contains(" $address/") && it.contains('Deleted') == gone }
        def (h, m, s) = (lines.last() =~ /T(\d+):(\d+):([0-9.]+)\]/)[0].tail()
        (h as int) * 3600 + (m as int) * 60 + (s as BigDecimal)
    }

    @Unroll
    def 'cut from each other, the one with the vote serves, and the other one never; witness at #family'() {
        given:
        pair(v6)

        when:
        def pings = new Pings(bench.lan)
        bench.part('eth1')

        then: 'it says why, and is FAULT before it could become master'
        soon.eventually { assert bench.lb2.log('quorum').contains('may not serve') }
        soon.eventually { assert bench.lb2.log('keepalived').contains('Entering FAULT STATE') }
        soon.eventually { assert voter() == own(bench.lb1, v6) }

        when: 'they hear each other again'
        bench.part('eth1', false)

        then:
        soon.eventually { assert bench.lb2.log('keepalived').readLines().last().contains('BACKUP STATE') }
        VIPS.every { bench.lb1.holds(it) }
        bench.lb2.log('addresses').readLines().every { line -> VIPS.every { !line.contains(" $it/") } }
        pings.lost() == [0, 0]

        where:
        family | v6
        'IPv4' | false
        'IPv6' | true
    }

    def 'a master that is cut off from all stops before the other one serves, which is soon'() {
        given:
        pair(false)
        def pings = new Pings(bench.lan)

        when:
        bench.silence(bench.lb1, 'eth1')
        master(bench.lb2)
        def silent = pings.silence()
        println "WitnessSpec: a master that was cut off: silent for $silent s (IPv4, IPv6)"

        then:
        moved(bench.lb1, true) < moved(bench.lb2, false)
        voter() == own(bench.lb2, false)
        silent.every { it < 3 }

        when:
        bench.hear(bench.lb1, 'eth1')

        then: 'the preferred one takes them back'
        master(bench.lb1)
        soon.eventually { assert voter() == own(bench.lb1, false) }
    }

    def 'a host that is alone serves with the witness, and not without'() {
        given:
        pair(false)
        bench.silence(bench.witness, 'eth1')

        when: 'the master is lost while the witness is'
        soon.eventually { assert voter() == '' }
        bench.silence(bench.lb1, 'eth1')

        then: 'each of them is one of three'
        soon.eventually { assert bench.both.every { it.log('quorum').contains('may not serve') } }
        soon.eventually { assert bench.both.every { router -> VIPS.every { !router.holds(it) } } }

        when:
        bench.hear(bench.witness, 'eth1')

        then:
        master(bench.lb2)

        when: 'it is alone again, and somebody says that it may serve'
        bench.silence(bench.witness, 'eth1')
        soon.eventually { assert VIPS.every { !bench.lb2.holds(it) } }
        bench.lb2.kill('quorum', 'TERM')
        bench.lb2.run('echo 0 >/run/linkctl/vrrp/quorum')

        then:
        master(bench.lb2)
    }

    def 'a witness that only answers pings, as while it boots or when its rules were flushed, gives no vote'() {
        given:
        pair(false)
        bench.part('eth1')
        soon.eventually { assert bench.lb2.log('quorum').contains('may not serve') }

        when:
        bench.witness.run('nft flush ruleset')

        then:
        soon.eventually { assert bench.lb1.log('quorum').contains('may not serve') }
        soon.eventually { assert bench.both.every { router -> VIPS.every { !router.holds(it) } } }

        when: 'it has its rules again, who had the vote is not known to it'
        def vote = bench.witness.run('nft -f /etc/linkctl/nftables/witness.nft; nft list table inet linkctl_witness')

        then: 'so nobody has it until that one has stopped'
        vote.contains('elements = { 0.0.0.0 timeout')
        soon.eventually { assert bench.both.count { router -> VIPS.every { router.holds(it) } } == 1 }
    }

    def 'a host without one of its networks serves on the others, and leaves the vote to who has all'() {
        given: 'a second network, whose vip goes with the first one'
        def inventory = folder.resolve('two.groovy')
        Files.writeString(inventory, INVENTORY.text
            .replaceAll(/nic\('eth1', address: \['10.1.0.(\d+)\/16'[^)]*\)/, '$0; nic("eth2", address: "10.2.0.$1/16")')
            .replace("            witness(", "            vip(11, on: 'eth2', address: '10.2.0.1/16', prefer: 'lb1')\n            witness(")
            .replace("'10.1.0.77')", "'10.1.0.77', on: 'eth1')"))
        bench = new Bench(folder, Inventories.load(inventory.toFile()), ['eth1', 'eth2'])
        master(bench.lb1)
        soon.eventually { assert voter() == own(bench.lb1, false) }

        when: 'neither has the second one'
        bench.both.each { bench.pull(it, 'eth2') }
        soon.eventually { assert bench.both.every { !it.holds('10.2.0.1') } }
        soon.eventually { assert voter() == '' }

        then: 'they see each other on the first one'
        bench.lb1.holds('10.1.0.1')
        !bench.lb1.log('quorum').contains('may not serve')

        when: 'and lb1 is alone'
        bench.silence(bench.lb2, 'eth1')

        then: 'it has the vote after a while'
        soon.eventually { assert voter() == own(bench.lb1, false) }
        master(bench.lb1)

        when: 'lb2 has both'
        bench.hear(bench.lb2, 'eth1')
        bench.putBack(bench.lb2, 'eth2')

        then:
        soon.eventually { assert bench.lb2.holds('10.1.0.1') && bench.lb2.holds('10.2.0.1') && !bench.lb1.holds('10.1.0.1') }
    }

    def 'a host that counts in other times than the witness is given no vote'() {
        expect:
        def other = folder.resolve('slower.groovy')
        Files.writeString(other, INVENTORY.text.replace("prefer: 'lb1'", "prefer: 'lb1', interval: 2"))
        def signs = [INVENTORY, other.toFile()].collect { Inventories.load(it) }.collect { Vote.of(it, it.hosts()[0]).get().pattern() }
        signs.toSet().size() == 2
    }

    def 'a master that dies, or gives way, is followed as without a witness'() {
        given:
        pair(false)
        def pings = new Pings(bench.lan)

        when:
        bench.lb1.run('echo 254 >/run/linkctl/vrrp/drain')
        master(bench.lb2)
        soon.eventually { assert voter() == own(bench.lb2, false) }
        bench.lb1.run('echo 0 >/run/linkctl/vrrp/drain')
        master(bench.lb1)
        soon.eventually { assert voter() == own(bench.lb1, false) }

        then:
        pings.lost().every { it <= 1 }

        when: 'with all that it runs'
        pings = new Pings(bench.lan)
        bench.pull(bench.lb1, 'eth1')
        bench.lb1.kill('quorum', 'KILL')
        bench.lb1.kill('keepalived', 'KILL')
        master2()
        def silent = pings.silence()
        println "WitnessSpec: a master that died: silent for $silent s (IPv4, IPv6)"

        then:
        silent.every { it < 3.5 }
        soon.eventually { assert voter() == own(bench.lb2, false) }
    }

    private void master2() {
        soon.eventually { assert VIPS.every { bench.lb2.holds(it) } }
    }
}

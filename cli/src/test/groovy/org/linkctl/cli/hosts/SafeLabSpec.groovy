package org.linkctl.cli.hosts

import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import org.linkctl.lab.Lab
import org.linkctl.lab.Poll
import org.linkctl.lab.TemporaryLab
import org.linkctl.lab.Topologies
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.Tag
import spock.lang.TempDir

/** A change that cuts the way it came by, on a real host: the host goes back by itself, and is what it was. */
@Stepwise
@Tag('lab')
@Requires({ RealHosts.patient('SafeLabSpec, changes that cut the way they came by') })
class SafeLabSpec extends Specification {
    private static final String GOOD = "bond('bond0', mode: LACP, hash: LAYER3_4, members: ['eth1', 'eth2'], address: ['10.2.3.4/24', 'fd00:a::4/64'])"

    /** The host is behind a router of its site, which leads to a LAN that holds the addresses of whoever manages the host. */
    private static final String BEHIND = """$GOOD
        }
        host('a-rt', os: LINUX, ssh: 'ops@nowhere') { nic('eth1', address: '10.2.3.1/24')"""

    private static final String BEYOND = """    site('b', lan: '10.0.2.0/25') {
        host('b-rt', os: LINUX, ssh: 'ops@elsewhere') { nic('eth1', address: '10.0.2.126/25') }
    }
    tunnel('wg0') {
        end('a-rt', port: 5000, address: '10.255.250.1/30')
        end('b-rt', port: 5000, address: '10.255.250.2/30', endpoint: '192.0.2.1')
    }
    route(between: ['a', 'b'], via: ['wg0'])
"""

    /** What linkctl could have changed besides files, and nothing that changes by itself. */
    private static final String STATE = HostFiles.UNITS + '''
        ip -o address | sed 's/valid_lft.*//; s/ tentative//' | sort
        ip -o -d link show | sed -E 's/(qlen|state|ad_num_ports|ad_partner_mac|ad_actor_key|ad_aggregator|ad_partner_key|ad_churn|ad_[a-z_]+|link_failure_count) [^ ]+//g; s/gro_max.*//' | sort
        for f in -4 -6; do ip -o $f route show table all | grep -v 'expires' | sort; ip $f rule; done
        systemctl list-units --no-legend --no-pager --plain --state=active --type=service | awk '{ print $1, $3, $4 }' | grep -vE '^(linkctl-guard-|user@|session|systemd-(tmpfiles|hostnamed|timedated))' | sort
        sysctl -a 2>/dev/null | grep -E '^net\\.' | grep -vE 'nf_conntrack_count|random|generation|gc_|_mem |neigh|stats' | sort
        nft list ruleset
        wg show all endpoints 2>/dev/null; wg show all allowed-ips 2>/dev/null
        true
    '''

    @Shared TemporaryLab temporary
    @Shared Lab lab
    @Shared @TempDir Path folder
    @Shared Path config

    def setupSpec() {
        temporary = Lab.temporary(Topologies.one(2), { println it })
        lab = temporary.lab()
    }

    def cleanupSpec() {
        temporary?.close()
    }

    private Path inventory(String name, String words, String more = '', String attributes = '') {
        def file = folder.resolve("${name}.groovy")
        Files.writeString(file, """fabric('safe') {
    site('a', lan: ['10.2.3.0/24', 'fd00:a::/64']) {
        host('a-gw', os: LINUX, ${attributes}ssh: 'ops@host') {
            $words
        }
    }
$more}
""")
        file
    }

    private Command linkctl(String name, Path inventory, Object... more) {
        Command.run(name, inventory, '-F', lab.sshConfig(), '--color', 'never', '--connect-timeout', RealHosts.time(5), *more)
    }

    private String on(String script) {
        lab.exec('host', script).orThrow()
    }

    /** All files, and all else. */
    private List<String> dump() {
        HostFiles.dump(lab, 'host') + on(STATE).readLines()
    }

    /** What is there now and was not before, and the other way round. */
    private List<String> moved(List<String> before) {
        HostFiles.moved(before, dump())
    }

    /** The same after a restart: what is made at boot gets hardware addresses and addresses of its own choice. */
    private List<String> movedByRestart(List<String> before) {
        def kept = { List<String> lines -> lines.findAll { !(it =~ /link\/ether|fe80:/) } }
        HostFiles.moved(kept(before), kept(dump()), HostFiles.MAY_DIFFER_BY_RESTART)
    }

    private boolean answers() { RealHosts.answers(lab, 'host') }

    def 'a good change is confirmed, and nothing that waits is left'() {
        when:
        def applied = linkctl('apply', inventory('good', GOOD), '--yes', '-v')

        then:
        applied.status == 0
        on('ls /var/lib/linkctl; ls /var/lib/linkctl/runs | wc -l').readLines() == ['guard', 'owned', 'runs', '1']
        // The watcher looks once a second whether it is still needed.
        Poll.until('the watcher is gone', Duration.ofSeconds(10), { on('systemctl list-units --all --no-legend --plain "linkctl-guard*"').empty })
        on('ls /etc/systemd/system/linkctl-guard.service 2>&1 || true').contains('No such file')

        and: 'applied again it writes nothing, and keeps no run'
        linkctl('apply', inventory('good', GOOD), '--yes').sum() == 'Nothing to do: 1 host converged'
        on('ls /var/lib/linkctl/runs | wc -l').strip() == '1'
        linkctl('history', inventory('good', GOOD)).out =~ /confirmed +by \S+ from \S+, .*good\.groovy/
    }

    def 'a change that cuts the way it came by is undone by the host: #what'() {
        given:
        def before = dump()
        def bad = words == BEHIND ? inventory('bad', words, BEYOND, "gateway: 'a-rt', ") : inventory('bad', words)

        when:
        def applied = linkctl('apply', bad, '--yes', '--confirm-within', '20s', '--allow-cut', '--limit', 'a-gw')
        println applied

        then:
        applied.status == 5
        applied.out.contains('ROLLED BACK')
        applied.out.contains('The host is as it was before.')

        and:
        Poll.until('the host answers', Duration.ofSeconds(30), { answers() })
        moved(before) == []

        and:
        linkctl('plan', inventory('good', GOOD)).sum() == 'Nothing to do: 1 host converged'

        where:
        what                                       | words
        'the interface becomes a bond member'      | GOOD.replace("'eth1', 'eth2'", "'eth0', 'eth1', 'eth2'")
        'its gateway’s address becomes its own'    | GOOD + "\n            nic('eth0', address: '10.0.2.2/24')"
        'a far LAN hides the network it came from' | BEHIND
    }

    def 'a host that is restarted in the middle comes up as it was before'() {
        given:
        def before = dump()
        def bad = inventory('bad', GOOD.replace("'eth1', 'eth2'", "'eth0', 'eth1', 'eth2'").replace("'fd00:a::4/64'", "'fd00:a::5/64'"))

        when: 'it is cut off, and crashes before it could go back'
        Command applied = null
        def run = Thread.start { applied = linkctl('apply', bad, '--yes', '--confirm-within', '120s', '--allow-cut') }
        Poll.until('the host is cut off', Duration.ofSeconds(60), { applied != null || !answers() })
        lab.crash('host')
        run.join()
        println applied

        then:
        applied.out.contains('ROLLED BACK')
        Poll.until('the bond is back', Duration.ofSeconds(60), { lab.exec('host', 'ip -br address show bond0').stdout().contains('fd00:a::4/64') })
        movedByRestart(before) == []
        linkctl('plan', inventory('good', GOOD)).sum() == 'Nothing to do: 1 host converged'
    }

    def 'where nobody is left to listen, the next run tells'() {
        given:
        def bad = inventory('bad', GOOD.replace("'eth1', 'eth2'", "'eth0', 'eth1', 'eth2'"))

        when: 'linkctl itself is killed as soon as the host is cut off'
        def java = Path.of(System.getProperty('java.home'), 'bin', 'java').toString()
        def killed = new ProcessBuilder('env', "XDG_STATE_HOME=$folder", java, '-cp', System.getProperty('java.class.path'), 'org.linkctl.cli.Main', 'apply', bad.toString(),
                '-F', lab.sshConfig().toString(), '--yes', '--confirm-within', '10s', '--allow-cut', '-v')
                .redirectErrorStream(true).redirectOutput(folder.resolve('killed').toFile()).start()
        def said = { folder.resolve('killed').toFile().text }
        // The host is back after 10 s: whoever asked it for an answer now might get it late, and see no cut.
        Poll.until('the step that cuts the host off begins', Duration.ofSeconds(120), { !killed.alive || said() =~ /\| \$ ip address delete \S+ dev eth0/ })
        assert killed.alive : said()
        killed.destroyForcibly()
        println said()
        Poll.until('the host has undone it', Duration.ofSeconds(120), { answers() && lab.exec('host', '[ -e /var/lib/linkctl/armed ] || echo undone').stdout().contains('undone') })
        def plan = linkctl('plan', inventory('good', GOOD))

        then:
        plan.err =~ /a-gw: the change of run \S+ by \S+ was rolled back: nobody confirmed it within 10 s/
        plan.sum() == 'Nothing to do: 1 host converged'
    }

    def 'a confirmed change is rolled back by command'() {
        given:
        def before = dump()
        def other = inventory('other', GOOD.replace('LAYER3_4', 'LAYER2').replace("'fd00:a::4/64'", "'fd00:a::5/64'"))

        when:
        def applied = linkctl('apply', other, '--yes', '--allow-cut')
        assert applied.status == 0 : applied
        assert on('cat /sys/class/net/bond0/bonding/xmit_hash_policy').startsWith('layer2 ')
        def rolled = linkctl('rollback', other, '--yes')
        println rolled

        then:
        rolled.status == 0
        moved(before) == []
    }

    def 'what a reboot gives is what apply gave'() {
        given:
        def good = inventory('good', GOOD)
        assert linkctl('apply', good, '--yes').status == 0

        expect:
        NetworkState.differencesAfterReboot(lab, ['host']) { linkctl('plan', good, '--detailed-exitcode') } == []
    }

    def 'two applies at once leave live state and files of one of the two inventories'() {
        given:
        def one = inventory('one', GOOD.replace('LAYER3_4', 'LAYER2'))
        def two = inventory('two', GOOD.replace('LAYER3_4', 'LAYER2_3'))

        expect:
        (1..(RealHosts.patient('eight more times two applies at once') ? 10 : 2)).every {
            List<Command> both = [one, two].collect { file ->
                // A pool with a place for each: the common one has a single thread on a machine of two processors.
                java.util.concurrent.CompletableFuture.supplyAsync({ linkctl('apply', file, '--yes', '--lock-timeout', '60s') }, { Thread.ofPlatform().start(it) })
            }*.join()
            both.each { assert it.status == 0 : it }
            def policy = on('cut -d" " -f1 /sys/class/net/bond0/bonding/xmit_hash_policy').strip()
            def file = on('grep TransmitHashPolicy /etc/systemd/network/10-linkctl-bond0.netdev').strip().split('=')[1]
            policy == file && policy in ['layer2', 'layer2+3']
        }

        and: 'without patience it is said who is there'
        lab.exec('host', 'LINKCTL_SHELL="1 /etc/hostname" sh /var/lib/linkctl/guard lock other "eve since noon from elsewhere"').exit() == 0
        def refused = linkctl('apply', inventory('good', GOOD), '--yes')
        refused.status == 7
        refused.out.contains('LOCKED')
        refused.out.contains('eve since noon from elsewhere')
    }
}

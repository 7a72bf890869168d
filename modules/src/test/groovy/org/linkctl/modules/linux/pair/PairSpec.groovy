package org.linkctl.modules.linux.pair

import java.nio.file.Path
import org.linkctl.modules.Inventories
import org.linkctl.modules.linux.vrrp.VrrpModule
import org.linkctl.modules.shellfile.ShellFile
import org.linkctl.shell.Argv
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout
import spock.lang.Unroll
import spock.util.concurrent.PollingConditions

/** Two routers of a pair and a client, in namespaces, with keepalived and conntrackd: what linkctl puts there, and what it does. */
@Timeout(300)
@Requires({ PairSpec.possible() })
class PairSpec extends Specification {
    static final File INVENTORY = new File(System.getProperty('basedir', '.'), 'src/test/resources/pair/pair.groovy')
    static final List<String> VIPS = ['10.1.0.1', 'fd00:1::1']

    @Shared
    @TempDir
    Path folder
    @Shared
    Bench bench

    def soon = new PollingConditions(timeout: 20, delay: 0.05)

    static boolean possible() {
        def missing = Router.missing()
        if (missing) println "PairSpec: no pair was made: $missing"
        missing == null
    }

    def setupSpec() {
        bench = new Bench(folder, Inventories.load(INVENTORY), ['eth1', 'eth2'])
        lan.run('ip address add 10.1.0.99/16 dev eth1; ip address add fd00:1::99/64 dev eth1 nodad')
    }

    def cleanupSpec() {
        bench?.close()
    }

    private Router getLb1() { bench.lb1 }

    private Router getLb2() { bench.lb2 }

    private Router getLan() { bench.lan }

    private List<Router> getBoth() { bench.both }

    private static void keepalived(Router router) { Bench.keepalived(router) }

    private void master(Router one) {
        def other = both.find { it != one }
        soon.eventually {
            assert VIPS.every { one.holds(it) && !other.holds(it) }
            assert one.attempt('cat /run/linkctl/role/eth1-10').startsWith('MASTER')
            assert other.attempt('cat /run/linkctl/role/eth1-10').startsWith('BACKUP')
        }
    }

    def 'addresses of both families are on one of them; it answers for others, and ran what it is to run'() {
        expect:
        master(lb1)
        lb1.run('ls /run/as-master') && lb2.run('ls /run/as-backup')
        lb1.run('ip neigh show proxy').contains('10.1.0.50 dev eth1 proxy')
        !lb2.run('ip neigh show proxy').contains('10.1.0.50')
        lan.run('ip neigh flush dev eth1; ping -n -q -c 1 -W 1 10.1.0.50 || true; ip neigh show 10.1.0.50').contains(mac(lb1))
    }

    def 'a planned switch loses no ping, and who knew an address by the old master learns the new one'() {
        given:
        master(lb1)
        def pings = new Pings(lan)

        when:
        def left = lb1.run(script('leave.sh'))

        then:
        left == ''
        master(lb2)
        soon.eventually { assert lan.run('ip neigh show 10.1.0.50').contains(mac(lb2)) }

        when:
        lb1.run(script('return.sh'))

        then:
        VIPS.every { lb1.holds(it) }
        master(lb1)
        soon.eventually { assert lan.run('ip neigh show 10.1.0.50').contains(mac(lb1)) }
        pings.lost().every { it <= 1 }
    }

    def 'a switch that nobody follows is taken back'() {
        given:
        master(lb1)
        lb2.kill('keepalived', 'TERM')

        when:
        def said = lb1.attempt(script('leave.sh') + ' || echo status $?')

        then:
        said.contains('nobody else became master of eth1/10.1.0.1 eth1/fd00:1::1') && said.contains('status 1')
        soon.eventually { assert VIPS.every { lb1.holds(it) } }

        cleanup:
        keepalived(lb2)
    }

    def 'what is loaded anew loses no ping'() {
        given:
        master(lb1)
        def pings = new Pings(lan)

        when:
        lb1.run('sed -i "s/advert_int .*/advert_int 0.70/" /etc/keepalived/keepalived.conf; keepalived -t -f /etc/keepalived/keepalived.conf')
        lb1.signal('keepalived', 'HUP')
        soon.eventually { assert lb1.log('keepalived').contains('Reload complete') }

        then:
        pings.lost() == [0, 0]
        VIPS.every { lb1.holds(it) && !lb2.holds(it) }

        cleanup:
        lb1.run('sed -i "s/advert_int .*/advert_int 0.80/" /etc/keepalived/keepalived.conf')
        lb1.signal('keepalived', 'HUP')
    }

    @Unroll
    def 'served again in under 3 s after #what'() {
        given:
        master(lb1)
        def pings = new Pings(lan)

        when:
        lost(this)
        soon.eventually { assert VIPS.every { lb2.holds(it) } }
        def silent = pings.silence()
        println "PairSpec: $what: silent for $silent s (IPv4, IPv6)"

        then:
        silent.every { it < 3 }

        when:
        back(this)

        then:
        master(lb1)

        where:
        what                                       | lost                                                         | back
        'the master was ended'                     | { it.lb1.kill('keepalived', 'TERM') }                        | { keepalived(it.lb1) }
        'the master was killed, and started anew'  | { it.lb1.kill('keepalived', 'KILL'); keepalived(it.lb1) }    | { }
        'its cable was pulled'                     | { it.bench.pull(it.lb1, 'eth1') }                       | { it.bench.putBack(it.lb1, 'eth1') }
        'it went silent'                           | { it.bench.silence(it.lb1, 'eth1') }                   | { it.bench.hear(it.lb1, 'eth1') }
    }

    def 'both are master while they do not see each other; then one, and each does what it is'() {
        given:
        master(lb1)

        when:
        bench.silence(lb2, 'eth1')

        then:
        soon.eventually { assert both.every { router -> VIPS.every { router.holds(it) } } }
        soon.eventually { assert both.every { it.run('ip neigh show proxy').contains('10.1.0.50') } }

        when:
        bench.hear(lb2, 'eth1')

        then:
        master(lb1)
        soon.eventually { assert !lb2.run('ip neigh show proxy').contains('10.1.0.50') }
        soon.eventually { assert lb2.run('ip route show dev lo').isBlank() }
    }

    def 'what nobody told is seen: an address that goes without a word'() {
        given:
        master(lb1)
        both.each { it.run('rm -f /run/as-*') }

        when:
        lb1.run('cp /run/linkctl/role/eth1-10 /run/before; printf "BACKUP\\n" >/run/linkctl/role/eth1-10; echo BACKUP >/run/linkctl/role/eth1-10.role; rm -f /run/linkctl/role/eth1-10.tried')

        then:
        soon.eventually { assert lb1.run('cat /run/linkctl/role/eth1-10') == lb1.run('cat /run/before') }
        lb1.run('ls /run/as-master')
    }

    def 'one that is not the other host is not heard'() {
        given:
        master(lb1)
        def evil = new Router('evil', folder)
        bench.plug(evil, 'eth1')
        evil.run('ip address add 10.1.0.66/16 dev eth1; mkdir -p /run/linkctl/vrrp')
        def conf = lb2.run('cat /etc/keepalived/keepalived.conf')
        evil.folder.resolve('etc/keepalived/keepalived.conf').toFile().text = conf.replaceAll('10.1.0.12', '10.1.0.66').replaceAll('10.1.0.11', '10.1.0.11')
            .replaceAll('priority 240', 'priority 254').replaceAll('(?s)    virtual_ipaddress_excluded .*?}\n', '').replaceAll('(?m)^    notify.*\n', '')

        when:
        keepalived(evil)
        soon.eventually { assert evil.holds('10.1.0.1') }

        then: 'its advertisements are dropped before keepalived reads them'
        VIPS.every { lb1.holds(it) && !lb2.holds(it) }

        cleanup:
        evil?.close()
    }

    def 'the other host knows of a connection, and goes on with it'() {
        given:
        master(lb1)
        lb1.run('nft add table ip t; nft add chain ip t c "{ type filter hook forward priority 0; }"; nft add rule ip t c ct state established accept')
        lb2.run('nft add table ip t; nft add chain ip t c "{ type filter hook forward priority 0; }"; nft add rule ip t c ct state established accept')

        when:
        lb1.run('conntrack -I -p tcp -s 192.0.2.7 -d 192.0.2.8 --sport 1000 --dport 80 --state ESTABLISHED -t 600 -u ASSURED')

        then:
        soon.eventually { assert lb2.attempt('conntrack -L -s 192.0.2.7').contains('dport=80') }

        when: 'the roles change, and the master comes back'
        lb1.run(script('leave.sh'))
        master(lb2)

        then:
        soon.eventually { assert lb2.run('cat /run/linkctl/role/synchronized').strip() == 'MASTER' }
        soon.eventually { assert lb1.run('cat /run/linkctl/role/synchronized').strip() == 'BACKUP' }
        both.every { it.attempt('conntrack -L -s 192.0.2.7').contains('dport=80') }

        when:
        lb1.run(script('return.sh'))

        then:
        master(lb1)
    }

    private static String mac(Router router) {
        (router.run('ip link show eth1') =~ /link\/ether (\S+)/)[0][1]
    }

    /** A step of linkctl's, as the host runs it. */
    private String script(String name) {
        def text = ShellFile.of(VrrpModule, name).text().strip()
        new Argv(['/bin/sh', '-c', text, 'sh', '/run/linkctl/vrrp/drain', '6', 'master'] + VIPS.collect { "eth1/$it".toString() }).render()
    }
}

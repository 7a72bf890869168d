package org.linkctl.modules.linux.pair

import java.nio.file.Path
import java.util.concurrent.TimeUnit
import org.linkctl.modules.Inventories
import org.linkctl.modules.linux.vrrp.KeepalivedConf
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout
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
    Router lb1
    @Shared
    Router lb2
    @Shared
    Router lan
    @Shared
    List<Router> both
    @Shared
    def fabric = Inventories.load(INVENTORY)

    def soon = new PollingConditions(timeout: 20, delay: 0.05)

    static boolean possible() {
        def missing = Router.missing()
        if (missing) println "PairSpec: no pair was made: $missing"
        missing == null
    }

    def setupSpec() {
        lb1 = new Router('lb1', folder)
        lb2 = new Router('lb2', folder)
        lan = new Router('lan', folder)
        both = [lb1, lb2]
        lan.run("""
            ip link add lan type bridge; ip link set lan up
            for port in lb1:$lb1.pid lb2:$lb2.pid; do
                ip link add \${port%:*} type veth peer name eth1 netns \${port#*:}
                ip link set \${port%:*} master lan up
            done
            ip address add 10.1.0.99/16 dev lan; ip address add fd00:1::99/64 dev lan nodad""")
        lb1.run("ip link add eth2 type veth peer name eth2 netns $lb2.pid")
        both.eachWithIndex { router, i ->
            router.run("""
                ip link set eth1 up; ip link set eth2 up
                ip address add 10.1.0.1${i + 1}/16 dev eth1; ip address add fd00:1::1${i + 1}/64 dev eth1 nodad
                ip address add 172.31.255.${i + 1}/30 dev eth2
                sysctl -q -w net.ipv4.ip_forward=1
                mkdir -p /run/linkctl/vrrp""")
            ['linux.role', 'linux.vrrp', 'linux.conntrackd', 'linux.pair-filter'].each { router.put(fabric, it) }
            router.run('nft -f /etc/linkctl/nftables/pair.nft; keepalived -t -f /etc/keepalived/keepalived.conf')
            router.daemon('conntrackd', 'conntrackd -C /etc/linkctl/conntrackd.conf')
            router.daemon('role', '/usr/local/lib/linkctl/role watch')
        }
        both.each { keepalived(it) }
    }

    def cleanupSpec() {
        [lan, lb2, lb1].each { it?.close() }
    }

    private static void keepalived(Router router) {
        router.daemon('keepalived', 'keepalived --dont-fork --log-console -f /etc/keepalived/keepalived.conf')
    }

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
    }
}

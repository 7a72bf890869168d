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
    Router lb1
    @Shared
    Router lb2
    @Shared
    Router cable
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
        cable = new Router('cable', folder)
        lan = new Router('lan', folder)
        both = [lb1, lb2]
        cable.run("""
            sysctl -q -w net.ipv6.conf.default.disable_ipv6=1 net.ipv6.conf.all.disable_ipv6=1
            ip link add br0 type bridge; ip link set br0 up
            for port in lb1:$lb1.pid lb2:$lb2.pid lan:$lan.pid; do
                ip link add \${port%:*} type veth peer name eth1 netns \${port#*:}
                ip link set \${port%:*} master br0 up
            done""")
        lan.run('ip link set eth1 up; ip address add 10.1.0.99/16 dev eth1; ip address add fd00:1::99/64 dev eth1 nodad')
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
        [lan, lb2, lb1, cable].each { it?.close() }
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
        lan.run('ip neigh show 10.1.0.50').contains(mac(lb2))

        when:
        lb1.run(script('return.sh'))

        then:
        VIPS.every { lb1.holds(it) }
        master(lb1)
        lan.run('ip neigh show 10.1.0.50').contains(mac(lb1))
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
        'its cable was pulled'                     | { it.cable.run('ip link set lb1 down') }                       | { it.cable.run('ip link set lb1 up') }
        'it went silent'                           | { it.cable.run('ip link set lb1 nomaster') }                   | { it.cable.run('ip link set lb1 master br0') }
    }

    def 'both are master while they do not see each other; then one, and each does what it is'() {
        given:
        master(lb1)

        when:
        cable.run('ip link set lb2 nomaster')

        then:
        soon.eventually { assert both.every { router -> VIPS.every { router.holds(it) } } }
        soon.eventually { assert both.every { it.run('ip neigh show proxy').contains('10.1.0.50') } }

        when:
        cable.run('ip link set lb2 master br0')

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
        cable.run("ip link add evil type veth peer name eth1 netns $evil.pid; ip link set evil master br0 up")
        evil.run('ip link set eth1 up; ip address add 10.1.0.66/16 dev eth1; mkdir -p /run/linkctl/vrrp')
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

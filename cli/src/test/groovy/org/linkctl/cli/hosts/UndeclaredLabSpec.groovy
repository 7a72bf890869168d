package org.linkctl.cli.hosts

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.lab.Lab
import org.linkctl.lab.TemporaryLab
import org.linkctl.lab.Topologies
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.Tag
import spock.lang.TempDir

/** A system is declared piece by piece and taken out of the inventory piece by piece: each time the host is what it was. */
@Stepwise
@Tag('lab')
@Requires({ RealHosts.patient('UndeclaredLabSpec, a system that goes piece by piece as it came') })
class UndeclaredLabSpec extends Specification {
    static final List<String> HOSTS = ['a-gw', 'b-gw']

    /** What is declared besides what was declared before: words of a-gw, of b-gw, and of the fabric. */
    static final List<List<String>> PIECES = [
        ["sysctl('net.ipv4.tcp_congestion_control', 'bbr')", '', ''],
        ["bond('bond0', mode: LACP, hash: LAYER3_4, miimon: 100, members: ['eth1', 'eth2', 'eth3'], address: '10.2.3.4/24')", "nic('eth1', address: '10.5.6.7/24')", ''],
        ['', '', "tunnel('wg0', keepalive: 10, psk: true) { end('a-gw', port: 5000, address: '10.255.250.2/28'); end('b-gw', port: 5000, address: '10.255.250.1/28', endpoint: '203.0.113.1') }"],
        ['', '', "tunnel('wg1', keepalive: 10) { end('a-gw', port: 5001, address: '10.255.251.2/28'); end('b-gw', port: 5001, address: '10.255.251.1/28', endpoint: '203.0.113.1') }"],
        ['', '', "route(between: ['a', 'b'], via: ['wg0', 'wg1'], hash: L4, failover: WATCH)"],
        ['', '''nic('eth2')
            firewall(limits: [states: 60_000]) {
                table('few', addresses: ['192.0.2.0/24', '2001:db8:9::/48'])
                allow(inbound: 'eth1', proto: TCP, port: 8080, from: '<few>')
                nat(outbound: 'eth2', from: '10.5.6.0/24')
                redirect(inbound: 'eth1', proto: TCP, address: '10.5.6.7', port: 8081, to: '10.5.6.9', toPort: 80)
            }''', ''],
        ['', '', '''hub('wg9', on: 'b-gw', port: 5900, address: '10.99.9.1/24', endpoint: '203.0.113.1', keepalive: 25) { spoke('a-gw', address: '10.99.9.2/24') }
    publish('web', on: 'b-gw', address: '10.5.6.7', tcp: 8090, to: ['a-gw'], masquerade: false)'''],
        ['''file('/etc/lab/one/kept.conf', text: 'one\\n', mode: '0640'); file('/etc/issue.net', text: 'made by linkctl\\n')
            user('netops', keys: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g netops@admin.example', groups: 'adm', sudo: true)
            timer('tick', every: '6h', run: ['/bin/true'])
            sshd(maxAuthTries: 12)''', '', ''],
    ]

    /** What linkctl could have changed besides files, and nothing that changes by itself. */
    static final String STATE = HostFiles.UNITS + '''
        find /run/linkctl -xdev \\( -type f -o -type l \\) -printf '%p %m %u %g %l\\n' 2>/dev/null | sort
        ip -o address | grep -v ' fe80::' | sed -E 's/^[0-9]+: //; s/valid_lft.*//; s/ tentative//' | sort
        ip -o link show | sed -E 's/^[0-9]+: //; s/,(UP|LOWER_UP)//g; s/(qlen|qdisc|state|link\\/ether) [^ ]+//g' | sort
        for f in -4 -6; do ip -o $f route show table all | grep -vE 'expires|fe80::|ff00::/8' | sort; ip $f rule; done
        systemctl list-units --no-legend --no-pager --plain --state=active --type=service | awk '{ print $1, $3, $4 }' | grep -vE '^(linkctl-guard-|user@|session|systemd-(tmpfiles|hostnamed|timedated))' | sort
        sysctl -a 2>/dev/null | grep -E '^net\\.' | grep -vE 'nf_conntrack_count|random|generation|gc_|_mem |neigh|stats|tcp_available_ulp|tcp_(allowed|available)_congestion_control|conf.eth[0-9].(promote_secondaries|accept_ra|addr_gen_mode)' | sort
        nft list ruleset
        wg show all allowed-ips 2>/dev/null | tr '\\t ' '\\n\\n' | sort
        true
    '''

    /** What stays when something is no longer declared. Keys are looked at apart. */
    static final Map<String, String> MAY_DIFFER = HostFiles.MAY_DIFFER + [
        '/etc/wireguard/[^/]*\\.key': 'private keys, which only --purge-keys removes',
        '/var/lib/linkctl/owned(/.*)?': 'what linkctl owns: those keys',
        '/usr/local/lib/linkctl': 'the folder of what it made, which is empty then',
        '/etc/((passwd|group|g?shadow|sub[ug]id)-|\\.pwd\\.lock)': 'what useradd(8) and userdel(8) keep of what was before',
        '/var/lib/linkctl/users(/.*)?': 'the number of an account whose home stays',
        '/var/lib/linkctl/kept': 'the folder of files that were replaced, which is empty then'
    ]

    @Shared TemporaryLab temporary
    @Shared Lab lab
    @Shared @TempDir Path folder
    /** By how many pieces were declared, what each host was then. */
    @Shared Map<Integer, Map<String, List<String>>> was = [:]

    def setupSpec() {
        temporary = Lab.temporary(Topologies.twoSites(3, Topologies.Nat.SITE_A), { println it })
        lab = temporary.lab()
        HOSTS.each { host ->
            // Packages stay; so they are there from the beginning, and with them what their installation changes.
            on(host, 'apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends wireguard-tools nftables iputils-ping iperf3 ifenslave conntrack sudo')
            on(host, '''
                umask 077
                wg genkey >/etc/wireguard/hand0.private
                printf '[Interface]\\nListenPort = 51999\\nPrivateKey = %s\\nAddress = 10.99.0.1/24\\n' "$(cat /etc/wireguard/hand0.private)" >/etc/wireguard/hand0.conf
                systemctl enable --now wg-quick@hand0.service
                echo 'net.ipv4.tcp_sack = 0' >/etc/sysctl.d/60-hand.conf
                sysctl -q -w net.ipv4.tcp_sack=0
                # Its parameters stay once anybody has had it loaded.
                echo nf_conntrack >/etc/modules-load.d/hand.conf
                modprobe nf_conntrack
            ''')
        }
    }

    def cleanupSpec() {
        temporary?.close()
    }

    private Path declaring(int pieces) {
        def some = PIECES.take(pieces)
        Files.writeString(folder.resolve('undeclared.groovy'), """fabric('undeclared') {
    site('a', lan: '10.2.3.0/24') { host('a-gw', os: LINUX, ssh: 'ops@a-gw') { ${some*.get(0).findAll().join('; ')} } }
    site('b', lan: '10.5.6.0/24') { host('b-gw', os: LINUX, ssh: 'ops@b-gw') { ${some*.get(1).findAll().join('; ')} } }
    ${some*.get(2).findAll().join('\n    ')}
}
""")
    }

    private Command linkctl(String name, Path inventory, Object... more) {
        Command.run(name, inventory, '-F', lab.sshConfig(), '--color', 'never', *more)
    }

    private String on(String host, String script) {
        lab.exec(host, script).orThrow()
    }

    private Map<String, List<String>> now() {
        HOSTS.collectEntries { [it, HostFiles.dump(lab, it) + on(it, STATE).readLines()] }
    }

    private static List<String> moved(Map<String, List<String>> before, Map<String, List<String>> now) {
        HOSTS.collectMany { host ->
            HostFiles.moved(before[host], now[host], MAY_DIFFER).collect { "$host $it".toString() }
        }
    }

    private boolean handMadeStands() {
        HOSTS.every { on(it, 'systemctl is-active wg-quick@hand0; wg show hand0 listen-port; cat /proc/sys/net/ipv4/tcp_sack').readLines() == ['active', '51999', '0'] }
    }

    def 'piece by piece it is made, and a second apply writes nothing: #pieces'() {
        given:
        was[pieces - 1] = now()

        when:
        def applied = linkctl('apply', declaring(pieces), '--yes', '--allow-cut')
        println applied

        then:
        applied.status == 0
        linkctl('plan', declaring(pieces), '--detailed-exitcode').status == 0
        on('a-gw', 'stat -c %a /var/lib/linkctl/owned/undeclared').strip() == '600'

        where:
        pieces << (1..PIECES.size())
    }

    def 'what reboots give is what apply gave'() {
        when:
        def differ = NetworkState.differencesAfterReboot(lab, HOSTS) { linkctl('plan', declaring(PIECES.size()), '--detailed-exitcode') }

        then:
        differ == []
        handMadeStands()
    }

    def 'piece by piece it goes, and nothing of it is left: #pieces'() {
        given:
        def inventory = declaring(pieces)

        when:
        def plan = linkctl('plan', inventory, '--detailed-exitcode')
        def applied = linkctl('apply', inventory, '--yes', '--allow-cut')
        println applied

        then:
        plan.status == 2
        plan.out.contains('linkctl.owned[given up]')
        applied.status == 0
        List<String> differs = moved(was[pieces], now())
        differs == []
        handMadeStands()
        linkctl('plan', inventory, '--detailed-exitcode').status == 0

        where:
        pieces << (PIECES.size() - 1..0)
    }

    def 'keys stay until they are purged, and the hand-made one always'() {
        expect:
        on('a-gw', 'ls /etc/wireguard').readLines() == ['hand0.conf', 'hand0.private', 'wg0.key', 'wg1.key', 'wg9.key']

        when:
        def purged = linkctl('apply', declaring(0), '--yes', '--purge-keys')

        then:
        purged.status == 0
        on('a-gw', 'ls /etc/wireguard; ls /var/lib/linkctl/owned').readLines() == ['hand0.conf', 'hand0.private']
    }

    def 'all at once: a host is left'() {
        given:
        def before = now()
        assert linkctl('apply', declaring(PIECES.size()), '--yes').status == 0

        when:
        def gone = Command.run('forget', 'a-gw', declaring(0), '-F', lab.sshConfig(), '--color', 'never', '--destroy', '--purge-keys', '--yes')
        println gone

        then:
        gone.status == 0
        HostFiles.moved(before['a-gw'], now()['a-gw'], MAY_DIFFER) == []
        handMadeStands()
    }

    def 'a tunnel that somebody made by hand is taken over, which is said'() {
        given:
        on('a-gw', 'cp /etc/wireguard/hand0.conf /etc/wireguard/wg0.conf; sed -i s/51999/5000/ /etc/wireguard/wg0.conf')

        when:
        def plan = linkctl('plan', declaring(3), '--limit', 'a-gw')

        then:
        plan.out.contains('! takes over /etc/wireguard/wg0.conf, which linkctl did not make')
        plan.out.count('! takes over') == 1
    }
}

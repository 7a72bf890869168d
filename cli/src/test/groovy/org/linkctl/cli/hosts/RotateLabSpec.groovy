package org.linkctl.cli.hosts

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.security.SecureRandom
import org.linkctl.lab.Lab
import org.linkctl.lab.TemporaryLab
import org.linkctl.lab.Topologies
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.Tag
import spock.lang.TempDir

/** Keys on real hosts: given, changed, made anew; pings go over each tunnel, or over the route, all the while. */
@Stepwise
@Tag('lab')
@Requires({ RealHosts.patient('RotateLabSpec, keys made anew under pings') })
class RotateLabSpec extends Specification {
    /** A session is refused 180 s after its handshake (REJECT_AFTER_TIME): longer than that, and it has been made anew. */
    private static final int BEYOND_A_SESSION = 200

    @Shared TemporaryLab temporary
    @Shared Lab lab
    @Shared @TempDir Path folder
    @Shared Path inventory
    @Shared Path secret

    def setupSpec() {
        temporary = Lab.temporary(Topologies.twoSites(3, Topologies.Nat.SITE_A), { println it })
        lab = temporary.lab()
        inventory = folder.resolve('rotate.groovy')
        String text = Files.readString(Path.of('../inventories/ecmp.groovy'))
                .replace('admin@192.0.2.10', 'ops@a-gw').replace('admin@192.0.2.11', 'ops@a-app')
                .replace('admin@203.0.113.1', 'ops@b-gw')
                .replace("['eno1', 'eno2', 'eno3']", "['eth1', 'eth2', 'eth3']")
        text = text.replaceFirst(/tunnel\('wg0'/, "tunnel('wg0', psk: secret('vpn/ab')").replaceFirst(/tunnel\('wg1'/, "tunnel('wg1', psk: true")
        assert text.contains("secret('vpn/ab')") && text.contains('psk: true')
        Files.writeString(inventory, text)
        Files.writeString(folder.resolve('linkctl.yaml'), 'secrets: [file: secrets]\n')
        secret = Files.createDirectories(folder.resolve('secrets/vpn')).resolve('ab')
    }

    def cleanupSpec() {
        temporary?.close()
    }

    private String on(String host, String script) {
        lab.exec(host, script).orThrow()
    }

    /** A new key, as wg(8) makes them: 32 bytes of chance, in base64. */
    private String says() {
        byte[] bytes = new byte[32]
        new SecureRandom().nextBytes(bytes)
        String key = bytes.encodeBase64()
        Files.writeString(secret, "$key\n")
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString('rw-------'))
        key
    }

    private Command linkctl(String name, Object... more) {
        Command.run(name, inventory, '-F', lab.sshConfig(), '--color', 'never', '-vv', '--connect-timeout', '60s', *more)
    }

    /** The far end's address in a tunnel, from its own configuration. */
    private String far(String tunnel) {
        on('b-gw', "ip -4 -o addr show dev $tunnel").find(/inet ([0-9.]+)\//) { all, address -> address }
    }

    private void pings() {
        ['wg0', 'wg1'].each { on('a-gw', "setsid ping -i 0.2 -W 1 ${far(it)} >/run/ping.$it 2>&1 </dev/null & echo \$! >/run/ping.${it}.pid") }
    }

    /** Packets that were sent and never answered, by tunnel. */
    private Map<String, Integer> lost() {
        ['wg0', 'wg1'].collectEntries { tunnel ->
            on('a-gw', "kill -INT \$(cat /run/ping.${tunnel}.pid); sleep 2")
            def counted = on('a-gw', "cat /run/ping.$tunnel") =~ /(\d+) packets transmitted, (\d+) received/
            assert counted.find()
            assert (counted.group(1) as int) > 100
            [tunnel, (counted.group(1) as int) - (counted.group(2) as int)]
        }
    }

    private Map<String, String> inKernel(String tunnel) {
        ['a-gw', 'b-gw'].collectEntries { [it, on(it, "wg show $tunnel preshared-keys").strip().split(/\s+/)[1]] }
    }

    def 'a given key comes into the kernels of both ends, and nowhere else'() {
        given:
        says()

        when:
        def first = linkctl('apply', '--yes')
        String key = says()
        def second = linkctl('apply', '--yes')

        then:
        first.status == 0
        second.status == 0
        inKernel('wg0').values().toSet() == [key] as Set
        inKernel('wg1').values().toSet().size() == 1
        !"$first$second".contains(key)
        ['a-gw', 'b-gw'].every { on(it, 'stat -c "%a %U" /etc/wireguard/*.psk').readLines().every { line -> line == '600 root' } }
        ['a-gw', 'b-gw'].every { on(it, "grep -rl '$key' /etc /var/lib /var/log /run /tmp 2>/dev/null || true").readLines().every { file -> file == '/etc/wireguard/wg0.psk' || file.startsWith('/var/lib/linkctl/runs/') } }
        linkctl('apply', '--yes').sum() == 'Nothing to do: 3 hosts converged'
    }

    /** Of each end the public key it runs with, the peer it knows, and the private key in its file. */
    private Map<String, List<String>> keys() {
        ['a-gw', 'b-gw'].collectMany { host -> ['wg0', 'wg1'].collect { [host, it] } }.collectEntries { host, tunnel ->
            ["$host $tunnel".toString(), on(host, "wg show $tunnel public-key; wg show $tunnel peers; cat /etc/wireguard/${tunnel}.key; wg pubkey </etc/wireguard/${tunnel}.key").readLines()]
        }
    }

    private static boolean fit(Map<String, List<String>> keys) {
        ['wg0', 'wg1'].every { keys["a-gw $it".toString()][0] == keys["b-gw $it".toString()][1] && keys["b-gw $it".toString()][0] == keys["a-gw $it".toString()][1] } &&
                keys.values().every { it[0] == it[3] && it.size() == 4 }
    }

    private static final List<List<String>> LAN_PINGS = [['a-app', '10.2.3.6'], ['a-gw', '10.2.3.4']]

    def 'new private keys at both ends of each tunnel: no packet over the route is lost, and no key leaves its host'() {
        given:
        def before = keys()
        LAN_PINGS.each { host, from -> on(host, "setsid ping -i 0.1 -W 1 -I $from 10.5.6.7 >/run/lanping 2>&1 </dev/null & echo \$! >/run/lanping.pid") }

        when:
        def plan = linkctl('plan', '--rotate-key', 'wg0,wg1')
        def applied = linkctl('apply', '--yes', '--rotate-key', 'wg0,wg1')
        def after = keys()
        def counted = LAN_PINGS.collect { host, from -> on(host, 'kill -INT $(cat /run/lanping.pid); sleep 2; grep transmitted /run/lanping') }
        println counted

        then:
        fit(before)
        plan.out.contains('2. wg0 at a-gw, b-gw: taken out of the routes, changed, seen to work, put back\n  3. wg1')
        !plan.out.contains('cuts traffic')
        applied.status == 0
        fit(after)
        before.keySet().every { before[it][0] != after[it][0] && before[it][2] != after[it][2] }

        and:
        counted.every { it =~ /(\d+) packets transmitted, \1 received/ }
        linkctl('verify').status == 0
        linkctl('plan').sum() == 'Nothing to do: 3 hosts converged'

        and:
        (before + after).every { end, four -> !"$plan$applied".contains(four[2]) }
        after.every { end, four ->
            def (String host, String tunnel) = end.split(' ').toList()
            on(host == 'a-gw' ? 'b-gw' : 'a-gw', "grep -rlF '${four[2]}' /etc /var /run /tmp 2>/dev/null || true").empty &&
                    on(host, "stat -c '%a %U' /etc/wireguard/${tunnel}.key").strip() == '600 root'
        }
    }

    def 'both kinds are rotated, and no packet is lost, beyond the end of the session either'() {
        given:
        def before = [wg0: inKernel('wg0'), wg1: inKernel('wg1')]
        pings()
        String key = says()

        when:
        def applied = linkctl('apply', '--yes', '--rotate-psk', 'wg1')
        def after = [wg0: inKernel('wg0'), wg1: inKernel('wg1')]
        sleep(BEYOND_A_SESSION * 1000)

        then:
        applied.status == 0
        (applied.out =~ /wg0 preshared-key: \(secret [0-9a-f]{8}\) -> \(secret [0-9a-f]{8}\)/).find()
        after.wg0.values().toSet() == [key] as Set
        after.wg1.values().toSet().size() == 1
        after.wg1['a-gw'] != before.wg1['a-gw']
        lost() == [wg0: 0, wg1: 0]
        linkctl('verify').status == 0
    }

    def 'the playbooks do it as well, and drill a failover'() {
        given:
        def before = inKernel('wg1')

        when:
        def rotated = playbook('rotate-psk', '-e', 'tunnels=wg1')
        def after = inKernel('wg1')
        def drilled = playbook('failover-drill', '-e', 'tunnel=wg1', '-e', 'most=600')

        then:
        rotated.status == 0
        after.values().toSet().size() == 1
        after['a-gw'] != before['a-gw']
        drilled.status == 0
    }

    def 'what reboots give is what apply gave'() {
        expect:
        NetworkState.differencesAfterReboot(lab, ['a-gw', 'a-app', 'b-gw']) { linkctl('plan', '--detailed-exitcode') } == []
    }

    private Command playbook(String name, String... more) {
        def run = Command.run('run', Path.of('../playbooks', "${name}.groovy"), inventory, '--yes', '-F', lab.sshConfig(), '--color', 'never', '--connect-timeout', '60s', *more)
        println run
        run
    }

    def 'one end alone is left as it is'() {
        given:
        def before = inKernel('wg0')
        def files = HostFiles.of(lab, ['a-gw', 'b-gw'])
        says()

        when:
        def alone = linkctl('apply', '--yes', '--limit', 'a-gw')

        then:
        alone.status == 5
        alone.out.replaceAll(/\s+/, ' ').contains('b-gw, which has to change in the same run')
        inKernel('wg0') == before
        HostFiles.movedOf(files, HostFiles.of(lab, files.keySet())) == []
    }
}

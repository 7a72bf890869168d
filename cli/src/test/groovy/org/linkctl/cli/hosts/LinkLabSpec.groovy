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

/** The system of inventories/ecmp.groovy on real hosts: made, left alone, damaged, mended, rebooted, measured. */
@Stepwise
@Tag('lab')
@Requires({ RealHosts.patient('LinkLabSpec, a link from bare hosts to a reboot') })
class LinkLabSpec extends Specification {
    private static final double PORT_RATE = 4

    /** What goes beside the inventory's IPv4, where a feature asks for both families. */
    private static final Map<String, String> SIXTH = [
        '10.2.3.0': 'fd00:a::/64', '10.2.3.4': 'fd00:a::4/64', '10.5.6.0': 'fd00:b::/64', '10.5.6.7': 'fd00:b::7/64',
        '10.255.254.2': 'fd00:ff:0::2/64', '10.255.254.1': 'fd00:ff:0::1/64', '10.255.253.2': 'fd00:ff:1::2/64', '10.255.253.1': 'fd00:ff:1::1/64'
    ]

    @Shared TemporaryLab temporary
    @Shared Lab lab
    @Shared @TempDir Path folder
    @Shared Path inventory

    def setupSpec() {
        temporary = Lab.temporary(Topologies.twoSites(3, Topologies.Nat.SITE_A), { println it })
        lab = temporary.lab()
        inventory = folder.resolve('ecmp.groovy')
        // The file as it is, with these hosts' names for its own.
        Files.writeString(inventory, Files.readString(Path.of('../inventories/ecmp.groovy'))
                .replace('admin@192.0.2.10', 'ops@a-gw').replace('admin@192.0.2.11', 'ops@a-app')
                .replace('admin@203.0.113.1', 'ops@b-gw')
                .replace("['eno1', 'eno2', 'eno3']", "['eth1', 'eth2', 'eth3']"))
    }

    def cleanupSpec() {
        temporary?.close()
    }

    private Command linkctl(String name, Object... more) {
        Command.run(name, inventory, '-F', lab.sshConfig(), '--color', 'never', *more)
    }

    private String on(String host, String script) {
        lab.exec(host, script).orThrow()
    }

    /** Files of the system that are newer than the mark, on every host that the inventory names. */
    private List<String> written() {
        ['a-gw', 'a-app', 'b-gw'].collectMany { host ->
            on(host, 'find /etc /usr /var/lib /boot /opt /srv -newer /run/mark ! -type d ! -path "/var/lib/systemd/*"')
                    .readLines().collect { "$host:$it".toString() }
        }
    }

    private void mark() {
        ['a-gw', 'a-app', 'b-gw'].each { on(it, 'touch /run/mark') }
    }

    /** The commands of -v, host by host: what was run to change something. */
    private static List<String> changing(Command command) {
        command.err.readLines().findAll { it ==~ /.*\| \$ .*/ }
    }

    def 'one apply takes bare hosts there'() {
        when:
        mark()
        def applied = linkctl('apply', '--yes', '-vv')

        then:
        applied.status == 0
        applied.sum() == 'Apply: 3 of 3 hosts converged (3 changed)'
        changing(applied).size() > 50
        written().any { it == 'a-gw:/etc/wireguard/wg0.conf' }

        and: 'the key is nobody else’s to read, and in no configuration'
        on('a-gw', 'stat -c "%a %U" /etc/wireguard/*.key /etc/wireguard/*.conf').readLines().every { it == '600 root' }
        !on('a-gw', 'cat /etc/wireguard/*.conf').contains('PrivateKey')
    }

    def 'a second apply runs no command that writes'() {
        given:
        mark()

        when:
        def again = linkctl('apply', '--yes', '-vv')

        then:
        again.status == 0
        again.sum() == 'Nothing to do: 3 hosts converged'
        changing(again) == []
        written() == []
    }

    def 'the declared ports share a member, which is said with a port that would not'() {
        when:
        def plan = linkctl('plan', '--detailed-exitcode')
        def hint = (plan.err + plan.out) =~ /port (\d+) instead of 5001 on b-gw for 'wg1' would leave by another/

        then:
        plan.status == 0
        members(plan).values().toSet().size() == 1
        hint.find()

        when: 'that port is taken'
        String end = "end('b-gw', port: 5001"
        assert Files.readString(inventory).contains(end)
        Files.writeString(inventory, Files.readString(inventory).replace(end, "end('b-gw', port: ${hint.group(1)}"))
        def moved = linkctl('apply', '--yes')

        then: 'only that tunnel is touched'
        moved.status == 0
        moved.out.contains('wg1')
        !(moved.out =~ /(?m)^  linux\.wireguard\[wg0]$/)
        members(linkctl('plan')).values().toSet().size() == 2
    }

    /** Tunnel to member, as the plan's table has it. */
    private static Map<String, String> members(Command plan) {
        plan.out.findAll(/(?m)^  a-gw +bond0 +(\S+) +(wg.*)$/) { all, member, tunnels -> tunnels.split(', ').collectEntries { [it, member] } }
                .inject([:]) { known, more -> known + more }
    }

    def 'all of it is in health'() {
        when:
        def verify = linkctl('verify')

        then:
        verify.status == 0
        verify.sum() == 'Verify: 3 of 3 hosts in health'
        verify.out.readLines().any { it =~ /good +wg1 handshake/ }
        verify.out.readLines().any { it =~ /good +bond0 LACP +partner/ }
    }

    def 'two tunnels carry nearly twice what one does, both ways, each by the member that was predicted'() {
        given:
        (1..3).each { lab.wires().shape('a-gw', "eth$it", PORT_RATE) }

        when: 'a machine that stands still for seconds may spoil two measurements'
        def verify
        def trials
        (1..3).any {
            verify = linkctl('verify', '--throughput', '--json')
            trials = verify.json().get('throughput')
            println trials == null ? verify : trials.toPrettyString()
            verify.status == 0 && trials.every { it.get('times').asDouble() >= 1.9 }
        }

        then:
        verify.status == 0
        trials.size() == 2
        trials.every { it.get('times').asDouble() >= 1.9 }
        def tunnels = trials.find { it.get('from').asText() == 'a-gw' }.get('tunnels')
        tunnels.every { it.get('leavesBy').asText() == it.get('expectedBy').asText() }
        tunnels*.get('leavesBy')*.asText().toSet().size() == 2

        cleanup:
        (1..3).each { lab.wires().shape('a-gw', "eth$it", 0) }
    }

    /**
     * Something that somebody did by hand.
     *
     * @param shown how the plan tells of it
     * @param mended succeeds when it is undone
     */
    static record Damage(String what, String host, String damage, String shown, String mended) {}

    private static Damage damage(String what, String host, String damage, def shown, String mended) {
        new Damage(what, host, damage, shown.toString(), mended)
    }

    private static final List<Damage> APART = [
        damage('a nexthop deleted', 'a-gw',
                'ip route replace 10.5.6.0/24 proto 210 src 10.2.3.4 nexthop dev wg0',
                /(?s)route 10\.5\.6\.0\/24.*(nexthop dev wg1|nhid [0-9]+)/,
                'ip route show 10.5.6.0/24 | grep -c nexthop | grep -x 2'),
        damage('the hash policy changed', 'a-gw',
                'echo layer2 >/sys/class/net/bond0/bonding/xmit_hash_policy',
                /xmit_hash_policy: layer2 -> layer3\+4/,
                'grep layer3+4 /sys/class/net/bond0/bonding/xmit_hash_policy'),
        damage('a conf edited', 'b-gw',
                'sed -i "s/^PersistentKeepalive.*/PersistentKeepalive = 99/" /etc/wireguard/wg0.conf',
                /(?s)wg0\.conf.*-PersistentKeepalive = 99.*\+PersistentKeepalive = 10/,
                'grep "^PersistentKeepalive = 10$" /etc/wireguard/wg0.conf'),
        damage('a service disabled', 'b-gw',
                'systemctl -q disable wg-quick@wg0',
                /wg-quick@wg0\.service at boot: disabled -> enabled/,
                'systemctl is-enabled wg-quick@wg0'),
        damage('a route deleted', 'a-app',
                'ip route delete 10.5.6.0/24',
                /route 10\.5\.6\.0\/24: via 10\.2\.3\.4/,
                'ip route show 10.5.6.0/24 | grep 10.2.3.4'),
        damage('a sysctl changed', 'b-gw',
                'sysctl -qw net.ipv4.fib_multipath_hash_policy=0',
                /net\.ipv4\.fib_multipath_hash_policy: 0 -> 1/,
                'sysctl -n net.ipv4.fib_multipath_hash_policy | grep 1'),
        damage('a peer changed live', 'a-gw',
                'wg set wg0 peer $(wg show wg0 peers) persistent-keepalive 77',
                /wg0 .*keepalive.*77.*10/,
                'wg show wg0 persistent-keepalive | grep -w 10'),
        damage('a member taken out', 'a-gw',
                'ip link set eth2 nomaster',
                /bond0.*eth2/,
                'grep -w eth2 /sys/class/net/bond0/bonding/slaves')
    ]

    def 'damage done by hand: #what'() {
        given:
        damages.each { on(it.host(), "set -e; ${it.damage()}") }

        when:
        def plan = linkctl('plan', '--diff', '--detailed-exitcode')

        then: 'is shown, each'
        plan.status == 2
        damages.every { plan.out =~ it.shown() }

        when:
        def apply = linkctl('apply', '--yes')

        then: 'and mended by apply alone'
        apply.status == 0
        apply.sum().startsWith('Apply: 3 of 3 hosts converged')
        damages.every { on(it.host(), it.mended()) }

        where:
        damages << [APART, [
            damage('a service stopped', 'b-gw',
                'systemctl stop wg-quick@wg1',
                /wg-quick@wg1\.service: inactive -> active/,
                'systemctl is-active wg-quick@wg1 && wg show wg1 peers | grep . && ip route show 10.2.3.0/24 | grep wg1'),
            damage('an address dropped', 'a-gw',
                'ip address delete 10.2.3.4/24 dev bond0',
                /bond0 10\.2\.3\.4\/24: present/,
                'ip -4 address show dev bond0 | grep 10.2.3.4/24 && ip route show 10.5.6.0/24 | grep 10.2.3.4')
        ]]
        what = damages*.what().join(', ')
    }

    def 'a tunnel that falls silent leaves the route, and comes back when it speaks again'() {
        given: 'the same links with IPv6, watched'
        Files.writeString(inventory, Files.readString(inventory).replace('hash: L4', 'hash: L4, failover: WATCH')
                .replaceAll(/'(10\.(?:2\.3|5\.6|255\.25\d)\.\d+)\/(\d+)'/) { all, v4, length -> "['$v4/$length', '${SIXTH[v4]}']" })
        def applied = linkctl('apply', '--yes')
        assert applied.status == 0 : applied
        def paths = { on('a-gw', 'ip route show 10.5.6.0/24; ip -6 route show fd00:b::/64') }
        def both = { String name -> paths().findAll("dev $name ").size() == 2 }
        assert both('wg0') && both('wg1')
        def port = on('a-gw', "wg show wg1 endpoints").strip().split(':')[-1]

        when: 'what b-gw gets of one tunnel is dropped, by something that linkctl does not look at'
        on('b-gw', "tc qdisc add dev eth2 clsact; tc filter add dev eth2 ingress protocol ip flower ip_proto udp dst_port $port action drop")
        long cut = System.nanoTime()
        Poll.until('one path is left', Duration.ofSeconds(60), { !paths().contains('wg1') && both('wg0') })
        println "a silent tunnel left the route after ${(System.nanoTime() - cut).intdiv(1_000_000)} ms"

        then: 'whoever would be sent over it goes over the other'
        ['10.2.3.6', 'fd00:a::6'].every { on('sw', "ip netns exec b-app ping -c 4 -i 0.2 -W 5 $it").contains(' 0% packet loss') }

        when:
        on('b-gw', 'tc qdisc del dev eth2 clsact')
        cut = System.nanoTime()
        Poll.until('both paths are back', Duration.ofSeconds(90), { both('wg0') && both('wg1') })
        println "it was back after ${(System.nanoTime() - cut).intdiv(1_000_000)} ms"

        then:
        linkctl('plan', '--detailed-exitcode').status == 0
    }

    def 'what reboots give is what apply gave, and the traffic flows'() {
        when: 'in the kernel too: links and their addresses, routes, rules, parameters'
        def differ = NetworkState.differencesAfterReboot(lab, ['a-gw', 'a-app', 'b-gw']) { linkctl('plan', '--detailed-exitcode') }

        then:
        differ == []
        linkctl('plan').sum() == 'Nothing to do: 3 hosts converged'

        and: 'the bond has its first member’s own address'
        on('a-gw', 'cat /sys/class/net/bond0/address') == on('a-gw', "ip -j -d link show eth1 | grep -o '\"perm_hwaddr\":\"[^\"]*' | cut -d'\"' -f4")

        and: 'as soon as a-app has found its gateway again'
        ['10.2.3.6', 'fd00:a::6'].each { address ->
            Poll.until("$address answers", Duration.ofSeconds(30), { lab.exec('sw', "ip netns exec b-app ping -c 1 -W 2 $address").exit() == 0 })
        }
        ['10.2.3.6', 'fd00:a::6'].every { on('sw', "ip netns exec b-app ping -c 5 -i 0.2 -W 5 $it").contains(' 0% packet loss') }
        on('a-gw', 'ip -6 route show fd00:b::/64').findAll('nexthop|dev wg').size() >= 2

        and:
        linkctl('verify').status == 0
    }
}

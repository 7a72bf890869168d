package org.linkctl.cli.hosts

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.Executor
import java.util.function.Supplier
import org.linkctl.lab.FreebsdImage
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

/**
 * What becomes of the next hops of connections that the other host of a pair takes over: of one that began while a next hop
 * was dead, with rules in an anchor, and with next hops on two interfaces. What FreeBSD 13 cannot do is refused there.
 */
@Stepwise
@Tag('lab')
@Requires({ RealHosts.freebsd('failover between two load balancers on FreeBSD') })
class FreebsdFailoverLabSpec extends Specification {
    private static final Path SHIPPED = Path.of('../inventories/lab-freebsd.groovy')
    private static final List<String> PAIR = ['lb1', 'lb2']

    @Shared TemporaryLab temporary
    @Shared Lab lab
    @Shared int release
    @Shared @TempDir Path folder

    def setupSpec() {
        temporary = Lab.temporary(Topologies.balancers(FreebsdImage.of(System.getenv()).orElseThrow()), { println it })
        lab = temporary.lab()
        release = on('lb1', 'uname -r').takeWhile { it != '.' } as int
        def password = Files.createDirectory(folder.resolve('carp')).resolve('lb')
        Files.writeString(password, 'mekmitasdigoat')
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString('rw-------'))
        // A third next hop: the two hosts reach it by a VLAN on vtnet1's segment, and it answers the client by itself.
        on('sw', '''
            ip netns add gw3
            ip link add link balanced name to-gw3 type vlan id 7
            ip link set to-gw3 netns gw3 up
            ip -n gw3 link set lo up
            ip -n gw3 address add 10.7.0.2/24 dev to-gw3
            ip -n gw3 route add local 10.9.0.0/24 dev lo
            ip link add to-gw3b type veth peer name eth1 netns gw3
            ip link set to-gw3b master balanced up
            ip -n gw3 link set eth1 up
            ip -n gw3 address add 10.1.0.4/16 dev eth1''')
        PAIR.eachWithIndex { host, i ->
            on(host, "ifconfig vtnet1.7 create && ifconfig vtnet1.7 inet 10.7.0.1${i + 1}/24")
        }
        ['gw1', 'gw2', 'gw3'].each { on('sw', "ip netns exec $it ${Talk.server(it)}") }
    }

    def cleanupSpec() {
        temporary?.close()
    }

    private String on(String host, String script) {
        lab.exec(host, script).orThrow()
    }

    private Command apply(Object inventory) {
        Command.run('apply', inventory, '-F', lab.sshConfig(), '--color', 'never', '--yes', '--allow-cut', '--secrets', "file:$folder")
    }

    /** The shipped inventory with some of its words changed, each FROM to what comes after it. */
    private Path changed(String name, Map<String, String> words) {
        def text = Files.readString(SHIPPED)
        words.each { from, to ->
            assert text.contains(from)
            text = text.replace(from, to)
        }
        Files.writeString(folder.resolve("${name}.groovy"), text)
    }

    private static boolean eventually(String what, int seconds, Closure<Boolean> condition) {
        Poll.until(what, Duration.ofSeconds(seconds), { condition() as boolean })
        true
    }

    private static CompletableFuture<String> aside(Closure<String> work) {
        CompletableFuture.supplyAsync({ work() } as Supplier<String>, { new Thread(it).start() } as Executor)
    }

    private boolean isMaster(String host) { on(host, 'ifconfig vtnet1').contains('carp: MASTER vhid 10') }

    private boolean known(String host, String to) { on(host, 'pfctl -s states').contains("$to:7") }

    /**
     * Keeps a connection to each address, and moves the vhid to lb2 and back while they are talked on.
     *
     * @return what became of each: "whole", or why not
     */
    private Map<String, String> taken(List<String> to) {
        eventually('lb1 is master', 60) { isMaster('lb1') }
        def talks = to.collectEntries { address -> [address, aside { on('sw', "ip netns exec client ${Talk.lines(address, 200, 0.2)} 2>&1 || true") }] }
        eventually('both hosts know of all', 30) { PAIR.every { host -> to.every { known(host, it) } } }
        on('lb1', 'sysctl net.inet.carp.demotion=240')
        eventually('lb2 is master', 30) { isMaster('lb2') }
        def whole = talks.collectEntries { address, talk -> [address, talk.join().strip()] }
        on('lb1', 'sysctl net.inet.carp.demotion=-240')
        whole
    }

    def 'a connection that began while a next hop was dead is taken over with its next hop'() {
        given:
        assert apply(SHIPPED).status == 0
        eventually('lb1 is master', 60) { isMaster('lb1') }
        PAIR.each { host -> assert on(host, 'pfctl -q -s rules').contains('<linkctl_hop1_1>') }
        def checksum = { String host -> (on(host, 'pfctl -v -s info') =~ /Checksum: (\S+)/)[0][1] }
        assert checksum('lb1') == checksum('lb2')
        def before = checksum('lb1')

        when:
        on('sw', 'ip -n gw1 link set eth0 down')
        eventually('both took it out', 30) { PAIR.every { on(it, 'pfctl -q -t linkctl_hop1_1 -T show').strip() == '' } }

        then: 'nothing of the rules changed, on either host'
        PAIR.every { checksum(it) == before }
        taken(['10.9.0.40', '10.9.0.41']) == ['10.9.0.40': 'whole', '10.9.0.41': 'whole']

        cleanup:
        on('sw', 'ip -n gw1 link set eth0 up; ip -n gw1 route replace local 10.9.0.0/24 dev lo')
        eventually('it is back', 60) { PAIR.every { on(it, 'pfctl -q -t linkctl_hop1_1 -T show').contains('10.1.0.2') } }
    }

    def 'one whose next hops are on two interfaces is taken over with the right one, or refused'() {
        given:
        def two = changed('two', [
            "nic('vtnet2', address: '172.31.255.1/30')": "nic('vtnet2', address: '172.31.255.1/30'); nic('vtnet1.7', address: '10.7.0.11/24')",
            "nic('vtnet2', address: '172.31.255.2/30')": "nic('vtnet2', address: '172.31.255.2/30'); nic('vtnet1.7', address: '10.7.0.12/24')",
            "over: ['10.1.0.2', '10.1.0.3'])"          : "over: ['10.1.0.2', '10.7.0.2'])"])

        when:
        def applied = apply(two)

        then:
        release >= 14 ? applied.status == 0 : applied.out.contains("the next hops of balance 'to-dc2' are on vtnet1 and vtnet1.7")

        and: 'both next hops have some of the connections'
        def addresses = (50..55).collect { "10.9.0.$it".toString() }
        release < 14 || taken(addresses) == addresses.collectEntries { [it, 'whole'] }
    }

    def 'one whose rule is in an anchor is taken over with its next hop, or refused'() {
        given: 'rules of somebody else, with the anchor'
        assert apply(changed('off', ["firewall(policy: DROP, skip: ['lo0', 'vtnet0'], log: 'vtnet1', limits: [states: 16_000]) {": '',
                                     'allow(inbound: \'vtnet1\', proto: ICMP)\n            }'                                   : '',
                                     "balance('to-dc2', on: 'lb', inbound: 'vtnet1', from: '10.1.0.0/16', to: '10.9.0.0/24',"   : '',
                                     "over: ['10.1.0.2', '10.1.0.3'])"                                                          : ''])).status == 0
        PAIR.each { host ->
            on(host, '''printf 'set skip on { lo0 vtnet0 }\\nnat-anchor "linkctl/*"\\nrdr-anchor "linkctl/*"\\nanchor "linkctl/*"\\npass\\n' >/etc/pf.conf
                sysrc pf_enable=YES && service pf start''')
        }
        def anchored = changed('anchored', ["firewall(policy: DROP, skip: ['lo0', 'vtnet0'], log: 'vtnet1', limits: [states: 16_000]) {": '',
                                            'allow(inbound: \'vtnet1\', proto: ICMP)\n            }'                                   : '',
                                            "over: ['10.1.0.2', '10.1.0.3'])"                                                          : "over: ['10.1.0.2', '10.1.0.3'], ruleset: ANCHOR)"])

        when:
        def applied = apply(anchored)

        then:
        release >= 14 ? applied.status == 0 : applied.out.contains('its rule is in an anchor (ruleset: ANCHOR)')
        release < 14 || taken(['10.9.0.60', '10.9.0.61']) == ['10.9.0.60': 'whole', '10.9.0.61': 'whole']
    }
}

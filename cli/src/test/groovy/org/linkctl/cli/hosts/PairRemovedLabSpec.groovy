package org.linkctl.cli.hosts

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.lab.HostSpec
import org.linkctl.lab.Lab
import org.linkctl.lab.LabSpec
import org.linkctl.lab.NetworkKind
import org.linkctl.lab.TemporaryLab
import org.linkctl.lab.WireSpec
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.Tag
import spock.lang.TempDir

/** A pair with all that a pair can have is declared, and is no longer declared: its hosts are what they were. */
@Stepwise
@Tag('lab')
@Requires({ RealHosts.patient('PairRemovedLabSpec, a Linux pair that goes as it came') })
class PairRemovedLabSpec extends Specification {
    private static final List<String> HOSTS = ['fw1', 'fw2', 'web-ch']

    /** What of it stays; keys are named one by one. */
    private static final Map<String, String> MAY_DIFFER = HostFiles.MAY_DIFFER + [
        '/etc/wireguard/wg0\\.key': 'private keys, which only --purge-keys removes',
        '/var/lib/linkctl/owned(/.*)?': 'what linkctl owns: those keys',
        '/usr/local/lib/linkctl': 'the folder of what it made, which is empty then',
        '/var/lib/linkctl/kept': 'the folder of files that were replaced, which is empty then'
    ]

    @Shared TemporaryLab temporary
    @Shared Lab lab
    @Shared @TempDir Path folder
    @Shared Path inventory
    @Shared Map<String, List<String>> files
    @Shared Map<String, Map<String, List<String>>> network

    def setupSpec() {
        temporary = Lab.temporary(new LabSpec([
                HostSpec.bare('fw1'), HostSpec.bare('fw2'),
                new HostSpec('web-ch', NetworkKind.NETWORKD, 'lab-address eth1 inet 203.0.113.37/28\n'),
                new HostSpec('sw', NetworkKind.NONE, '''
                    ip link add outside type bridge
                    for n in 1 2 3; do ip link set eth$n master outside up; done
                    ip link set outside up
                    ip address add 203.0.113.46/28 dev outside
                    '''.stripIndent())],
                [WireSpec.wire('fw1', 'eth1', 'sw', 'eth1'), WireSpec.wire('fw2', 'eth1', 'sw', 'eth2'),
                 WireSpec.wire('web-ch', 'eth1', 'sw', 'eth3'), WireSpec.wire('fw1', 'eth2', 'fw2', 'eth2')]), { println it })
        lab = temporary.lab()
        // Packages stay; so they are there from the beginning, and with them what their installation changes.
        HOSTS.each { host ->
            on(host, '''
                apt-get -q update
                DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends wireguard-tools nftables iputils-ping iputils-arping \\
                    iperf3 keepalived conntrackd conntrack busybox
                # Its parameters stay once anybody has had it loaded.
                echo nf_conntrack >/etc/modules-load.d/hand.conf
                modprobe nf_conntrack
                ''')
        }
        on('web-ch', "busybox httpd -p '[::]:80' -h /srv") // what is published has to answer
        inventory = folder.resolve('pair.groovy')
        def key = Files.createDirectories(folder.resolve('secrets/wg')).resolve('fw')
        Files.writeString(key, ['sh', '-c', 'head -c 32 /dev/urandom | base64'].execute().text)
        key.toFile().with { setReadable(false, false); setReadable(true, true) }
        Files.writeString(folder.resolve('linkctl.yaml'), 'secrets: [file: secrets]\n')
    }

    def cleanupSpec() {
        temporary?.close()
    }

    private String on(String host, String script) {
        lab.exec(host, script).orThrow()
    }

    private Command linkctl(String name, Object... more) {
        def run = Command.run(name, inventory, '-F', lab.sshConfig(), '--color', 'never', *more)
        println run
        run
    }

    /**
     * The interfaces have their addresses in both: what goes is the pair's own. Emulated hosts are too slow to have the vote of the
     * witness in the usual interval.
     */
    private void declare(boolean whole) {
        def host = { int n -> """host('fw$n', ssh: 'ops@fw$n') { nic('eth1', address: '203.0.113.${32 + n}/28'); nic('eth2', address: '172.31.0.$n/30') }""" }
        Files.writeString(inventory, """fabric('pair-goes') {
    site('edge') {
        pair('fw', os: LINUX) {
            ${host(1)}
            ${host(2)}
            ${whole ? '''vip(20, on: 'eth1', address: '203.0.113.35/28', prefer: 'fw1', interval: 4) {
                onMaster('/bin/true', args: ['master'])
                onBackup('/bin/true', args: ['backup'])
            }
            stateSync(on: 'eth2')
            witness('web-ch', address: '203.0.113.37')
            proxyArp(on: 'eth1', addresses: ['203.0.113.36'])
            firewall {
                allow(inbound: 'eth1', proto: TCP, port: 22)
                nat(outbound: 'eth1', from: '10.7.0.0/16', address: '203.0.113.35')
            }''' : ''}
        }
        ${whole ? '''balance('out', on: 'fw', inbound: 'eth2', from: '10.7.0.0/16', to: '10.8.0.0/16', over: ['203.0.113.37', '203.0.113.46'])''' : ''}
    }
    site('ch') { host('web-ch', os: LINUX, ssh: 'ops@web-ch') }
    ${whole ? '''hub('wg0', on: 'fw', port: 1337, address: ['10.0.0.1/24', 'fc00::1/64'], endpoint: '203.0.113.35', key: secret('wg/fw'), keepalive: 25) {
        spoke('web-ch', address: ['10.0.0.2/24', 'fc00::2/64'])
    }
    publish('web', on: 'fw', address: '203.0.113.35', tcp: 80, to: 'web-ch', masquerade: false)''' : ''}
}
""")
    }

    private Map<String, Map<String, List<String>>> networks() {
        HOSTS.collectEntries { [(it): NetworkState.settled(lab, it)] }
    }

    def 'the hosts as they are before'() {
        given:
        declare(false)

        expect:
        linkctl('apply', '--yes').status == 0

        when:
        files = HostFiles.of(lab, HOSTS)
        network = networks()

        then:
        files.size() == 3 && network.size() == 3
    }

    def 'all of it is made, and nothing is left to do'() {
        given:
        declare(true)

        expect:
        linkctl('apply', '--yes', '--allow-cut').status == 0
        linkctl('plan', '--detailed-exitcode').status == 0
        linkctl('verify').status == 0
    }

    def 'it is no longer declared: files, links, addresses, routes, rules and parameters are what they were'() {
        given:
        declare(false)

        expect:
        linkctl('apply', '--yes', '--allow-cut').status == 0
        linkctl('plan', '--detailed-exitcode').status == 0
        HostFiles.movedOf(files, HostFiles.of(lab, HOSTS), MAY_DIFFER) == []
        HOSTS.collectMany { NetworkState.left(lab, it, network[it]) } == []
        HOSTS.collect { on(it, 'nft list tables; systemctl list-units --no-legend --plain --state=failed') }.every { !it.contains('linkctl') }
    }
}

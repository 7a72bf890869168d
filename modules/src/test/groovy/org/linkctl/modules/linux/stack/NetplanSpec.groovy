package org.linkctl.modules.linux.stack

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import org.linkctl.model.Bond as Declared
import org.linkctl.modules.routes.StaticRoute
import org.linkctl.net.Cidr
import org.linkctl.net.Ip
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

/** linkctl's files beside an owner's, read by netplan itself: what it makes of them for systemd-networkd. */
@Requires({ NetplanSpec.installed() })
class NetplanSpec extends Specification {
    static boolean installed() {
        boolean there = System.getenv('PATH').split(':').any { new File(it, 'netplan').canExecute() }
        if (!there) println 'NetplanSpec is skipped: there is no netplan (apt-get install netplan.io)'
        there
    }

    @TempDir
    Path root

    /** An owner's files: an ID that is no interface's name, an address and a route. */
    static final String BY_HAND = '''\
network:
  version: 2
  ethernets:
    lan:
      match: {macaddress: "52:54:00:01:00:03"}
      set-name: eth3
      addresses: [10.7.0.4/24]
      routes:
        - to: 10.99.0.0/24
          via: 10.7.0.1
'''

    private static StackFacts facts(Map<String, String> ours = [:]) {
        new StackFacts(new Netplan(), '', ours,
            new NetworkdFiles([eth3: '/run/systemd/network/10-netplan-lan.network', 'eth3.7': '/run/systemd/network/10-netplan-eth3.7.network'], [] as Set),
            new NetplanFiles(['eth3.7': 'vlan'], [lan: [Cidr.of('10.7.0.4/24')]], [:], [] as Set, [] as Set, '0.106-2'), NetworkManagerFacts.NONE, [])
    }

    private int generate(Map<String, String> files) {
        files.findAll { it.key.startsWith('/etc/netplan/') }.each { path, text ->
            def file = root.resolve(path.substring(1))
            Files.createDirectories(file.parent)
            Files.writeString(file, text)
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(new Netplan().mode(path) == '0600' ? 'rw-------' : 'rw-r--r--'))
        }
        def process = new ProcessBuilder('netplan', 'generate', '--root-dir', root.toString()).redirectErrorStream(true).start()
        said = process.inputStream.text
        process.waitFor()
    }

    String said

    private String generated(String file) {
        Files.readString(root.resolve('run/systemd/network/10-netplan-' + file))
    }

    def "a bond: members in order, the parameters, its address on the wire"() {
        given:
        def bond = new BondConfig('bond0', Declared.Mode.LACP, Declared.XmitHash.ENCAP3_4, 250, Declared.LacpRate.FAST, ['eth2', 'eth1'], '52:54:00:01:00:02', new InterfaceConfig('bond0', true, [], null))
        def files = new Netplan().bond(bond, facts())

        expect:
        generate(files) == 0
        said == ''
        generated('bond0.netdev') == '''\
            [NetDev]
            Name=bond0
            MACAddress=52:54:00:01:00:02
            Kind=bond

            [Bond]
            Mode=802.3ad
            LACPTransmitRate=fast
            MIIMonitorSec=250ms
            TransmitHashPolicy=encap3+4
            '''.stripIndent()
        ['eth1', 'eth2'].every { generated("${it}.network").contains('[Network]\nLinkLocalAddressing=no\nBond=bond0\n') }
        new Netplan().bondAddress('bond0', files).get() == '52:54:00:01:00:02'

        and: 'the drop-in lies where networkd looks for it'
        files.keySet().contains('/etc/systemd/network/10-netplan-bond0.network.d/10-linkctl-bond.conf')
    }

    def "beside an owner's file: what both say counts once, what is added is added"() {
        given:
        def want = new InterfaceConfig('eth3', false, ['10.7.0.4/24', 'fd00:7::4/64'].collect { Cidr.of(it) }, 1400)
        def hop = { prefix, via -> new StaticRoute(Cidr.of(prefix), Ip.of(via)) }
        def files = new Netplan().addresses(want, facts()) + new Netplan().routes([hop('10.99.0.0/24', '10.7.0.1'), hop('fd00:b::/64', 'fd00:7::1')], 'eth3', false, facts())

        expect:
        generate(['/etc/netplan/50-cloud-init.yaml': BY_HAND] + files) == 0
        generated('lan.network') == '''\
            [Match]
            PermanentMACAddress=52:54:00:01:00:03
            Name=eth3

            [Network]
            LinkLocalAddressing=ipv6
            Address=10.7.0.4/24
            Address=fd00:7::4/64

            [Route]
            Destination=10.99.0.0/24
            Gateway=10.7.0.1

            [Route]
            Destination=fd00:b::/64
            Gateway=fd00:7::1
            '''.stripIndent()

        and: 'the MTU is in no file of systemd.link(5), which would take the place of systemd’s own'
        !generated('lan.link').contains('MTU')
        files['/etc/systemd/network/10-netplan-lan.network.d/10-linkctl-address.conf'].contains('[Link]\nMTUBytes=1400\n')

        and:
        new Netplan().declared(files['/etc/netplan/90-linkctl-address-eth3.yaml']) == want.addresses()
        new Netplan().routed(files['/etc/netplan/90-linkctl-gateway.yaml'])*.toString() == ['10.99.0.0/24', 'fd00:b::/64']
    }

    def "#name: an address of its own"() {
        given:
        def want = new InterfaceConfig(name, made, [Cidr.of('192.0.2.1/31')], 1400)
        def bond = new BondConfig('bond0', Declared.Mode.ACTIVE_BACKUP, Declared.XmitHash.LAYER2, 100, Declared.LacpRate.SLOW, ['eth1'], '', new InterfaceConfig('bond0', true, [], null))
        def files = [:] + new Netplan().addresses(want, facts())
        if (made) files += new Netplan().bond(bond, facts())
        def vlan = 'network: {version: 2, ethernets: {eth3: {}}, vlans: {eth3.7: {id: 7, link: eth3}}}\n'

        expect:
        generate(['/etc/netplan/50-cloud-init.yaml': vlan] + files) == 0
        generated("${name}.network").contains('Address=192.0.2.1/31\n')

        where:
        name       | made
        'bond0'    | true
        'eth3.7'   | false
        'eth0'     | false
        'lo'       | false
        '0wan'     | false
        'a+b=c'    | false
    }

    def "a VLAN with addresses and a default route, and one in a bridge: what says something of it is read after what makes it"() {
        given:
        def bond = new InterfaceConfig('bond0', true, [], 1400)
        def vlan = { String name, int id, List<String> addresses -> new VlanConfig(name, bond, id, new InterfaceConfig(name, 'vlan', addresses.collect { Cidr.of(it) }, 1400, null)) }
        def one = vlan('bond0.10', 10, ['10.9.0.4/24', 'fd00:9::4/64'])
        def two = vlan('a20', 20, [])
        def netplan = new Netplan()
        def devices = netplan.devices().get()
        def files = netplan.bond(new BondConfig('bond0', Declared.Mode.ACTIVE_BACKUP, Declared.XmitHash.LAYER2, 100, Declared.LacpRate.SLOW, ['eth1'], '', bond), facts())
        [one, two].each { files += devices.vlan(it, facts()) }
        files += netplan.addresses(one.ip(), facts())
        files += devices.bridge(new BridgeConfig('br1', [two.ip()], ['a20'], false, '', new InterfaceConfig('br1', 'bridge', [], null, null)), facts())
        ['10.9.0.1', 'fd00:9::1'].each { files += devices.defaultRoute(one.ip(), Ip.of(it), facts()) }

        expect:
        generate(files) == 0
        said == ''
        generated('bond0.10.netdev').contains('Id=10\n')
        generated('bond0.10.network').contains('Address=10.9.0.4/24\nAddress=fd00:9::4/64\n')
        generated('bond0.10.network').contains('[Route]\nDestination=::/0\nGateway=fd00:9::1\nMetric=1\n')
        generated('a20.network').contains('Bridge=br1\n')
    }

    def "what is wrong is refused by netplan before it removes anything"() {
        given:
        generate(['/etc/netplan/50-cloud-init.yaml': BY_HAND])
        def before = generated('lan.network')

        expect:
        generate(['/etc/netplan/90-linkctl-x.yaml': 'network: {version: 2, ethernets: {eth9: {addresses: ["192.0.2.1"]}}}\n']) != 0
        generated('lan.network') == before
    }

    def "the script leaves files as they are that netplan writes with the same text: #outcome"() {
        given: 'a netplan that replaces two files, one of them with another text'
        def run = Files.createDirectories(root.resolve('run/systemd/network'))
        def same = Files.writeString(run.resolve('10-netplan-a.network'), 'a\n')
        Files.writeString(run.resolve('10-netplan-b.network'), 'b\n')
        Files.writeString(run.resolve('10-netplan-gone.network'), 'gone\n')
        def inode = Files.getAttribute(same, 'unix:ino')
        def bin = Files.createDirectories(root.resolve('bin'))
        [netplan: "rm -f $run/10-netplan-*; echo a >$run/10-netplan-a.network; ${then.replace('@RUN@', run.toString())}", systemctl: "echo \"\$*\" >>$root/asked"].each { name, text ->
            Files.writeString(bin.resolve(name), "#!/bin/sh\n$text\n").toFile().executable = true
        }
        def script = new Netplan().reload('eth3', facts()).first().argv().words()
        def builder = new ProcessBuilder(script.collect { it.replace('/run/', "$root/run/") }).redirectErrorStream(true)
        builder.environment().PATH = "$bin:${builder.environment().PATH}".toString()

        when:
        def process = builder.start()
        def printed = process.inputStream.text

        then:
        process.waitFor() == status
        printed == ''
        Files.getAttribute(same, 'unix:ino') == inode
        run.toFile().list().sort().collectEntries { [(it): Files.readString(run.resolve(it))] } == left
        left.keySet().every { Files.isSameFile(run.resolve(it), root.resolve('run/linkctl-netplan').resolve(it)) }
        (Files.exists(root.resolve('asked')) ? Files.readString(root.resolve('asked')) : '') == asked

        where:
        outcome  | then                                          | status | asked             || left
        'done'   | 'echo c >@RUN@/10-netplan-b.network'          | 0      | 'daemon-reload\n' || ['10-netplan-a.network': 'a\n', '10-netplan-b.network': 'c\n']
        'failed' | 'exit 7'                                      | 7      | ''                || ['10-netplan-a.network': 'a\n', '10-netplan-b.network': 'b\n', '10-netplan-gone.network': 'gone\n']
    }
}

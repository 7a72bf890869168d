package org.linkctl.modules.wireguard

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.dsl.Inventory
import org.linkctl.model.Fabric
import org.linkctl.modules.Modules
import org.linkctl.modules.linux.wireguard.WireguardModule
import org.linkctl.modules.linux.wireguardpsk.WireguardPskModule
import org.linkctl.net.Cidr
import org.linkctl.spi.Published
import org.linkctl.spi.Scope
import spock.lang.Specification
import spock.lang.TempDir

/** Which changes of a tunnel need its other end in the same run. */
class BothEndsSpec extends Specification {
    static final String MINE = 'Tr7O5NIEeG72NQWhsWSq17whAbobK+44XYvbxV+zh2k='
    static final String THEIRS = 'Rvne082rMw6UORBctEeqvwhTbMZSu2pXNByKrzsIeG4='
    static final String OTHER = 'bQR6Jv4oTYxRo1JjuGAD3GLfcwNldqG2jgpAt6TJszU='

    @TempDir
    Path folder

    Fabric fabric(boolean hub) {
        def links = hub ? """hub('wg0', on: 'a-gw', port: 5000, address: '10.255.0.1/30', endpoint: '192.0.2.1') { spoke('b-gw', address: '10.255.0.2/30') }""" : """
            tunnel('wg0') {
                end('a-gw', port: 5000, address: '10.255.0.1/30', endpoint: '192.0.2.1')
                end('b-gw', port: 5000, address: '10.255.0.2/30', endpoint: '192.0.2.2')
            }"""
        Inventory.load(Files.writeString(folder.resolve('lab.groovy'), """fabric('lab') {
            site('a', lan: '10.1.0.0/24') { host('a-gw', os: LINUX, ssh: 'root@192.0.2.1') }
            site('b', lan: '10.2.0.0/24') { host('b-gw', os: LINUX, ssh: 'root@192.0.2.2') }
            $links
        }"""), Modules.limits()).fabric()
    }

    /** What b-gw tells; null: nothing, as where it was not reached or is refused. */
    def want(boolean hub, String view) {
        def fabric = fabric(hub)
        def told = Published.Values.of('wireguard.wg0.public-key', THEIRS)
        if (view != null) told = told.and(Published.Values.of('wireguard.wg0.live', view))
        new WireguardModule().want(new Scope(fabric, fabric.host('a-gw').get(), new Published(['b-gw': told])))[0]
    }

    static WireguardFound found(Map how) {
        def allowed = how.hub ? '10.255.0.2/32' : '10.255.0.0/30'
        def endpoint = how.hub ? null : new WireguardDevice.Endpoint('192.0.2.2', how.farPort ?: 5000)
        def peer = new WireguardDevice.Peer(how.peer ?: THEIRS, how.psk ?: WireguardDevice.Psk.NONE, [Cidr.of(how.allowed ?: allowed)] as Set, endpoint, null, 0)
        def link = new Link(true, how.mtu ?: 1420, [Cidr.of(how.address ?: '10.255.0.1/30')])
        def device = new WireguardDevice(link, null, how.port ?: 5000, how.fwmark ?: 'off', [peer], 1000)
        def key = new KeyFacts('600 0:0', true, MINE, how.running ?: MINE, null)
        new WireguardFound('600 0:0', how.conf, how.down ? null : device, key, PskFacts.NONE, [:])
    }

    /** The far end as it is where nothing differs. */
    static String fits(Map how = [:]) {
        "key=${how.key ?: THEIRS} port=${how.port ?: 5000} addresses=${how.address ?: '10.255.0.2'}; peer=${how.peer ?: MINE} psk=${how.psk ?: 'none'} port=${how.mine ?: 5000} allowed=${how.allowed ?: '10.255.0.0/30'}"
    }

    def 'a change of #what at a tunnel waits for the other end, unless that fits'() {
        expect: 'nothing is known of it'
        FarEnds.needed(want(false, null), found(here)) == ['b-gw'] as Set

        and: 'it runs with what was'
        FarEnds.needed(want(false, was), found(here)) == ['b-gw'] as Set

        and: 'it runs with what shall be'
        FarEnds.needed(want(false, fits()), found(here)) == [] as Set

        and: 'there is nothing'
        FarEnds.needed(want(false, 'none'), found(here)) == [] as Set

        where:
        what                 | here                                             | was
        'a pre-shared key'   | [psk: WireguardDevice.Psk.OTHER]                 | fits(psk: 'other')
        'the private key'    | [running: OTHER]                                 | fits(peer: OTHER)
        'the port'           | [port: 51820]                                    | fits(mine: 51820)
        'the far port'       | [farPort: 51820]                                 | fits(port: 51820)
        'the address'        | [address: '10.9.9.1/30']                         | fits(allowed: '10.9.9.0/30')
        'the far key'        | [peer: OTHER]                                    | fits(key: OTHER)
    }

    def "what comes from the far end's address is not left out before that has another"() {
        expect:
        FarEnds.needed(want(false, fits(address: '10.9.9.2')), found(allowed: '10.9.9.0/30')) == ['b-gw'] as Set
        FarEnds.needed(want(false, fits()), found(allowed: '10.9.9.0/30')) == [] as Set
    }

    def 'a change that the other end need not follow does not wait for it'() {
        expect:
        FarEnds.needed(want(false, null), found(mtu: 1380, fwmark: '0x1')) == [] as Set
        FarEnds.needed(want(false, null), found(hub: false)) == [] as Set
    }

    def 'a hub waits for its spokes, for #what'() {
        expect:
        FarEnds.needed(want(true, null), found(here + [hub: true])) == ['b-gw'] as Set
        FarEnds.needed(want(true, 'none'), found(here + [hub: true])) == [] as Set

        where:
        what               | here
        'a pre-shared key' | [psk: WireguardDevice.Psk.OTHER]
        'the private key'  | [running: OTHER]
        'the port'         | [port: 51820]
        'the address'      | [address: '10.9.9.1/30']
    }

    /** A hub of two spokes, of which web is reached and ch is not. */
    def offline(String ssh, String key) {
        def inventory = """fabric('lab') {
            site('a') { host('hub', os: LINUX, ssh: 'root@192.0.2.1') }
            site('b') { host('web', os: LINUX, ssh: 'root@192.0.2.2'); host('ch', os: LINUX, ssh: '$ssh') }
            hub('wg0', on: 'hub', port: 5000, address: '10.255.0.1/24', endpoint: '192.0.2.1') {
                spoke('web', address: '10.255.0.2/24'); spoke('ch', address: '10.255.0.3/24')
            }
        }"""
        def fabric = Inventory.load(Files.writeString(folder.resolve('lab.groovy'), inventory), Modules.limits()).fabric()
        def told = Published.Values.of('wireguard.wg0.public-key', THEIRS).and(Published.Values.of('wireguard.wg0.live',
            "key=$THEIRS port=40000 addresses=10.255.0.2; peer=$MINE psk=none port=5000 allowed=10.255.0.0/24".toString()))
        new WireguardModule().want(new Scope(fabric, fabric.host('hub').get(), new Published([web: told], key == 'reached' ? [] as Set : ['ch'] as Set)))[0]
    }

    static WireguardFound hub(Map how) {
        def peers = [new WireguardDevice.Peer(THEIRS, WireguardDevice.Psk.NONE, [Cidr.of('10.255.0.2/32')] as Set, null, null, 0)]
        if (how.allowed) peers << new WireguardDevice.Peer(OTHER, WireguardDevice.Psk.NONE, [Cidr.of(how.allowed)] as Set, null, null, how.handshake ?: 0)
        def device = new WireguardDevice(new Link(true, 1420, [Cidr.of('10.255.0.1/24')]), null, how.port ?: 5000, 'off', peers, 1000)
        new WireguardFound('600 0:0', how.conf, device, new KeyFacts('600 0:0', true, MINE, MINE, null), PskFacts.NONE, [:])
    }

    def 'a spoke that is offline holds up no hub, and keeps its peer there: #found'() {
        given:
        def want = offline('root@192.0.2.3', '')
        def settled = OfflineSpokes.settled(want, hub(found))

        expect:
        want.unknowns() == []
        settled.peers()*.key() == [THEIRS, OTHER]
        FarEnds.needed(want, hub(found)) == [] as Set
        FarEnds.warnings(want, hub(found)).size() == (found.port ? 1 : 0)
        FarEnds.warnings(want, hub(found)).every { it.startsWith('ch cannot be reached and keeps what it has of wg0') }

        where:
        found << [[allowed: '10.255.0.3/32'], [allowed: '10.255.0.3/32', port: 51820],
                  [allowed: '10.9.9.3/32', conf: "[Interface]\n[Peer]\n# ch\nPublicKey = $OTHER\n".toString()]]
    }

    def 'a new spoke that is offline gets no peer yet, and that is said'() {
        given:
        def want = offline('root@192.0.2.3', '')

        expect:
        OfflineSpokes.settled(want, hub([:])).peers()*.host() == ['web']
        FarEnds.needed(want, hub([:])) == [] as Set
        FarEnds.warnings(want, hub([:])) == ['ch cannot be reached, so that its public key is not known: wg0 gets no peer for it until linkctl reaches it']
    }

    def 'the hub waits for a spoke that is offline where #why'() {
        given:
        def want = offline(ssh, key)

        expect:
        (want.unknowns() != []) == (key == 'reached')
        key == 'reached' || FarEnds.needed(want, hub(found)) == ['ch'] as Set
        FarEnds.warnings(want, hub(found)) == []

        where:
        why                                           | ssh               | key       | found
        'it is none, and only its key is not known'   | 'root@192.0.2.3'  | 'reached' | [:]
        'it speaks with the hub'                      | 'root@192.0.2.3'  | ''        | [allowed: '10.255.0.3/32', port: 51820, handshake: 950]
        'its login is inside'                         | 'root@10.255.0.3' | ''        | [allowed: '10.255.0.3/32', port: 51820]
        'it may be a peer that nobody knows'          | 'root@192.0.2.3'  | ''        | [allowed: '10.9.9.3/32']
    }

    def 'a hand-made tunnel that does not run has its keys in its file'() {
        given:
        def conf = '[Interface]\nPrivateKey = (hidden)\n[Peer]\npresharedkey = (hidden)\n'

        expect:
        FarEnds.needed(want(false, null), found(down: true, conf: conf)) == ['b-gw'] as Set
        FarEnds.needed(want(false, null), found(down: true, conf: '[Interface]\n')) == [] as Set
        FarEnds.warnings(want(false, null), found(down: true, conf: conf)).size() == 1
    }

    def 'a link that loses its pre-shared key gets weaker, and that is said'() {
        expect:
        FarEnds.warnings(want(hub, null), found(psk: WireguardDevice.Psk.OTHER))[0].startsWith('wg0 has a pre-shared key and loses it, since the inventory has none for it: the link gets weaker')
        FarEnds.warnings(want(hub, null), found([:])) == []

        where:
        hub << [false, true]
    }

    def 'the file of a pre-shared key stays for as long as the other end uses one'() {
        given:
        def fabric = fabric(false)
        def module = new WireguardPskModule()
        def partners = { String view ->
            def told = view == null ? [:] : ['b-gw': Published.Values.of('wireguard.wg0.live', view)]
            def want = module.want(new Scope(fabric, fabric.host('a-gw').get(), new Published(told)))[0]
            module.partners(want, new PskFacts('600 0:0', null))
        }

        expect:
        partners(null) == ['b-gw'] as Set
        partners(fits(psk: 'of_file')) == ['b-gw'] as Set
        partners(fits()) == [] as Set
    }
}

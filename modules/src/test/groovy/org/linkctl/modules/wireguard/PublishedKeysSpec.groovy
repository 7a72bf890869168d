package org.linkctl.modules.wireguard

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.dsl.Inventory
import org.linkctl.model.Fabric
import org.linkctl.modules.Modules
import org.linkctl.modules.freebsd.wireguard.WireguardModule as FreebsdWireguard
import org.linkctl.modules.linux.wireguard.WireguardModule
import org.linkctl.modules.linux.wireguardpsk.WireguardPskModule
import org.linkctl.shell.Secret
import org.linkctl.spi.Published
import org.linkctl.spi.Refused
import org.linkctl.spi.Scope
import org.linkctl.spi.UnreadableFacts
import spock.lang.Specification
import spock.lang.TempDir

/** What hosts tell of their keys: of two that tell the same, none gets into any configuration. */
class PublishedKeysSpec extends Specification {
    static final String ONE = 'Tr7O5NIEeG72NQWhsWSq17whAbobK+44XYvbxV+zh2k='
    static final String TWO = 'Rvne082rMw6UORBctEeqvwhTbMZSu2pXNByKrzsIeG4='
    static final String SIX = 'bQR6Jv4oTYxRo1JjuGAD3GLfcwNldqG2jgpAt6TJszU='

    @TempDir
    Path folder

    Fabric fabric(String os, String links) {
        def hosts = ['a', 'b', 'c'].withIndex().collect { site, i ->
            "site('$site', lan: '10.${i + 1}.0.0/24') { host('$site-gw', os: $os, ssh: 'root@192.0.2.${i + 1}') }"
        }.join('\n')
        def loaded = Inventory.load(Files.writeString(folder.resolve('lab.groovy'), "fabric('lab') {\n$hosts\n$links\n}"), Modules.limits())
        assert loaded.diagnostics().findAll { it.severity().name() == 'ERROR' } == []
        loaded.fabric()
    }

    static final String HUB = """
        hub('wg0', on: 'a-gw', port: 1337, address: '10.255.0.1/24', endpoint: '192.0.2.1') {
            spoke('b-gw', address: '10.255.0.2/24')
            spoke('c-gw', address: '10.255.0.3/24')
        }"""

    static final String TUNNELS = """
        tunnel('wg0', psk: true) {
            end('a-gw', port: 5000, address: '10.255.0.1/30', endpoint: '192.0.2.1')
            end('b-gw', port: 5000, address: '10.255.0.2/30', endpoint: '192.0.2.2')
        }
        tunnel('wg1', psk: true) {
            end('a-gw', port: 5001, address: '10.255.1.1/30', endpoint: '192.0.2.1')
            end('c-gw', port: 5001, address: '10.255.1.2/30', endpoint: '192.0.2.3')
        }"""

    static Published.Values key(String tunnel, String key) {
        Published.Values.of("wireguard.${tunnel}.public-key".toString(), key).asOwn()
    }

    static Published.Values psk(String tunnel, String key) {
        Published.Values.of("wireguard.${tunnel}.psk".toString(), new Secret(key + '\n')).asOwn()
    }

    /** What is said against a host's interfaces: the same on both systems, and all of it is refused. */
    Map<String, String> refused(Fabric fabric, Map<String, Published.Values> told, String host) {
        def module = fabric.host(host).get().os().name() == 'LINUX' ? new WireguardModule() : new FreebsdWireguard()
        module.want(new Scope(fabric, fabric.host(host).get(), new Published(told))).collectEntries { want ->
            try {
                module.diff(want, module.bare(want))
                return [want.tunnel(), null]
            } catch (Refused e) {
                return [want.tunnel(), e.message]
            }
        }
    }

    def 'two spokes of a hub with one key, #os: refused at the hub and at both, both named'() {
        given:
        def fabric = fabric(os, HUB)
        def told = ['a-gw': key('wg0', SIX), 'b-gw': key('wg0', ONE), 'c-gw': key('wg0', ONE)]

        expect:
        ['a-gw', 'b-gw', 'c-gw'].each { host ->
            def why = refused(fabric, told, host).wg0
            assert why.startsWith("'b-gw' (wg0) and 'c-gw' (wg0) tell the same public key $ONE: one of them is a copy of the other")
            assert why.contains('remove /etc/wireguard/wg0.key')
            assert why.readLines().size() == 1
        }

        and: 'keys of their own are well'
        refused(fabric, told + ['c-gw': key('wg0', TWO)], 'a-gw') == [wg0: null]

        where:
        os << ['LINUX', 'FREEBSD']
    }

    def "a spoke that tells the hub's key is refused, at every spoke"() {
        given:
        def fabric = fabric('LINUX', HUB)
        def told = ['a-gw': key('wg0', ONE), 'b-gw': key('wg0', TWO), 'c-gw': key('wg0', ONE)]

        expect:
        ['a-gw', 'b-gw', 'c-gw'].every { refused(fabric, told, it).wg0.startsWith("'a-gw' (wg0) and 'c-gw' (wg0) tell the same") }
    }

    def 'the other end of one tunnel tells the key of that of another, #os'() {
        given:
        def fabric = fabric(os, TUNNELS)
        def told = ['a-gw': key('wg0', SIX), 'b-gw': key('wg0', ONE), 'c-gw': key('wg1', ONE)]

        expect: 'both tunnels are refused, and rotation is named as what mends it'
        refused(fabric, told, 'a-gw').every { tunnel, why -> why.contains("'b-gw' (wg0) and 'c-gw' (wg1)") && why.endsWith("`linkctl apply --rotate-key $tunnel` makes new ones at both ends of $tunnel") }
        refused(fabric, told, 'b-gw').wg0 != null
        refused(fabric, told, 'c-gw').wg1 != null

        and: 'a host that was made from the other end itself'
        refused(fabric, ['a-gw': key('wg0', ONE), 'b-gw': key('wg0', ONE)], 'a-gw').wg0.startsWith("'a-gw' (wg0) and 'b-gw' (wg0)")

        and: 'one key for two tunnels of one host works, and is its own affair'
        refused(fabric, ['a-gw': key('wg0', SIX).and(key('wg1', SIX)), 'b-gw': key('wg0', ONE), 'c-gw': key('wg1', TWO)], 'a-gw') == [wg0: null, wg1: null]

        where:
        os << ['LINUX', 'FREEBSD']
    }

    def 'a pre-shared key that two hosts have made is refused, and is not in the message'() {
        given:
        def fabric = fabric('LINUX', TUNNELS.replace("end('a-gw', port: 5001", "end('c-gw', port: 5001").replace("end('c-gw', port: 5001, address: '10.255.1.2/30', endpoint: '192.0.2.3')", "end('b-gw', port: 5001, address: '10.255.1.2/30', endpoint: '192.0.2.2')"))
        def told = ['a-gw': key('wg0', SIX).and(psk('wg0', TWO)), 'b-gw': key('wg0', ONE), 'c-gw': psk('wg1', TWO)]

        when:
        def why = refused(fabric, told, 'b-gw')

        then:
        why.wg0 == "'a-gw' (wg0) and 'c-gw' (wg1) have made the same pre-shared key: one of them is a copy of the other. `linkctl apply --rotate-psk wg0` has a-gw make a new one"
        !why.wg0.contains(TWO)
    }

    def 'a key with which no handshake succeeds is no key: #key'() {
        expect:
        PublicKeys.isUsable(key) == usable

        where:
        key                                            | usable
        ONE                                            | true
        'A' * 43 + '='                                 | false
        'AQ' + 'A' * 41 + '='                          | false
        '7f///////////////////////////////////////38=' | false
    }

    def 'what a host tells of a tunnel is read as it was told'() {
        given:
        def view = new FarView(false, ONE, 5000, [org.linkctl.net.Ip.of('10.255.0.1'), org.linkctl.net.Ip.of('fd00::1')],
                [new FarView.Peer(TWO, WireguardDevice.Psk.OF_FILE, 0, [org.linkctl.net.Cidr.of('10.255.0.0/30'), org.linkctl.net.Cidr.of('fd00::/64')])])

        expect:
        FarView.parse(view.text()) == view
        FarView.parse(FarView.ABSENT.text()) == FarView.ABSENT
    }

    def 'what a lying host tells of a tunnel is unreadable, and its far end knows nothing of it: #text'() {
        when:
        FarView.parse(text)

        then:
        def e = thrown(UnreadableFacts)
        e.message.startsWith("what a host tells of its tunnel: '$text': ")

        and: 'the other ends go on as if it had told nothing'
        FarView.understood(text) == null
        [new WireguardModule(), new FreebsdWireguard()].every { module ->
            def lying = ['b-gw': key('wg0', ONE).and(Published.Values.of('wireguard.wg0.live', text)), 'c-gw': key('wg0', TWO), 'a-gw': key('wg0', SIX)]
            refused(fabric(module instanceof WireguardModule ? 'LINUX' : 'FREEBSD', HUB), lying, 'a-gw') == [wg0: null]
        }

        where:
        text << ['', 'x', 'key=none', 'key=none port= addresses=', 'key=none port=51820x addresses=', 'key=none port=99999 addresses=',
                 'key=none port=-1 addresses=', 'key=none port=99999999999 addresses=', 'key=%%% port=1 addresses=', 'key=none port=1 addresses=300.1.1.1',
                 'key=none port=1 addresses=; peer=x psk=none port=0 allowed=', "key=none port=1 addresses=; peer=$ONE psk=maybe port=0 allowed=".toString(),
                 "key=none port=1 addresses=; peer=$ONE psk=none port=0 allowed=10.0.0.0/33".toString(), "key=none port=1 addresses=; peer=$ONE psk=none port=0 allowed=,".toString(),
                 'key=none port=1 addresses=; ']
    }

    def 'a pre-shared key or a key of the user whose far end tells nonsense waits for that end, as for one that tells nothing'() {
        given:
        def tunnels = fabric('LINUX', TUNNELS.replace(', psk: true', ''))
        def told = { String text -> new Published(['b-gw': Published.Values.of('wireguard.wg0.live', text)]) }

        expect:
        ['key=none port=1', 'nonsense'].every { new WireguardPskModule().want(new Scope(tunnels, tunnels.host('a-gw').get(), told(it))) == new WireguardPskModule().want(new Scope(tunnels, tunnels.host('a-gw').get(), Published.NOTHING)) }
    }
}

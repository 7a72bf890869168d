package org.linkctl.dsl

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.model.Fabric
import org.linkctl.playbook.Cut

/** What a playbook takes away from traffic: what has another way is drained, and what has none is a cut. */
class PlaybookCutsSpec extends PlaybookReading {
    def 'a reboot cuts what is left by what is drained meanwhile, whatever part of the playbook it is in'() {
        given:
        Fabric pair = Inventory.load(Path.of('../inventories/ha-web.groovy'), Limits.ALL).fabric()

        expect:
        Cut.of(read(steps, [:], fabric == 'pair' ? pair : ecmp).playbook(), fabric == 'pair' ? pair : ecmp, 1)*.why() == cuts

        where:
        fabric | steps                                                                 || cuts
        'pair' | "drain('fw1'); reboot('fw1'); undrain('fw1')"                         || []
        'pair' | "drain('fw1'); undrain('fw1'); reboot('fw2')"                         || []
        'pair' | "drain('fw1'); reboot('fw2')"                                         || ['no host is left for the pair fw while fw2 reboots, for fw1 is drained']
        'pair' | "drain('web-ch'); reboot('web-de')"                                   || ['no host is left for the published web while web-de reboots, for web-ch is drained']
        'pair' | "drain('ch'); reboot('web-de')"                                       || ['no host is left for the published web while web-de reboots, for web-ch is drained']
        'pair' | "drain('fw1'); undrain('fw1'); onFailure { reboot('fw2') }"           || ['no host is left for the pair fw while fw2 reboots, for fw1 is drained']
        'pair' | "drain('fw1'); undrain('fw1'); onFailure { undrain('fw1') }; always { undrain('fw1'); reboot('fw2') }" || []
        'pair' | "drain('fw1'); onFailure { undrain('fw1') }; always { reboot('fw2') }" || ['no host is left for the pair fw while fw2 reboots, for fw1 is drained']
        'pair' | "say 'x'; onFailure { drain('fw1') }; always { reboot('fw2') }"        || ['no host is left for the pair fw while fw2 reboots, for fw1 is drained']
        'ecmp' | "say 'x'; always { reboot('a-gw') }"                                  || ['a and b have no way to each other while a-gw reboots', 'a-app has no gateway while a-gw reboots']
        'ecmp' | "say 'x'; onFailure { reboot('b-gw') }"                               || ['a and b have no way to each other while b-gw reboots']
    }

    /** An inventory of this content. */
    private Fabric fabric(String content) {
        Path file = folder.resolve('inventory.groovy')
        Files.writeString(file, "fabric('x') {\n$content\n}\n")
        def loaded = Inventory.load(file, Limits.ALL)
        assert loaded.fabric() != null : loaded.render()
        loaded.fabric()
    }

    static String nextHops(String over) {
        """site('dc', lan: '10.1.0.0/16') {
            host('lb', os: LINUX, ssh: '192.0.2.1') { nic('eth0', address: '198.51.100.2/24'); nic('eth1', address: ['10.1.0.1/16', 'fd00:1::1/64']) }
            host('vpn1', os: LINUX, ssh: '192.0.2.2') { nic('eth1', address: ['10.1.0.2/16', 'fd00:1::2/64']) }
            host('vpn2', os: LINUX, ssh: '192.0.2.3') { nic('eth1', address: ['10.1.0.3/16', 'fd00:1::3/64']) }
            host('vpn3', os: LINUX, ssh: '192.0.2.4') { nic('eth1', address: '10.1.0.4/16') }
            balance('b', on: 'lb', inbound: 'eth0', from: '0.0.0.0/0', to: '10.9.0.0/16', over: [$over])
        }"""
    }

    static final String TWO_HUBS = """
        site('head', lan: '10.1.0.0/16') {
            host('gw1', os: LINUX, ssh: '192.0.2.1') { nic('eth1', address: '10.1.0.1/16') }
            host('gw2', os: LINUX, ssh: '192.0.2.2') { nic('eth1', address: '10.1.0.2/16') }
        }
        site('bern', lan: '10.2.0.0/16') {
            host('bern1', os: LINUX, ssh: '192.0.2.3') { nic('eth1', address: '10.2.0.1/16') }
            host('bern2', os: LINUX, ssh: '192.0.2.4') { nic('eth1', address: '10.2.0.2/16') }
        }
        hub('wg0', on: 'gw1', port: 51820, address: '10.0.0.1/24', endpoint: '203.0.113.9') { spoke('bern1', address: '10.0.0.2/24', lan: true) }
        hub('wg1', on: 'gw2', port: 51820, address: '10.0.1.1/24', endpoint: '203.0.113.10') { spoke('bern2', address: '10.0.1.2/24', lan: true) }
        """

    static final String ONE_HUB = TWO_HUBS.readLines().findAll { !it.contains("hub('wg1'") }.join('\n')

    static final String WITNESS = """site('a', lan: '10.1.0.0/16') {
            pair('lb', os: LINUX) {
                host('lb1', ssh: '192.0.2.1') { nic('eth0', address: '10.1.0.1/16') }
                host('lb2', ssh: '192.0.2.2') { nic('eth0', address: '10.1.0.2/16') }
                vip(10, on: 'eth0', address: '10.1.0.9/16')
                witness('w', address: '10.1.0.3')
            }
            host('w', os: LINUX, ssh: '192.0.2.3') { nic('eth0', address: '10.1.0.3/16') }
        }"""

    static final String DEFAULT_ROUTES = """site('a', lan: '10.1.0.0/16') {
            host('r1', os: LINUX, ssh: '192.0.2.1') { nic('eth0', address: ['10.1.0.1/16', 'fd00:1::1/64']) }
            host('r2', os: LINUX, ssh: '192.0.2.2') { nic('eth0', address: ['10.1.0.2/16', 'fd00:1::2/64']) }
            host('one', os: LINUX, ssh: '192.0.2.3') { nic('eth0', address: '10.1.0.3/16', defaultGateway: '10.1.0.1') }
            host('far', os: LINUX, ssh: '192.0.2.5') { nic('eth0', address: '10.1.0.5/16', defaultGateway: '10.1.0.254') }
        }"""

    def 'a reboot cuts what has one way left, whatever it goes by: #hosts'() {
        given:
        Fabric fabric = fabric(inventory)
        def reboots = "eachHost(serial: 9, among: [${hosts.collect { "'$it'" }.join(', ')}]) { reboot(it) }"

        expect: 'hosts that stand in for each other one after the other, and a cut where there is no other'
        actions(reboots, [:], fabric)*.hosts().collect { it*.name() } == batches
        Cut.of(read(reboots, [:], fabric).playbook(), fabric, 1)*.why() == cuts

        where:
        inventory                                   | hosts                            || batches                                | cuts
        nextHops("'10.1.0.2', '10.1.0.3'")          | ['vpn1', 'vpn2', 'vpn3']         || [['vpn1', 'vpn3'], ['vpn2']]           | []
        nextHops("'10.1.0.2', '10.1.0.3', '10.1.0.99'") | ['vpn1', 'vpn2']             || [['vpn1', 'vpn2']]                     | []
        nextHops("'10.1.0.2'")                      | ['vpn1', 'vpn2']                 || [['vpn1', 'vpn2']]                     | ['no host is left for the balance b while vpn1, vpn2 reboot']
        nextHops("'10.1.0.2', '10.1.0.3'")          | ['lb', 'vpn1']                   || [['lb', 'vpn1']]                       | ['no host is left for the balance b while lb, vpn1 reboot']
        ONE_HUB                                     | ['bern1', 'bern2']               || [['bern1', 'bern2']]                   | ['no host is left for the way to 10.2.0.0/16 over hubs while bern1, bern2 reboot']
        ONE_HUB                                     | ['gw1']                          || [['gw1']]                              | ['no host is left for the hub wg0 while gw1 reboots']
        TWO_HUBS                                    | ['bern1', 'bern2']               || [['bern1'], ['bern2']]                 | []
        TWO_HUBS                                    | ['gw1', 'gw2']                   || [['gw1'], ['gw2']]                     | ['no host is left for the hub wg0 while gw1 reboots', 'no host is left for the hub wg1 while gw2 reboots']
        TWO_HUBS                                    | ['gw1', 'bern2', 'bern1']        || [['gw1', 'bern1'], ['bern2']]          | ['no host is left for the hub wg0 while gw1, bern1 reboot']
        WITNESS                                     | ['w', 'lb1', 'lb2']              || [['w'], ['lb1'], ['lb2']]              | []
        DEFAULT_ROUTES                              | ['r1', 'r2']                     || [['r1', 'r2']]                         | ['no host is left for the default route of one while r1, r2 reboot']
        DEFAULT_ROUTES                              | ['r1', 'one']                    || [['r1', 'one']]                        | []
    }

    def 'the last that is left for a service is a cut, however many are drained or reboot'() {
        expect:
        cuts(nextHops("'10.1.0.2', '10.1.0.3'"), 'reboot(hosts[1]); reboot(hosts[2])') == []
        cuts(WITNESS, "drain('lb1'); reboot('w'); undrain('lb1')") == []
        cuts(WITNESS, "drain('lb1'); reboot('lb2'); undrain('lb1')") == ['no host is left for the pair lb while lb2 reboots, for lb1 is drained']
    }

    private List<String> cuts(String inventory, String steps) {
        Fabric fabric = fabric(inventory)
        Cut.of(read(steps, [:], fabric).playbook(), fabric, 1)*.why()
    }

    def 'a drained host of a FreeBSD pair takes over where the other one is gone'() {
        given:
        Fabric pair = Inventory.load(Path.of('../inventories/ha-web-freebsd.groovy'), Limits.ALL).fabric()

        expect:
        Cut.of(read("drain('fw1'); reboot('fw2')", [:], pair).playbook(), pair, 1) == []
    }

    def 'hosts that carry all tunnels between two sites are not rebooted together'() {
        expect:
        actions('eachHost(serial: 9) { host -> reboot(host) }')*.hosts().collect { it*.name() } == [['a-gw', 'a-app'], ['b-gw']]
    }

    def 'what has another way can be told before it is drained'() {
        expect:
        actions("if (hasOtherWay($what)) say 'yes'\nsay 'end'").size() == said

        where:
        what                                          || said
        "tunnels.first()"                             || 2
        "'wg0'"                                       || 2
        '"wg${0}"'                                    || 2
        "'a-gw'"                                      || 1
        "hosts.find { it.name() == 'a-gw' }"          || 1
    }

    def 'a group of tunnels, or several, are one thing to drain'() {
        given:
        Fabric prod = Inventory.load(Path.of('../inventories/prod.groovy'), Limits.ALL).fabric()

        expect:
        def way = actions("drain($what)\nundrain($what)", [:], prod)[0].way()
        way.name() == name
        way.marks() == marks

        where:
        what                                                        || name                     | marks
        "'hq-plant0'"                                               || 'hq-plant0'              | ['hq-gw': ['hq-plant0'] as Set, 'plant-gw': ['hq-plant0'] as Set]
        "['hq-plant0', 'hq-plant1']"                                || 'hq-plant0, hq-plant1'   | ['hq-gw': ['hq-plant0', 'hq-plant1'] as Set, 'plant-gw': ['hq-plant0', 'hq-plant1'] as Set]
        "tunnels.findAll { it.name() in ['dc-link11', 'dc-link12'] }" || 'dc-link11, dc-link12' | ['vpn1': ['dc-link11', 'dc-link12'] as Set, 'far1': ['dc-link11'] as Set, 'far2': ['dc-link12'] as Set]
        "'vpn1'"                                                    || 'vpn1'                   | ['vpn1': ['dc-link11', 'dc-link12'] as Set, 'far1': ['dc-link11'] as Set, 'far2': ['dc-link12'] as Set]
        "'lb1'"                                                     || 'lb1'                    | ['lb1': ['host:lb1'] as Set]
        "'web-ch'"                                                  || 'web-ch'                 | ['fw1': ['place:web-ch'] as Set, 'fw2': ['place:web-ch'] as Set]
        "sites.find { it.name() == 'ch' }"                          || 'ch'                     | ['fw1': ['place:web-ch'] as Set, 'fw2': ['place:web-ch'] as Set]
        "pairs.first().hosts().first()"                             || 'lb1'                    | ['lb1': ['host:lb1'] as Set]
    }

    def 'of a tunnel to a peer the end alone is marked that linkctl logs in to'() {
        given:
        Path inventory = folder.resolve('peer.groovy')
        Files.writeString(inventory, '''
            fabric('net') {
                site('a', lan: '10.1.0.0/16') { host('a-gw', os: LINUX, ssh: 'ops@192.0.2.1') { nic('eth0', address: '10.1.0.1/16') } }
                site('b', lan: '10.2.0.0/16') {}
                for (n in 0..1) tunnel("ab$n", keepalive: 25) {
                    end('a-gw', port: 5000 + n, address: "10.255.$n.1/30")
                    peer("vendor$n", publicKey: ['i7Eyf4OagNo4jzeV133MKGmh1eZW1ANSIPZpCK8xADY=', 'd9M6yOX08lr7hEsFXk9F8vYsu6oI7WPm2NA9HHfj73I='][n], site: 'b', endpoint: "198.51.100.$n:51820", address: "10.255.$n.2")
                }
                route(between: ['a', 'b'], via: ['ab0', 'ab1'])
            }
            '''.stripIndent())
        def loaded = Inventory.load(inventory, Limits.ALL)
        assert loaded.fabric() != null : loaded.render()

        expect:
        actions("drain('ab0')\nundrain('ab0')", [:], loaded.fabric())[0].way().marks() == ['a-gw': ['ab0'] as Set]
    }
}

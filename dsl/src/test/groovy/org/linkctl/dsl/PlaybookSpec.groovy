package org.linkctl.dsl

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.dsl.read.RunLimits
import org.linkctl.dsl.read.ScriptCache
import org.linkctl.dsl.words.PlaybookSpec as Words
import org.linkctl.dsl.words.PlaybookScript
import org.linkctl.dsl.words.StepsSpec
import org.linkctl.dsl.words.Vocabulary
import org.linkctl.model.Fabric
import org.linkctl.plan.ModuleNames
import org.linkctl.playbook.Action
import org.linkctl.playbook.Cut
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Unroll

import static org.linkctl.spi.ReplacesKeys.Key.PRE_SHARED
import static org.linkctl.spi.ReplacesKeys.Key.PRIVATE

/** Playbooks are read by the rules of inventories: broken ones are in src/test/resources/playbooks. */
class PlaybookSpec extends Specification {
    static final ModuleNames MODULES = new ModuleNames(['linux.bond', 'linux.sysctl', 'freebsd.sysctl'], [:])

    @TempDir
    Path folder

    @Shared Fabric ecmp = Inventory.load(Path.of('../inventories/ecmp.groovy'), Limits.ALL).fabric()

    private LoadedPlaybook read(String steps, Map<String, String> given = [:], Fabric fabric = ecmp) {
        Path file = folder.resolve('p.groovy')
        Files.writeString(file, "playbook('p', about: 'a test') {\n${steps.stripIndent()}\n}\n")
        Playbooks.load(file, fabric, given, ModuleNames.UNKNOWN, ScriptCache.NONE)
    }

    private List<Action> actions(String steps, Map<String, String> given = [:], Fabric fabric = ecmp) {
        def loaded = read(steps, given, fabric)
        assert loaded.diagnostics() == [] : loaded.render()
        loaded.playbook().tasks()*.action()
    }

    @Unroll('#file.fileName says what is wrong and where')
    def 'broken playbooks'(Path file) {
        when:
        def loaded = Playbooks.load(file, ecmp, [:], MODULES, ScriptCache.NONE)

        then:
        loaded.playbook() == null
        loaded.missing() == []
        Golden.matches(Golden.beside(file), loaded.render().replace(file.parent.toString() + '/', ''))

        where:
        file << Golden.inventories('playbooks')
    }

    def 'a group and a tag stand for their hosts'() {
        given:
        Path file = folder.resolve('grouped.groovy')
        Files.writeString(file, """fabric('x') {
            site('a') {
                host('one', os: LINUX, ssh: '192.0.2.1', tags: 'spare')
                pair('lb', os: FREEBSD) { host('lb1', ssh: '192.0.2.2'); host('lb2', ssh: '192.0.2.3') }
            }
            site('b') { host('two', os: LINUX, ssh: '192.0.2.4') }
            group('front', hosts: ['lb', 'b'])
        }""")
        def grouped = Inventory.load(file, Limits.ALL).fabric()

        expect:
        actions("verify(hosts: ['front', 'spare'])", [:], grouped).first().hosts()*.name() == ['lb1', 'lb2', 'two', 'one']
        actions("verify(hosts: groups.find { it.name() == 'front' })", [:], grouped).first().hosts()*.name() == ['lb1', 'lb2', 'two']
        actions('groups.each { say "$it ${it.members()}" }', [:], grouped)*.text().sort() == ['front [lb, b]', 'spare [one]']
        actions("Pair p = pairParameter('p', about: 'x')\nverify(hosts: p)", [p: 'lb'], grouped).first().hosts()*.name() == ['lb1', 'lb2']
        actions("Pair p = pairParameter('p', about: 'x', default: pairs.first())\nverify(hosts: p)", [:], grouped).first().hosts()*.name() == ['lb1', 'lb2']
        actions("Site s = siteParameter('s', about: 'x', default: 'b')\nverify(hosts: s)", [:], grouped).first().hosts()*.name() == ['two']
        actions("Site s = siteParameter('s', about: 'x', default: sites.last())\nverify(hosts: s)", [s: 'a'], grouped).first().hosts()*.name() == ['one', 'lb1', 'lb2']
        read("Pair p = pairParameter('p', about: 'x')\nverify(hosts: p)", [p: 'lbb'], grouped).diagnostics()*.summary() == ["p: expected the name of a pair, got 'lbb' (-e)"]
        read("Pair p = pairParameter('p', about: 'x', default: 'lbb')\nverify(hosts: p)", [:], grouped).render().contains("no pair 'lbb' in the inventory; did you mean 'lb'?")
        read("Site s = siteParameter('s', about: 'x', default: hosts.first())\nverify(hosts: s)", [:], grouped).render().contains('default: expected a site of the inventory, or its name, got one')
        read("pairParameter('p', about: 'x')\nsay 'x'").render().contains('p: the inventory has no pair')
        read("verify(hosts: 'frond')", [:], grouped).render().contains("no host, pair, group or site 'frond' in the inventory; did you mean 'front'?")
    }

    def 'new keys need the modules that make them, at each end and for its system: #steps'() {
        given:
        Path inventory = folder.resolve('keys.groovy')
        Files.writeString(inventory, """fabric('x') {
            site('a') { host('one', os: LINUX, ssh: '192.0.2.1') }
            site('b') { host('two', os: FREEBSD, ssh: '192.0.2.2') }
            tunnel('wg0', psk: true) {
                end('one', port: 5000, address: '10.255.0.1/30')
                end('two', port: 5000, address: '10.255.0.2/30', endpoint: '192.0.2.2')
            }
        }""")
        def fabric = Inventory.load(inventory, Limits.ALL).fabric()
        Path file = folder.resolve('p.groovy')
        Files.writeString(file, "playbook('p', about: 'a test') {\n$steps\n}\n")
        def named = { List<String> names -> ['linux', 'freebsd'].collectMany { os -> names.collect { "$os.$it".toString() } } }
        def modules = new ModuleNames(named(['bond', 'wireguard', 'wireguard-key', 'wireguard-psk']),
                [(PRE_SHARED): named(['wireguard', 'wireguard-psk']), (PRIVATE): named(['wireguard', 'wireguard-key'])])

        when:
        def loaded = Playbooks.load(file, fabric, [:], modules, ScriptCache.NONE)

        then:
        loaded.diagnostics()*.summary() == (said ? [said] : [])
        (loaded.playbook() == null) == (said != null)

        where:
        steps                                                                   || said
        "apply(only: 'bond', rotatePsk: 'wg0')"                                 || 'only: leaves out freebsd.wireguard, freebsd.wireguard-psk, linux.wireguard, linux.wireguard-psk, and rotatePsk: would replace no key without'
        "apply(only: ['wireguard', 'linux.wireguard-key'], rotateKey: 'wg0')"   || 'only: leaves out freebsd.wireguard-key, and rotateKey: would replace no key without'
        "apply(only: 'wireguard-psk', rotatePsk: tunnels)"                      || 'only: leaves out freebsd.wireguard, linux.wireguard, and rotatePsk: would replace no key without'
        "tunnels.each { apply(only: ['wireguard', 'wireguard-psk'], rotatePsk: it) }" || null
        "apply(only: ['wireguard', 'wireguard-key', 'bond'], rotateKey: 'wg0')" || null
        "apply(rotateKey: 'wg0')"                                               || null
    }

    def 'the braces of a playbook, and none of an inventory'() {
        expect:
        Vocabulary.ofPlaybooks() == [PlaybookScript, Words, StepsSpec]
        !Vocabulary.all().any { it in Vocabulary.ofPlaybooks() }
        Vocabulary.isValue(Words, 'hosts')
        !Vocabulary.of(StepsSpec).containsKey('getHosts')
    }

    def 'every word, value and attribute is in the documentation'() {
        given:
        String docs = Files.readString(Path.of('../docs/playbooks.md'))

        expect:
        ['hosts', 'pairs', 'groups', 'tunnels', 'sites', 'routes'].every { Vocabulary.isValue(StepsSpec, it) && docs.contains("`$it`") }
        Vocabulary.ofPlaybooks().each { place ->
            Vocabulary.of(place).values().each { word ->
                assert docs.contains('`' + word.name())
                word.attributes().keySet().each { assert docs.contains("`$it:") }
            }
        }
    }

    def 'every complete example of the documentation is a playbook'() {
        given:
        String docs = Files.readString(Path.of('../docs/playbooks.md'))
        List<String> examples = (docs =~ /(?s)```groovy\n(playbook.*?)```/).collect { List<String> it -> it[1] }
        Fabric lab = Inventory.load(Path.of('../inventories/lab.groovy'), Limits.ALL).fabric()

        expect:
        examples.size() >= 2
        examples.eachWithIndex { String example, int i ->
            Path file = folder.resolve("example${i}.groovy")
            Files.writeString(file, example)
            def loaded = Playbooks.load(file, lab, [:], MODULES, ScriptCache.NONE)
            assert loaded.diagnostics() == [] : loaded.render()
            assert loaded.playbook() != null || !loaded.missing().empty
        }
    }

    def 'what stands beside Ansible is an inventory, and a playbook'() {
        given:
        String docs = Files.readString(Path.of('../docs/coming-from-ansible.md'))
        List<String> examples = (docs =~ /(?s)```groovy\n(.*?)```/).collect { List<String> it -> it[1] }
        Path inventory = Files.writeString(folder.resolve('office.groovy'), examples[0])
        Path file = Files.writeString(folder.resolve('reboot.groovy'), examples[1])

        expect:
        examples.size() == 2
        def office = Inventory.load(inventory, Limits.ALL)
        assert office.fabric() != null : office.render()
        def playbook = Playbooks.load(file, ecmp, [:], ModuleNames.UNKNOWN, ScriptCache.NONE)
        assert playbook.diagnostics() == [] : playbook.render()
    }

    def 'parts of documentation that are no whole playbook are steps of one'() {
        given:
        String docs = Files.readString(Path.of('../docs/playbooks.md'))
        List<String> parts = (docs =~ /(?s)```groovy\n(?!playbook)(.*?)```/).collect { List<String> it -> it[1] }
        Fabric lab = Inventory.load(Path.of('../inventories/lab.groovy'), Limits.ALL).fabric()

        expect:
        parts.size() >= 5
        parts.each { String part ->
            def loaded = read(part + "\nsay 'the end'", [:], lab)
            assert loaded.diagnostics() == [] : part + loaded.render()
        }
    }

    def 'hosts are named as themselves, by name, by pair and by site'() {
        given:
        Fabric pair = Inventory.load(Path.of('../inventories/ha-web.groovy'), Limits.ALL).fabric()

        expect:
        actions("verify(hosts: $hosts)", [:], pair)[0].hosts()*.name() == names

        where:
        hosts                                      || names
        "'fw1'"                                    || ['fw1']
        'hosts.first()'                            || ['fw1']
        'pairs'                                    || ['fw1', 'fw2']
        "[pairs.first(), 'web-de']"                || ['fw1', 'fw2', 'web-de']
        "hosts.findAll { it.name() =~ 'web' }"     || ['web-ch', 'web-de']
    }

    def 'steps of several hosts are done side by side, and never on all that stand in for each other'() {
        given:
        Fabric pair = Inventory.load(Path.of('../inventories/ha-web.groovy'), Limits.ALL).fabric()

        when:
        def reboots = actions('eachHost(serial: 9) { host -> say "to ${host.name()}"; reboot(host) }', [:], pair)
                .findAll { it instanceof Action.Reboot }

        then: 'neither both of the pair, nor both that the website is published to'
        reboots*.hosts().collect { it*.name() } == [['fw1', 'web-ch'], ['fw2', 'web-de']]
    }

    def 'what does not depend on the host is done as often as it is written: #step'() {
        when:
        def tasks = read("eachHost(serial: 2, among: ['a-gw', 'a-app']) { host -> $step }").playbook().tasks()

        then:
        tasks*.action()*.class*.simpleName == done
        tasks*.action().findAll { it instanceof Action.Reboot }*.hosts().every { it.unique(false) == it }

        where:
        step                                                  || done
        "command('b-gw', ['logger', 'one more'])"             || ['Run'] * 2
        "say 'x'"                                             || ['Say'] * 2
        "ask 'x?'"                                            || ['Ask'] * 2
        "apply(hosts: 'b')"                                   || ['Apply'] * 2
        "measure('m')"                                        || ['Measure'] * 2
        "reboot('a-app')"                                     || ['Reboot'] * 2
        "reboot(host); reboot('b-gw')"                        || ['Reboot', 'Reboot', 'Reboot']
        "reboot(host)"                                        || ['Reboot']
        "verify()"                                            || ['Verify']
        "waitForHealth()"                                     || ['WaitForHealth']
        "waitFor('b-gw', ['true'])"                           || ['WaitFor']
        "drain('wg0'); verify(); undrain('wg0')"              || ['Drain', 'Verify', 'Undrain']
    }

    def 'at once are so many, or a share of each site: #serial'() {
        given:
        Path inventory = folder.resolve('many.groovy')
        Files.writeString(inventory, """fabric('many') {
            for (s in ['a', 'b']) site(s, lan: "10.\${s == 'a' ? 1 : 2}.0.0/16") {
                for (n in 1..(s == 'a' ? 4 : 2)) host("\$s\$n", os: LINUX, ssh: "\$s\${n}.example")
            }
        }
        """)
        def loaded = Inventory.load(inventory, Limits.ALL)
        assert loaded.fabric() != null : loaded.render()

        expect:
        actions("eachHost(serial: $serial) { host -> reboot(host) }", [:], loaded.fabric())*.hosts().collect { it*.name() } == batches

        where:
        serial  || batches
        '3'     || [['a1', 'a2', 'a3'], ['a4', 'b1', 'b2']]
        "'3'"   || [['a1', 'a2', 'a3'], ['a4', 'b1', 'b2']]
        "'50%'" || [['a1', 'a2', 'b1'], ['a3', 'a4', 'b2']]
        "'10%'" || [['a1', 'b1'], ['a2', 'b2'], ['a3'], ['a4']]
    }

    def 'steps that depend on what a host answers know it, and reboots of them are not joined'() {
        when:
        def tasks = read("eachHost(serial: 9) { host -> when(host, ['test', '-e', '/x']) { when(host, ['true'], status: 1) { reboot(host) } } }", [:]).playbook().tasks()

        then:
        tasks*.action()*.hosts().collect { it*.name() } == [['a-gw'], ['a-app'], ['b-gw']]
        tasks.every { it.conditions()*.question()*.render() == ['test -e /x', 'true'] }
        tasks*.conditions()*.first()*.number().unique().size() == 3
    }

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

    def 'what a step began may go on at the end, whatever step ends it: #steps'() {
        expect:
        read("watch('w', from: 'a-gw', to: 'b-gw')\n$steps").render().contains("no ping 'w' has begun") == refused
        read("watch('w', from: 'a-gw', to: 'b-gw')\n$steps").render().contains("a ping 'w' has begun before") == twice

        where:
        steps                                                                    || refused | twice
        "outage('w'); onFailure { outage('w') }; always { outage('w') }"         || false   | false
        "outage('w'); watch('w', from: 'b-gw', to: 'a-gw'); outage('w')"         || false   | false
        "outage('w'); outage('w')"                                               || true    | false
        "always { outage('w'); outage('w') }"                                    || true    | false
        "outage('w'); always { watch('w', from: 'b-gw', to: 'a-gw') }"           || false   | true
        "always { watch('x', from: 'b-gw', to: 'a-gw'); outage('x') }"           || false   | false
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

    def 'things of the inventory are their names in a text'() {
        expect:
        actions('say "\${hosts.first()} \${hosts} \${tunnels.first()} \${sites} \${routes}"')*.text() ==
                ['a-gw [a-gw, a-app, b-gw] wg0 [a, b] [a and b]']
    }

    def 'hosts that carry all tunnels between two sites are not rebooted together'() {
        expect:
        actions('eachHost(serial: 9) { host -> reboot(host) }')*.hosts().collect { it*.name() } == [['a-gw', 'a-app'], ['b-gw']]
    }

    def 'steps are numbered through, with what is done at the end behind them'() {
        when:
        def playbook = read("always { say 'z' }\nonFailure { say 'y' }\nsay 'a'\nstep('t') { say 'b' }").playbook()

        then:
        playbook.tasks()*.number() == [1, 2]
        playbook.tasks()*.title() == ['', 't']
        playbook.onFailure()*.number() == [3]
        playbook.always()*.number() == [4]
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

    def 'the hosts that have to change with new ones: #what'() {
        given:
        Fabric fabric = Inventory.load(Path.of("../inventories/${file}.groovy"), Limits.ALL).fabric()

        expect:
        actions("linkedTo($what).each { say it.name() }\nsay 'end'", [:], fabric)*.text() - 'end' == linked

        where:
        file           | what                                              || linked
        'ecmp'         | "hosts.find { it.name() == 'b-gw' }"              || ['a-gw', 'a-app']
        'ecmp'         | "sites.find { it.name() == 'b' }"                 || ['a-gw', 'a-app']
        'ecmp'         | "sites.find { it.name() == 'a' }"                 || ['b-gw']
        'ecmp'         | "hosts"                                           || []
        'ecmp'         | "'b-gw'"                                          || ['a-gw', 'a-app']
        'ecmp'         | "'a'"                                             || ['b-gw']
        'ecmp'         | "['a-gw', sites.find { it.name() == 'b' }]"       || ['a-app']
        'ha-web'       | "hosts.findAll { it.name() == 'web-ch' }"         || ['fw1', 'fw2']
        'ha-web'       | "hosts.find { it.name() == 'fw1' }"               || ['fw2', 'web-ch', 'web-de']
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

    def 'all that is missing is told at once, and nothing that follows from it'() {
        when:
        def loaded = read('''
            Tunnel one = tunnelParameter('one', about: 'x')
            List<Host> some = hostsParameter('some', about: 'y')
            reboot(some.first())
            ''')

        then:
        loaded.playbook() == null
        loaded.diagnostics() == []
        loaded.missing()*.name() == ['one', 'some']
        read('''
            Tunnel one = tunnelParameter('one', about: 'x')
            List<Host> some = hostsParameter('some', about: 'y')
            reboot(some.first())
            ''', [one: 'wg1', some: 'b,a-gw']).playbook().parameters()*.value() == ['wg1', 'b,a-gw']
    }

    def 'one that computes without an end is stopped'() {
        given:
        Path file = folder.resolve('p.groovy')
        Files.writeString(file, "playbook('p', about: 'x') {\n    while (true) { say 'a'.substring(0) }\n}\n")

        expect:
        Playbooks.load(file, ecmp, [:], ModuleNames.UNKNOWN, ScriptCache.NONE, new RunLimits(1, 1024)).render().contains('the playbook is stopped here')
    }

    def 'it is kept compiled, and reads the same'() {
        given:
        def cache = ScriptCache.in(folder.resolve('cache'), 'test')
        Path file = folder.resolve('p.groovy')
        Files.writeString(file, "playbook('p', about: 'x') { eachHost { host -> reboot(host) } }\n")

        expect:
        Playbooks.load(file, ecmp, [:], ModuleNames.UNKNOWN, cache).playbook() == Playbooks.load(file, ecmp, [:], ModuleNames.UNKNOWN, cache).playbook()
        Files.list(folder.resolve('cache')).withCloseable { it.count() } == 1
    }
}

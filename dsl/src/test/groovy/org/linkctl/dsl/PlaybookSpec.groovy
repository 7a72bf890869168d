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
import spock.lang.Unroll

import static org.linkctl.spi.ReplacesKeys.Key.PRE_SHARED
import static org.linkctl.spi.ReplacesKeys.Key.PRIVATE

/** Playbooks are read by the rules of inventories: broken ones are in src/test/resources/playbooks. */
class PlaybookSpec extends PlaybookReading {
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

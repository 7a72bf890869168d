package org.linkctl.dsl

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** What is said of a value stands at the line and the column of the word, whatever else its values are made of. */
class PlacesSpec extends Specification {
    @TempDir
    Path folder

    /** mtu: 1 is refused after the script has run, at the place that the word's call had. */
    def 'the error stands where the word does: #value'() {
        given:
        Path file = folder.resolve('places.groovy')
        Files.writeString(file, """
            import groovy.transform.Field
            @Field List<String> kept = ['10.9.0.1/16', '10.9.0.2/16']
            fabric('x') {
                List<String> k = ['10.1.0.1/16', '10.1.0.2/16', '10.1.0.3/16']
                Map<String, String> m = [a: '10.1.0.1/16']
                List<Map<String, String>> rows = [m, m]
                int n = 1
                boolean b = true
                String none = null
                site('a', lan: '10.1.0.0/16') {
                    host('h', os: LINUX, ssh: 'h') {
                        // lines between
                        // that nobody
                        // numbers
                        nic('eth2', mtu: 1, address: $value)
                    }
                }
            }
            String own(String one, String other = '10.1.0.2/16') { one }
            String fromField() { kept[1] }
            String defaulted(String one = '10.1.0.1/16') { one }
            """)
        List<String> lines = Files.readAllLines(file)
        int line = lines.findIndexOf { it.contains('nic(') } + 1

        when:
        def loaded = Inventory.load(file, Limits.ALL)

        then:
        loaded.diagnostics().findAll { it.summary().startsWith('mtu: 1 ') }*.at().collect { [it.line(), it.column()] } == [[line, lines[line - 1].indexOf('mtu: 1') + 6]]
        loaded.diagnostics().every { it.at().line() == line }

        where:
        value << [
            'k[2]', 'k[0]', 'k[-1]', "m['a']", 'm.a', "rows[1]['a']", 'rows[0].a', '"${k[1]}"', "'x10.1.0.1/16'[1..-1]", 'k[n]', 'k[n - 1]', 'k[n + 1]', 'k[-n]', 'k[+n]',
            'k[n++]', 'k[++n]', 'k[--n]', 'k[n--]', 'b ? k[0] : k[1]', '!b ? k[0] : k[1]', 'none ?: k[1]', 'k[0] ?: k[1]', 'k[0..1]', '[k[0], k[1]]', '[*k]',
            '[*k[0..1], k[2]]', "[[a: k[1]], m][0]['a']", "[*: m]['a']", '(String) k[1]', 'k[1] as String', 'k.collect { it }[1]', 'k.find { it == k[1] }', 'k.collect { x -> x }[n]',
            'k.collect((String x) -> x)[0]', 'own(k[1])', 'own(k[1], k[2])', 'defaulted()', 'fromField()', 'k.first()', 'k[k.size() - 1]', "m['a'] == k[0] ? k[1] : k[2]",
            "m.containsKey('a') && b ? k[1] : k[2]", 'k*.trim()[0]', 'm?.a', 'k?.getAt(1)', 'k.get(2)', "m.get('a')", 'k[1].trim()', "'abc'[1] == 'b' ? k[0] : k[1]",
            "switch (n) { case 1 -> k[1]; default -> k[2] }", 'k[n << 0]', 'k[~0]', 'k[1 ** 1]', '(k[1..2])[1]', 'k.collectEntries { [(it): it] }[k[1]]', "((1..3).collect { '10.1.0.' + it + '/16' })[2]"
        ]
    }

    def 'so it is where the value comes from a method or a closure far away'() {
        given:
        Path file = folder.resolve('places.groovy')
        Files.writeString(file, '''String at(List<String> all, int n) {
            all[n]
        }
        fabric('x') {
            site('a') {
                host('h', os: LINUX, ssh: 'h') {
                    List<String> k = ['eth0', 'eth1', 'eth2']
                    k.each { String one ->
                        nic(one, mtu: 1); nic(at([one + k[0][0]], 0), mtu: 2)
                    }
                    nic(at(k, 2) + at(['x', 'y'], 1)[0],
                        mtu: [1, 2, 3][2])
                }
            }
        }
        '''.stripIndent())

        expect:
        Inventory.load(file, Limits.ALL).diagnostics().collect { [it.summary(), it.at().line(), it.at().column()] }.toSet() == [
            ['mtu: 1 is out of range', 9, 39], ['mtu: 2 is out of range', 9, 76], ['mtu: 3 is out of range', 12, 30]] as Set
    }
}

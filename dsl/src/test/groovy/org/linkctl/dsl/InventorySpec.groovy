package org.linkctl.dsl

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.diag.Diagnostic
import org.linkctl.dsl.words.Vocabulary
import org.linkctl.model.Fabric
import org.linkctl.model.Host
import org.linkctl.model.Pair
import org.linkctl.model.Route
import org.linkctl.model.Site
import org.linkctl.model.Tunnel
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Unroll

class InventorySpec extends Specification {
    @TempDir
    Path folder

    static String text(Fabric fabric, Path file) {
        def out = new StringBuilder("fabric ${fabric.name()}\n")
        (fabric.sites() + fabric.hosts() + fabric.intents()).each { out << "${whole(it)}\n" }
        out.toString().replace(file.parent.toString() + '/', '')
    }

    /** All that a record has: as a text some are their names. */
    static String whole(Object one) {
        if (!(one.class in [Host, Pair, Route, Site, Tunnel])) return one.toString()
        "${one.class.simpleName}[${one.class.recordComponents.collect { it.name + "=" + String.valueOf(it.accessor.invoke(one)) }.join(', ')}]"
    }

    @Unroll('#file.fileName loads into the fabric that is expected, as a whole')
    def 'inventories that load'(Path file, Path golden) {
        when:
        Loaded loaded = Inventory.load(file, Limits.ALL)

        then:
        loaded.diagnostics() == []
        Golden.matches(golden, text(loaded.fabric(), file))

        where:
        file << Golden.inventories('good') + ['ecmp', 'ecmp-planned', 'firezone', 'freebsd-lb', 'ha-web', 'ha-web-freebsd', 'prod', 'vpn-bgp'].collect { Path.of('../inventories', it + '.groovy') }
        golden = Golden.RESOURCES.resolve('good').resolve(file.fileName.toString().replace('.groovy', '.txt'))
    }

    def 'one tunnel more renumbers none'() {
        given:
        String three = Files.readString(Path.of('../inventories/ecmp-planned.groovy'))
        Path more = folder.resolve('more.groovy')
        Files.writeString(more, three.replace('count: 3', 'count: 9'))
        Path less = folder.resolve('less.groovy')
        Files.writeString(less, three.replace('count: 3', 'count: 1'))

        when:
        def nine = Inventory.load(more, Limits.ALL).fabric().tunnels()
        def one = Inventory.load(less, Limits.ALL).fabric().tunnels()
        def planned = Inventory.load(Path.of('../inventories/ecmp-planned.groovy'), Limits.ALL).fabric().tunnels()

        then:
        shown(nine.take(3)) == shown(planned)
        shown(nine.take(1)) == shown(one)
    }

    def 'the order in the file does not matter'() {
        given:
        String text = Files.readString(Path.of('../inventories/ecmp-planned.groovy'))
        int sites = text.indexOf("    site('a'")
        int tunnels = text.indexOf("    tunnels(")
        int route = text.indexOf("    route(")
        int end = text.lastIndexOf('}')
        Path turned = folder.resolve('turned.groovy')
        Files.writeString(turned, text[0..<sites] + text[route..<end] + text[tunnels..<route] + text[sites..<tunnels] + '}\n')

        when:
        Fabric fabric = Inventory.load(turned, Limits.ALL).fabric()
        Fabric straight = Inventory.load(Path.of('../inventories/ecmp-planned.groovy'), Limits.ALL).fabric()

        then:
        shown(fabric.tunnels()) == shown(straight.tunnels())
        fabric.routes()*.via() == straight.routes()*.via()
    }

    static List<String> shown(List tunnels) {
        tunnels.collect { it.name() + it.ends().collect { end -> " ${end.host()} ${end.port()} ${end.addresses()}" } }
    }

    def 'every complete example of the documentation loads'() {
        given:
        String docs = Files.readString(Path.of('../docs/language.md'))
        List<String> examples = (docs =~ /(?s)```groovy\n(fabric.*?)```/).collect { List<String> it -> it[1] }
        String readme = Files.readString(Path.of('../README.md'))
        examples << (readme =~ /(?s)\n(    fabric\(.*?\n    \}\n)/)[0][1].stripIndent()

        expect:
        examples.size() >= 5
        examples.eachWithIndex { String example, int i ->
            Path file = folder.resolve("example${i}.groovy")
            Files.writeString(file, example)
            assert Inventory.load(file, Limits.ALL).fabric() != null
        }
    }

    def 'every word and every attribute is in the documentation'() {
        given:
        String docs = Files.readString(Path.of('../docs/language.md'))

        expect:
        Vocabulary.all().each { place ->
            Vocabulary.of(place).values().each { word ->
                assert docs.contains('`' + word.name())
                word.attributes().keySet().each { assert docs.contains("`$it:`") }
            }
        }
    }

    def 'a file that cannot be read is said to be so'() {
        expect:
        Inventory.load(folder.resolve('nowhere.groovy'), Limits.ALL).render().contains('nowhere.groovy: error: no such file')

        when:
        Path binary = folder.resolve('binary.groovy')
        Files.write(binary, [0x66, 0xe9, 0x0a] as byte[])

        then:
        Inventory.load(binary, Limits.ALL).render().contains('not a text in UTF-8')
        Inventory.load(folder, Limits.ALL).fabric() == null
    }

    def 'nothing outside the folder is read, not by a link either'() {
        given:
        Path inside = Files.createDirectory(folder.resolve('inside'))
        Path outside = folder.resolve('secret.csv')
        Files.writeString(outside, 'name\nx\n')
        Files.createSymbolicLink(inside.resolve('link.csv'), outside)
        Path file = inside.resolve('x.groovy')

        when:
        Files.writeString(file, "fabric('x') { csv('$name') }".replace('OUTSIDE', outside.toString()))
        Loaded loaded = Inventory.load(file, Limits.ALL)

        then:
        loaded.fabric() == null
        loaded.render().contains(said)

        where:
        name            || said
        'link.csv'      || 'leads out of the folder'
        '../secret.csv' || 'is not in the folder'
        'OUTSIDE'       || 'is not in the folder'
        'missing.csv'   || 'no file'
        'a\\u0000b'     || 'cannot be found'
    }

    def 'as Groovy is written: #expression'() {
        when:
        Path file = folder.resolve('idiom.groovy')
        Files.writeString(file, "fabric('x') {\n    def names = ['a', 'b']\n    def name = $expression\n    site(name) { }\n}\n")
        Loaded loaded = Inventory.load(file, Limits.ALL)

        then:
        loaded.diagnostics()*.summary() == []
        loaded.fabric().sites()*.name() == ['b']

        where:
        expression << [
            "names.find { it == 'b' } ?: 'c'", "names.find { it == 'z' } ?: 'b'", '"\${names.find { it == \'b\' } ?: \'c\'}"',
            "names.any { it == 'b' } ? 'b' : 'c'", "names.findAll { it > 'a' }.first() ?: 'c'", "names.collect { it.toUpperCase() }.last().toLowerCase()",
            "[x: 'b'].find { key, value -> value == 'b' }?.value ?: 'c'", "names.inject('') { all, one -> one }", "names.groupBy { it }.keySet().max()",
            "(names.find { it == 'z' } ?: names.find { it == 'b' }) ?: 'c'", "[1, 2].collect { it * 2 }.sum() == 6 ? 'b' : 'c'",
        ]
    }

    def 'two words on one line are told apart'() {
        given:
        Path file = folder.resolve('x.groovy')
        Files.writeString(file, "fabric('x') { site('a') { host('h', os: LINUX, ssh: 's') { nic('e/1'); nic('e/2') } } }\n")

        expect:
        Inventory.load(file, Limits.ALL).diagnostics()*.at()*.column() == [64, 76]
    }
}

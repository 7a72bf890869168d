package org.linkctl.dsl

import java.nio.file.Files
import java.nio.file.Path
import org.codehaus.groovy.runtime.GStringImpl
import org.linkctl.dsl.words.InterpolatedText
import org.linkctl.model.Os
import org.linkctl.net.Cidr
import spock.lang.Specification
import spock.lang.TempDir

/** A text with {@code ${…}} says what Groovy's own says. */
class InterpolatedTextSpec extends Specification {
    @TempDir
    Path folder

    def 'a text with a value in it is that of Groovy: #kind'() {
        given:
        def values = [value, 'x', value] as Object[]
        def texts = ['a ', ' b ', ' c ', ' d'] as String[]
        def own = new InterpolatedText(values, texts)
        def groovys = new GStringImpl(values, texts)

        expect:
        own.toString() == groovys.toString()
        own == groovys
        own.hashCode() == groovys.hashCode()
        own.length() == groovys.length()
        new InterpolatedText(values, texts.take(3) as String[]).toString() == new GStringImpl(values, texts.take(3) as String[]).toString()

        where:
        value << [null, 'text', "text ${1}", 1, 1L, 1.50, 2.5d, true, 'c' as char, Os.LINUX, Cidr.of('10.0.0.0/8'), [1, 'a', null], [a: 1, b: [2]], [] as Set, 1..3, [1, 2] as int[], ['a', null] as String[],
                  { -> 'called' }, { Writer out -> out << 'written' }, Optional.of('x'), new StringBuilder('y'), String]
        kind = value == null ? 'null' : value.getClass().simpleName
    }

    def 'texts in an inventory: in loops, in closures, as keys, in lists, in texts'() {
        given:
        def file = folder.resolve('texts.groovy')
        Files.writeString(file, '''\
            def names = ['a', 'b'].collect { "net-$it" }
            def more = [("x${1 + 1}".toString()): "y${names.size()}", z: "${names[0]}/${names}"]
            def lazily = "${-> names[1]}"
            def nothing = null
            fabric("${more.x2}-$nothing") {
                for (n in 1..2) {
                    site("s$n", lan: "10.${n}.0.0/16") {
                        ['p', "q$n"].each { name -> host("$name$n-${'z'.toUpperCase()}", os: LINUX, ssh: "ops@h${n * 2}") { nic("eth$n", address: ["10.$n.0.${name.size()}/16"]) } }
                    }
                }
                site(lazily.toString()) { host(more.z.tokenize('/').first() + "${"in${'ner'}"}", os: LINUX, ssh: "${'h'}") }
            }
            '''.stripIndent())
        def fabric = Inventory.load(file, Limits.ALL).fabric()

        expect:
        fabric.name() == 'y2-null'
        fabric.hosts()*.name() == ['p1-Z', 'q11-Z', 'p2-Z', 'q22-Z', 'net-ainner']
        fabric.hosts()*.ssh()*.toString() == ['ops@h2', 'ops@h2', 'ops@h4', 'ops@h4', 'h']
        fabric.sites()*.name() == ['s1', 's2', 'net-b']
    }
}

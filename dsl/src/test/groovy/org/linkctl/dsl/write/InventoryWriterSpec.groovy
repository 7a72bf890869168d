package org.linkctl.dsl.write

import static org.linkctl.spi.Found.Value.of

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.dsl.Inventory
import org.linkctl.dsl.write.Written.Word
import org.linkctl.model.Bond
import org.linkctl.model.Os
import org.linkctl.model.Sysctl
import org.linkctl.spi.Found.Value
import spock.lang.Specification
import spock.lang.TempDir

/** What is written is read as what it was, whatever it holds. */
class InventoryWriterSpec extends Specification {
    /** Each would be code, or end the text or the comment that it stands in, if it were not written as a text. */
    static final List<String> HOSTILE = [
            "x'); throw new Error('y')//", '${throw new Error()}', '$name', 'a\\', "a\\'b", 'a\nfabric("evil") {}', 'a\r\nb', '\t', '*/ x /*', '"""', "'''",
            '\\u0027); evil(', '\\\\u0027); evil(', '\\u000a evil()', '\u2028evil()', '\u0085evil()', '\u202Elive', '\u0000', '\u001b[31m', 'ÄÖ€ 漢字 𝔘', '#!/bin/sh', '/*', '//']

    @TempDir
    Path folder

    def loaded(List<Written> inside) {
        def host = Word.of('host', [of('h')], [os: new Value.Constant(Os.LINUX), ssh: of('h.example')], inside)
        def fabric = Word.of('fabric', [of('f')], [:], [Word.of('site', [of('s')], [:], [host])])
        def file = folder.resolve('f.groovy')
        Files.writeString(file, InventoryWriter.of([new Written.Comment('first'), fabric]).text())
        Inventory.load(file, [])
    }

    def 'a text is that text, and a comment says nothing: #text.inspect()'() {
        when:
        def out = loaded([new Written.Comment(text), Word.of('sysctl', [of('kernel.domainname'), of(text)], [:]),
                          new Written.Disabled(Word.of('nic', [of(text)], [:]), text)])

        then: 'nothing but the value itself is refused, as it was given'
        out.diagnostics().every { it.summary().endsWith("is not a kernel parameter's value") }
        out.fabric() == null || out.fabric().hosts()*.name() == ['h'] && out.fabric().all(Sysctl).every { it.value() == text }

        where:
        text << HOSTILE
    }

    def 'texts come back as they were: #text.inspect()'() {
        expect:
        new GroovyShell().evaluate(GroovyText.quoted(text)) == text
        new GroovyShell().evaluate("// ${GroovyText.comment(text)}\n'only this'") == 'only this'

        where:
        text << HOSTILE
    }

    def 'values, attributes and braces'() {
        given:
        def text = InventoryWriter.of([Word.of('fabric', [of('f')], [:], [
                Word.of('site', [of('a')], [lan: of(['10.1.0.0/16', 'fd00:a::/64'])], [
                        Word.of('host', [of('h')], [os: new Value.Constant(Os.LINUX), ssh: of('h.example')], [
                                new Written.Comment('eth9: is not declared'),
                                Word.of('bond', [of('bond0')], [mode: new Value.Constant(Bond.Mode.LACP), members: of(['eno1', 'eno2', 'eno3', 'eno4']), mtu: of(9000),
                                                                address: of(['10.1.0.1/16', 'fd00:a::1/64'])]),
                        ]),
                ]),
                Word.of('site', [of('b')], [:], []),
                new Written.Disabled(Word.of('tunnel', [of('wg0')], [psk: new Value.Reference('vpn/ab'), keepalive: of(25)], [
                        Word.of('end', [of('h')], [port: of(51820), address: of('10.255.0.1/30')])]), 'has one end'),
                Word.of('route', [], [via: of(['w0', 'w1']), weights: new Value.Keyed([w0: of(2), w1: of(1)]), bfd: new Value.Flag(true)]),
        ])])

        expect:
        text.text() == """\
            fabric('f') {
                site('a', lan: ['10.1.0.0/16', 'fd00:a::/64']) {
                    host('h', os: LINUX, ssh: 'h.example') {
                        // eth9: is not declared
                        bond('bond0', mode: LACP, members: ['eno1', 'eno2', 'eno3', 'eno4'], mtu: 9000,
                             address: ['10.1.0.1/16', 'fd00:a::1/64'])
                    }
                }
                site('b') {}
                // has one end
                // tunnel('wg0', psk: secret('vpn/ab'), keepalive: 25) {
                //     end('h', port: 51820, address: '10.255.0.1/30')
                // }
                route(via: ['w0', 'w1'], weights: ['w0': 2, 'w1': 1], bfd: true)
            }
            """.stripIndent()
        text.at(6).get().name() == 'bond'
        text.at(4).get().name() == 'host'
        text.at(9).get().name() == 'site'
        text.at(11).get().name() == 'fabric'
        text.at(1).get().name() == 'fabric'
        text.at(99).empty
    }
}

package org.linkctl.plan

import org.linkctl.spi.Memory
import org.linkctl.spi.Owned
import spock.lang.Specification

class ManifestSpec extends Specification {
    def 'what is written is read again, in its order: #value'() {
        given:
        def manifest = Manifest.of('prod', [new Owned('linux.sysctl[net.ipv4.tcp_rmem]', Memory.OWNED.with('found', value)),
                                            new Owned('linux.mss', Memory.OWNED)])

        when:
        def lines = manifest.text().readLines()

        then:
        Manifest.parse('file', 'prod', lines) == manifest
        Manifest.parse('file', 'prod', lines).owned().keySet().toList() == ['linux.sysctl[net.ipv4.tcp_rmem]', 'linux.mss']
        lines.size() == 4
        manifest.text() ==~ /[\n -~]*/

        where:
        value << ['', '0', '4096\t131072\t6291456', 'a; b=c', '100%', '%25', 'two\nlines', 'gr\u00fc\u00dfe', '%', 'a%4']
    }

    def 'a fabric may be called anything, and its file lies in the folder: #fabric'() {
        expect:
        Manifest.fileName(fabric) == name

        where:
        fabric        || name
        'prod'        || 'prod'
        'a b/c'       || 'a%20b%2Fc'
        '../etc'      || '%2E.%2Fetc'
        '.'           || '%2E'
        'x\ny'        || 'x%0Ay'
    }

    def 'a resource is its module\'s, by its id'() {
        expect:
        new Owned('linux.bond[bond0]', Memory.OWNED).module() == 'linux.bond'
        new Owned('linux.bond[bond0]', Memory.OWNED).name() == 'bond0'
        new Owned('linux.mss', Memory.OWNED).module() == 'linux.mss'
        new Owned('linux.mss', Memory.OWNED).name() == ''
    }
}

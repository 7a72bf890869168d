package org.linkctl.lab

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class AptSourcesSpec extends Specification {
    @TempDir
    Path etcApt

    def 'one line: #line'() {
        expect:
        AptSources.fromLine(line, 'bookworm').toList() == lines

        where:
        line                                                                      || lines
        'deb http://mirror.test/debian bookworm main contrib'                     || ['deb http://mirror.test/debian bookworm main']
        'deb [arch=amd64] http://mirror.test/debian bookworm-updates main'        || ['deb http://mirror.test/debian bookworm-updates main']
        'deb http://mirror.test/debian trixie main'                               || []
        'deb-src http://mirror.test/debian bookworm main'                         || []
        '# deb http://mirror.test/debian bookworm main'                           || []
        'deb [signed-by=/etc/k/other.gpg] http://other.test bookworm main'        || []
        'deb http://other.test bookworm stable'                                   || []
    }

    def 'stanzas and lines of a whole folder, each once, third parties left out'() {
        given:
        Files.createDirectories(etcApt.resolve('sources.list.d'))
        Files.writeString(etcApt.resolve('sources.list'), 'deb http://mirror.test/debian bookworm main\n')
        Files.writeString(etcApt.resolve('sources.list.d/debian.sources'), '''\
Types: deb deb-src
# a comment
URIs: http://mirror.test/debian
Suites: bookworm bookworm-updates bookworm-backports
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://mirror.test/debian-security
Suites: bookworm-security
Components: main
''')
        Files.writeString(etcApt.resolve('sources.list.d/other.sources'),
                'Types: deb\nURIs: http://other.test\nSuites: bookworm\nComponents: main\nSigned-By: /k/other.gpg\n')
        Files.writeString(etcApt.resolve('sources.list.d/off.list.disabled'), 'deb http://off.test bookworm main\n')

        expect:
        AptSources.lines(etcApt, 'bookworm') == [
                'deb http://mirror.test/debian bookworm main',
                'deb http://mirror.test/debian bookworm-updates main',
                'deb http://mirror.test/debian-security bookworm-security main']
    }
}

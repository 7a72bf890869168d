package org.linkctl.cli

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.cli.secrets.FingerprintKey
import spock.lang.Specification
import spock.lang.TempDir
import spock.util.environment.RestoreSystemProperties

/** A user without a home folder, or with one that is not writable, such as a service. */
@RestoreSystemProperties
class NoHomeFolderSpec extends Specification {
    @TempDir
    Path folder

    def toy = new Toy()

    private String inventory() {
        Files.writeString(folder.resolve('net.groovy'), '''
            fabric('toy') { site('a', lan: '10.1.0.0/24') { host('one', os: LINUX, ssh: 'admin@192.0.2.1') } }
            '''.stripIndent()).toString()
    }

    def "it runs with HOME '#home', user.home '#property'"() {
        given:
        System.setProperty('user.home', property)
        toy.environment = [XDG_STATE_HOME: '', HOME: home]

        expect:
        toy.run('check', inventory()) == 0
        toy.run('plan', inventory()) == 0
        toy.run('apply', inventory(), '--yes') == 0
        toy.steps == ['one: /etc/toy.conf']
        toy.err.contains('The log of this run cannot be written, and the run goes on without: ')
        toy.err.contains('linkctl: the record of this run cannot be written: ')
        !new File(property).exists()
        FingerprintKey.of(toy.environment) != null

        where:
        home            | property
        ''              | '?'
        'no/absolute'   | '?'
        '/dev/null/x'   | '?'
        ''              | '/dev/null/x'
    }

    def "HOME counts more than the user's entry in the system's list"() {
        given:
        System.setProperty('user.home', '/dev/null/x')
        toy.environment = [XDG_STATE_HOME: '', HOME: folder.toString()]

        expect:
        toy.run('apply', inventory(), '--yes') == 0
        folder.resolve('.local/state/linkctl/runs').toFile().list().size() == 2
    }
}

package org.linkctl.modules

import org.linkctl.diag.Place
import org.linkctl.model.HostFile
import spock.lang.Specification

/** A program that a module calls by its name is no file of an inventory in /usr/local, where linkctl's shell looks first. */
class CalledProgramsSpec extends Specification {
    /** The first words of all commands in the cases, of questions and of steps, without those called by their path. */
    static Set<String> called() {
        Set<String> out = new TreeSet<>()
        Case.folder().eachFileRecurse { file ->
            if (file.name == 'expected.txt') file.eachLine { line -> (line =~ /^ +(?:undo )?\$ ([^ \/]+)(?: |$)/).each { out << it[1] } }
            if (file.name == 'answers.txt') file.eachLine { line -> (line =~ /^== \$ ([^ \/]+)(?: |$)/).each { out << it[1] } }
        }
        out
    }

    def 'none may be declared as a file in #folder'() {
        expect:
        called().size() > 30
        called().findAll { new HostFile('gw', "$folder/$it", 'x', null, 'x', null, '0755', 'root', null, new Place('x.groovy', 1, 1)).wrong().empty } == [] as Set

        where:
        folder << ['/usr/local/bin', '/usr/local/sbin']
    }
}

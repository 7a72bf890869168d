package org.linkctl.modules.freebsd.kernel

import org.linkctl.modules.routes.ManagementSession
import org.linkctl.net.Cidr
import org.linkctl.spi.Question
import org.linkctl.spi.Answer
import org.linkctl.spi.Answers
import spock.lang.Specification
import spock.lang.TempDir

/** The script that asks for routes is run, with a netstat of its own that prints what FreeBSD's does. */
class NetstatSpec extends Specification {
    @TempDir
    File dir

    private static String entry(String to, String by, String flags) {
        """{"destination":"$to","gateway":"$by","flags":"$flags","flags_pretty":["up"],"weight":1,"nhop":1,"mtu":1500,"interface-name":"igb0"}"""
    }

    private static final List<List<String>> KEPT = [
        ['default', '192.0.2.1', 'UG'], ['127.0.0.1', 'link#2', 'UH'], ['192.0.2.0/24', 'link#1', 'U'],
        ['10.7.0.0/16', '192.0.2.254', 'UGS'], ['10.8.0.0/16', '10.255.0.2', 'UGS2'], ['10.8.0.0/16', '10.255.0.6', 'UGS2']]
    private static final List<List<String>> KEPT_V6 = [['::1', 'link#2', 'UHS'], ['fe80::%igb0/64', 'link#1', 'U']]
    private static final List<List<String>> DAEMONS = [['10.3.0.0/16', '192.0.2.7', 'UG1'], ['203.0.113.0/24', '192.0.2.7', 'UG'], ['198.51.100.0/24', '192.0.2.7', 'UGS3']]

    private String whole(int learned) {
        def routes = DAEMONS + KEPT + (0..<learned).collect { ["10.${it >> 8}.${it & 255}.0/24".toString(), '192.0.2.7', 'UG1'] }
        '{"statistics":{"route-information":{"route-table":{"rt-family":[{"address-family":"Internet","rt-entry":[' +
            routes.collect { entry(*it) }.join(',') + ']},{"address-family":"Internet6","rt-entry":[' +
            KEPT_V6.collect { entry(*it) }.join(',') + ']}]}}}}\n'
    }

    private Answer.Output ask(Question question, int learned) {
        new File(dir, 'routes.json').text = whole(learned)
        def netstat = new File(dir, 'netstat')
        netstat.text = "#!/bin/sh\n[ \"\$*\" = '--libxo json -rnW' ] && cat $dir/routes.json\n"
        netstat.executable = true
        def words = (question as Question.Command).argv().words()
        def process = new ProcessBuilder(words).with { environment().PATH = "$dir:${environment().PATH}".toString(); it }.start()
        def out = process.inputStream.text
        new Answer.Output(process.waitFor(), out, process.errorStream.text)
    }

    def "a table of the whole Internet's routes stays on the host, but for what is asked for"() {
        given:
        def asked = prefixes.collect { Cidr.of(it) }
        def question = Netstat.question(asked)

        when:
        def answer = ask(question, 20_000)
        def read = Netstat.read(new Answers([(question): answer]), asked)

        then:
        answer.stderr() == ''
        answer.stdout().size() < 4096
        read.paths().collect { [it.prefix().toString(), it.gateway(), it.flags()] } ==
            more + KEPT.collect { [['default': '0.0.0.0/0', '127.0.0.1': '127.0.0.1/32'].getOrDefault(it[0], it[0]), it[1], it[2]] } + [['::1/128', 'link#2', 'UHS']]

        where:
        prefixes                          | more
        []                                | []
        ['10.3.0.0/16']                   | [['10.3.0.0/16', '192.0.2.7', 'UG1']]
        ['10.0.0.0/8', '10.3.0.0/16'] | [['10.3.0.0/16', '192.0.2.7', 'UG1']]
    }

    def "an answer that is cut or missing is told where an address goes, and refuses nothing"() {
        given:
        def session = ManagementSession.question()
        def going = Netstat.going(new Answers([(Netstat.question()): answer, (session): new Answer.Output(1, '', '')]))

        expect:
        going.hops().empty
        going.warnings([], [Cidr.of('192.0.2.9/24')], 'igb0', []).any { it.startsWith('which routes go cannot be told') && it.contains(why) }
        going.warnings([], [], 'igb0', []) == []

        where:
        answer                                              | why
        new Answer.Unreadable('more than 1 MiB')            | 'more than 1 MiB'
        new Answer.Output(0, '', '')                        | 'no routes'
        new Answer.Output(0, entry('default', '192', 'UGS').take(40), '') | 'netstat -r'
    }
}

package org.linkctl.modules.linux.kernel

import org.linkctl.modules.routes.ManagementSession
import org.linkctl.net.Cidr
import org.linkctl.spi.Question
import org.linkctl.spi.Answer
import org.linkctl.spi.Answers
import spock.lang.Specification

class RouteTablesSpec extends Specification {
    private static final Cidr GONE = Cidr.of('192.0.2.9/24')

    private static Answers answers(Map<String, Answer> said) {
        new Answers(RouteTables.questions().collectEntries { Question.Command question ->
            def words = question.argv().words()
            def answer = question == ManagementSession.question() ? new Answer.Output(1, '', '') : said[words.last() + words[2]]
            [(question): answer ?: new Answer.Output(0, '[]', '')]
        })
    }

    def "nobody asks for the routes of routing daemons"() {
        expect:
        RouteTables.questions().findAll { it != ManagementSession.question() }.every { Question.Command it ->
            it.argv().words().takeRight(2)[0] == 'proto' && it.argv().words().last() in ['kernel', 'boot', 'static', 'dhcp', 'ra']
        }
    }

    def "what could not be read is told where something goes, and the rest is named all the same"() {
        given:
        def route = '[{"dst":"10.7.0.0/16","gateway":"192.0.2.254","dev":"eth1","flags":[]}]'
        def going = RouteTables.read(answers(['static-4': new Answer.Unreadable('more than 1 MiB'), 'dhcp-4': new Answer.Output(0, route, ''), 'ra-6': new Answer.Output(255, '', 'Error: no')]))
        def changes = going.withAddresses('eth1', [GONE], [])

        expect:
        changes*.subject() == ['route 10.7.0.0/16 via 192.0.2.254 dev eth1']
        going.warnings(changes, [GONE], 'eth1', []).first() ==
            'which routes go cannot be told, since not all of them could be read: ' +
            'ip -j -4 route show table all proto static: more than 1 MiB; ip -j -6 route show table all proto ra ended with 255: Error: no' +
            '. Those by what goes are lost, and linkctl sets none of them again'
        going.warnings([], [], 'eth1', []) == []
    }

    def "a route of an uplink's table is set again by its service: nothing has to replace it"() {
        given:
        def routes = '[{"dst":"default","gateway":"192.0.2.254","dev":"eth1","table":"1819655872","flags":[]},' +
            '{"dst":"default","gateway":"192.0.2.254","dev":"eth1","table":"1819672576","flags":[]}]'
        def going = RouteTables.read(answers(['kernel-4': new Answer.Output(0, routes, '')]))

        expect:
        going.withAddresses('eth1', [GONE], [])*.subject() == ['route default via 192.0.2.254 dev eth1 table 1819672576']
    }
}

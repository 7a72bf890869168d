package org.linkctl.modules.freebsd.carp

import org.linkctl.diag.Place
import org.linkctl.model.SecretRef
import org.linkctl.modules.freebsd.kernel.Ifconfig
import org.linkctl.net.Cidr
import org.linkctl.spi.Answer
import org.linkctl.spi.Answers
import org.linkctl.spi.Question
import spock.lang.Specification

/** Two hosts, each with its state: is that one master? */
class CarpHealthSpec extends Specification {
    static List<String> findings(String state, String other, int advskew, String demotion = '0') {
        def vip = new CarpVip(10, 'igb1', [Cidr.of('10.1.0.1/16')], 1, advskew, new SecretRef('x', new Place('x', 1, 1)), false, false)
        def carp = state == null ? [:] : [10: new Ifconfig.Carp(state, 1, advskew)]
        def links = new Ifconfig([igb1: new Ifconfig.Device('igb1', true, 1500, [], carp, '', '')])
        def peer = new CarpHealth.Peer('lb1', 'lb2', other == null ? [:] : ['carp.igb1.10': other], false, null)
        def answers = new Answers([(CarpHealth.questions(peer).first()): new Answer.Output(0, "net.inet.carp.demotion=$demotion\n", '')] as Map<Question<?>, Answer>)
        CarpHealth.findings([vip], peer, links, answers).collect { "${it.health()} ${it.subject()}: ${it.text()}".toString() }
    }

    def 'health of a vhid: #state here, #other on the other host'() {
        expect:
        findings(state, other, advskew) == [health + ' vhid 10 on igb1: ' + text]

        where:
        state    | other    | advskew || health     | text
        'MASTER' | 'BACKUP' | 0       || 'GOOD'     | 'is MASTER; lb2 is BACKUP'
        'BACKUP' | 'MASTER' | 100     || 'GOOD'     | 'is BACKUP; lb2 is MASTER'
        'MASTER' | 'BACKUP' | 100     || 'DOUBTFUL' | 'is MASTER; lb2 is BACKUP, though lb2 is preferred'
        'BACKUP' | 'MASTER' | 0       || 'DOUBTFUL' | 'is BACKUP; lb2 is MASTER, though lb1 is preferred'
        'MASTER' | 'INIT'   | 0       || 'GOOD'     | 'is MASTER; lb2 is INIT'
        'MASTER' | 'MASTER' | 0       || 'BAD'      | 'is MASTER; lb2 is MASTER: both answer for 10.1.0.1'
        'BACKUP' | 'BACKUP' | 100     || 'BAD'      | 'is BACKUP; lb2 is BACKUP: nobody answers for 10.1.0.1'
        'BACKUP' | 'absent' | 100     || 'BAD'      | 'is BACKUP; lb2 is absent: nobody answers for 10.1.0.1'
        'INIT'   | 'MASTER' | 0       || 'BAD'      | 'is INIT: it takes no part'
        null     | 'MASTER' | 0       || 'BAD'      | 'is absent: it takes no part'
        'MASTER' | null     | 0       || 'DOUBTFUL' | 'is MASTER; what lb2 is, is not known'
    }

    def 'a host that gives way says so'() {
        expect:
        findings('MASTER', 'BACKUP', 0, '240') == ['GOOD vhid 10 on igb1: is MASTER; lb2 is BACKUP',
                                                   'DOUBTFUL carp: is demoted by 240: it gives way to the other host']
    }
}

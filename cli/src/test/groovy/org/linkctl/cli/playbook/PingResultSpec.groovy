package org.linkctl.cli.playbook

import org.linkctl.cli.context.ExitStatus
import spock.lang.Specification

class PingResultSpec extends Specification {
    private static String output(Collection<Integer> answered, int sent) {
        'PING 192.0.2.1 (192.0.2.1) from 198.51.100.1 : 56(84) bytes of data.\n' +
                answered.collect { "64 bytes from 192.0.2.1: icmp_seq=$it ttl=64 time=0.038 ms\n" }.join('') +
                "\n--- 192.0.2.1 ping statistics ---\n$sent packets transmitted, ${answered.size()} received, 0% packet loss, time 2084ms\n"
    }

    def 'what was lost, and for how long: #answered of #sent'() {
        given:
        def result = PingResult.read(output(answered, sent), first, 200)

        expect:
        result.sent() == sent
        result.lost() == lost
        result.seconds() == seconds

        where:
        first | answered         | sent || lost | seconds
        1     | [1, 2, 3]        | 3    || 0    | 0.0d
        0     | [0, 1, 2]        | 3    || 0    | 0.0d
        1     | [1, 2, 13, 14]   | 14   || 10   | 2.0d
        1     | [1, 4, 5, 6, 12] | 12   || 7    | 1.0d
        1     | [1, 2]           | 12   || 10   | 2.0d
        0     | [0, 1]           | 12   || 10   | 2.0d
        1     | [11, 12]         | 12   || 10   | 2.0d
        0     | [10, 11]         | 12   || 10   | 2.0d
        1     | []               | 10   || 10   | 2.0d
        0     | []               | 10   || 10   | 2.0d
    }

    def 'what FreeBSD prints is read as well'() {
        expect:
        PingResult.read('''\
            PING 192.0.2.1 (192.0.2.1) from 198.51.100.1: 56 data bytes
            64 bytes from 192.0.2.1: icmp_seq=0 ttl=64 time=0.051 ms
            64 bytes from 192.0.2.1: icmp_seq=2 ttl=64 time=0.047 ms

            --- 192.0.2.1 ping statistics ---
            3 packets transmitted, 2 packets received, 33.3% packet loss
            '''.stripIndent(), 0, 200).text() == '1 of 3 packets lost, 0.2 s without an answer at most'
    }

    def 'a ping that tells nothing is a failure'() {
        when:
        PingResult.read('ping: unknown option\n', 1, 200)

        then:
        def failure = thrown(StepFailure)
        failure.status() == ExitStatus.ERROR
        failure.message.contains('ping: unknown option')
    }
}

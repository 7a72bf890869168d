package org.linkctl.cli.throughput

import com.fasterxml.jackson.databind.ObjectMapper
import java.nio.file.Path
import org.linkctl.dsl.Inventory
import org.linkctl.modules.Modules
import org.linkctl.spi.Published
import spock.lang.Specification

/** What iperf3 reports, what is advised by it, and what a change cost. */
class ComparedSpec extends Specification {
    def fabric = Inventory.load(Path.of('../inventories/lab.groovy'), Modules.limits()).fabric()
    def trials = RouteDirection.of(fabric)

    private static String report(String congestion, long resent, long bytes = 144_800_000) {
        """{"start": {"tcp_mss_default": 1448}, "end": {"sum_sent": {"bytes": $bytes, "retransmits": $resent},
            "sum_received": {"bits_per_second": 9.5e8}, "sender_tcp_congestion": "$congestion"}}"""
    }

    private MeasurementResult measured(int trial, double rate) {
        new MeasurementResult(trials[trial], new TcpReport(rate, 'cubic', 0, 0), rate / 3, [:], [:], Published.NOTHING, [:])
    }

    private String json(List<MeasurementOutcome> all, EarlierRates earlier = EarlierRates.NONE) {
        def root = new ObjectMapper().createObjectNode()
        ThroughputJson.add(root.putArray('throughput'), all, fabric, earlier)
        root.toString()
    }

    def 'a report: #congestion, #resent segments again'() {
        when:
        def transfer = TcpReport.read(report(congestion, resent))

        then:
        transfer == new TcpReport(9.5e8, congestion, resent, share)
        transfer.advice().isPresent() == advised

        where:
        congestion | resent || share  | advised
        'cubic'    | 0      || 0      | false
        'cubic'    | 50     || 0.0005 | false
        'cubic'    | 500    || 0.005  | true
        'reno'     | 500    || 0.005  | true
        'bbr'      | 5000   || 0.05   | false
    }

    def 'what is no report is said: #text'() {
        when:
        TcpReport.read(text)

        then:
        def e = thrown(IllegalStateException)
        e.message == said

        where:
        text                                            || said
        '{"error": "unable to connect to server"}'      || 'iperf3: unable to connect to server'
        'iperf3: command not found\n'                   || 'iperf3 said no JSON: iperf3: command not found'
    }

    def 'UDP: #lost of #packets packets are lost'() {
        given:
        def report = """{"end": {"sum": {"bits_per_second": 4e8, "jitter_ms": 0.25, "lost_packets": $lost, "packets": $packets, "lost_percent": 0}}}"""
        def result = new MeasurementResult(trials[0], new TcpReport(5e8, 'cubic', 0, 0), 2e8, [:], [:], Published.NOTHING, [:], Datagrams.read(report))

        expect:
        result.udp() == new Datagrams(4e8, share, 0.25)
        ThroughputText.of(result, fabric, EarlierRates.NONE).readLines().last() == text
        new ObjectMapper().readTree(json([result])).at('/throughput/0/udp').toString() == """{"rate":400000000,"lostShare":$share,"jitter":0.25}"""

        where:
        lost | packets || share | text
        0    | 20000   || 0.0d  | '  UDP at 400.0 Mbit/s             0.00 % lost, jitter 0.25 ms'
        500  | 20000   || 0.025d | '  UDP at 400.0 Mbit/s             2.50 % lost, jitter 0.25 ms'
    }

    def 'a report of TCP is none of UDP'() {
        when:
        Datagrams.read(report('cubic', 0))

        then:
        thrown(IllegalStateException)
    }

    def 'nothing was sent, nothing was sent again'() {
        expect:
        TcpReport.read(report('cubic', 0, 0)).resentShare() == 0
    }

    def 'what was measured before is read back and compared: #now Mbit/s after 900'() {
        given:
        def earlier = EarlierRates.read(json([measured(0, 900e6), new MeasurementOutcome.Failed(trials[1], 'no answer')]))
        def result = measured(0, now * 1e6)

        expect:
        ThroughputText.of(result, fabric, earlier).readLines()[1].endsWith(text)
        earlier.isLess(result) == less
        new ObjectMapper().readTree(json([result], earlier)).at('/throughput/0/before').asLong() == 900_000_000

        and: 'the other direction was not measured then'
        ThroughputText.of(measured(1, 1e6), fabric, earlier).readLines()[1].endsWith('before: not measured')
        !earlier.isLess(measured(1, 1e6))

        where:
        now || text                                  | less
        900 || 'before: 900.0 Mbit/s, now the same'  | false
        990 || 'before: 900.0 Mbit/s, now 10 % more' | false
        820 || 'before: 900.0 Mbit/s, now 9 % less'  | false
        700 || 'before: 900.0 Mbit/s, now 22 % less' | true
    }

    def 'nothing is compared where nothing is given'() {
        expect:
        !ThroughputText.of(measured(0, 1e6), fabric, EarlierRates.NONE).contains('before')
        !json([measured(0, 1e6)]).contains('before')
    }

    def 'a file that is something else: #text'() {
        when:
        EarlierRates.read(text)

        then:
        def e = thrown(IllegalArgumentException)
        e.message.startsWith(said)

        where:
        text                                                   || said
        ''                                                     || 'it has no "throughput"'
        'Throughput a-b'                                       || 'it is no JSON: '
        '[]'                                                   || 'it has no "throughput"'
        '{"throughput": 1}'                                    || 'it has no "throughput"'
        '{"throughput": []}'                                   || 'nothing was measured in it'
        '{"throughput": [{"route": "a-b", "error": "no"}]}'    || 'nothing was measured in it'
    }
}

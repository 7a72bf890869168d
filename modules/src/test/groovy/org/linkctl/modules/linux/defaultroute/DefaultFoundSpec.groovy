package org.linkctl.modules.linux.defaultroute

import org.linkctl.spi.Answer
import org.linkctl.spi.Answers
import org.linkctl.spi.Found
import spock.lang.Specification

/** The default routes that import declares: linkctl's metric, and that of a route for which nobody named one. */
class DefaultFoundSpec extends Specification {
    static List<Found> found(String v6) {
        DefaultFound.read(new Answers([(DefaultRouteModule.V4): new Answer.Output(0, '[]', ''), (DefaultRouteModule.V6): new Answer.Output(0, v6, '')]))
    }

    static String route(String via, int metric, String protocol) {
        """{"dst":"default","gateway":"$via","dev":"eth0","protocol":"$protocol","metric":$metric,"flags":[]}"""
    }

    def 'an IPv6 default route of the metric #metric is declared, what routers advertise beside it is not'() {
        expect:
        found("[${route('2001:db8::1', metric, 'static')},${route('fe80::1', 1024, 'ra')}]") == [new Found.Part('eth0', 'nic', [defaultGateway: Found.Value.of('2001:db8::1')])]

        where:
        metric << [1, 1024]
    }

    def 'of two the one that is used is declared, of the other is told that it is not'() {
        when:
        def all = found("[${route('2001:db8::9', 1024, 'boot')},${route('2001:db8::1', 1, 'static')}]")

        then:
        all.findAll { it instanceof Found.Part } == [new Found.Part('eth0', 'nic', [defaultGateway: Found.Value.of('2001:db8::1')])]
        all.findAll { it instanceof Found.Unsaid }*.what() == ['IPv6 default route via 2001:db8::9 dev eth0 metric 1024 proto boot']
    }

    def 'one of another metric is told as not declared'() {
        expect:
        found("[${route('2001:db8::9', 50, 'static')}]")*.getClass() == [Found.Unsaid]
    }
}

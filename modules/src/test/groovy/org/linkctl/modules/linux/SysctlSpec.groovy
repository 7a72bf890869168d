package org.linkctl.modules.linux

import org.linkctl.modules.Case
import org.linkctl.spi.Finding
import spock.lang.Specification

class SysctlSpec extends Specification {
    def "#text is /proc/sys/#path, kept in #file"() {
        given:
        def key = SysctlKey.parse(text)

        expect:
        key.path() == path
        key.file() == "/etc/sysctl.d/99-zz-linkctl-${file}.conf"
        key.device().orElse(null) == device

        where:
        text                                | path                                || file                                | device
        'net.ipv4.ip_forward'               | 'net/ipv4/ip_forward'               || 'net.ipv4.ip_forward'               | null
        'net/ipv4/ip_forward'               | 'net/ipv4/ip_forward'               || 'net.ipv4.ip_forward'               | null
        'net.ipv4.conf.eth0/100.rp_filter'  | 'net/ipv4/conf/eth0.100/rp_filter'  || 'net.ipv4.conf.eth0.100.rp_filter'  | 'eth0.100'
        'net/ipv4/conf/eth0.100/rp_filter'  | 'net/ipv4/conf/eth0.100/rp_filter'  || 'net.ipv4.conf.eth0.100.rp_filter'  | 'eth0.100'
        'net.ipv4.conf.all.rp_filter'       | 'net/ipv4/conf/all/rp_filter'       || 'net.ipv4.conf.all.rp_filter'       | null
    }

    def "'#text' is no kernel parameter"() {
        when:
        SysctlKey.parse(text)

        then:
        thrown(IllegalArgumentException)

        where:
        text << ['', 'forward', 'net..ip_forward', 'net/../../etc/passwd', 'net.ipv4.a b', 'net.ipv4.$(id)', '/net/ipv4/ip_forward']
    }

    def "verify says of #name: #doubt"() {
        given:
        def one = Case.of(new Sysctl(), new File(Case.folder(), 'linux.sysctl')).find { it.dir.name == name }

        expect:
        one.wants.collectMany { want ->
            def answers = one.before.to(one.module.probe(want))
            one.module.findings(want, one.module.facts(want, answers), answers)
        }.findAll { it.health() == Finding.Health.DOUBTFUL }.collect { "${it.subject()} ${it.text()}".toString() } == doubt

        where:
        name                           || doubt
        'converged'                    || []
        'converged-overridden-at-boot' || ["net.ipv4.ip_forward will be 0 after a boot: /etc/sysctl.d/99-local.conf comes after linkctl's"]
        'update-inventory-insists'     || ['net.ipv4.conf.wg0.rp_filter 1 (no effect: 2 for all interfaces is greater)',
                                           'net.ipv4.conf.wg0.rp_filter is 1 as the inventory says; the rest of it needs 2']
    }
}

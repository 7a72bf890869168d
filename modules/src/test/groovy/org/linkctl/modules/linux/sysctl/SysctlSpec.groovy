package org.linkctl.modules.linux.sysctl

import org.linkctl.modules.linux.parameters.SysctlKey
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
        'net.ipv4.tcp_sack'                 | 'net/ipv4/tcp_sack'                 || 'net.ipv4.tcp_sack'                 | null
        'net.ipv4.ip_forward'               | 'net/ipv4/ip_forward'               || '0-net.ipv4.ip_forward'             | null
        'net/ipv4/ip_forward'               | 'net/ipv4/ip_forward'               || '0-net.ipv4.ip_forward'             | null
        'net.ipv4.conf.eth0/100.rp_filter'  | 'net/ipv4/conf/eth0.100/rp_filter'  || 'net.ipv4.conf.eth0.100.rp_filter'  | 'eth0.100'
        'net/ipv4/conf/eth0.100/rp_filter'  | 'net/ipv4/conf/eth0.100/rp_filter'  || 'net.ipv4.conf.eth0.100.rp_filter'  | 'eth0.100'
        'net.ipv4.conf.all.rp_filter'       | 'net/ipv4/conf/all/rp_filter'       || '1-net.ipv4.conf.all.rp_filter'     | null
    }

    def "at boot '#later' comes after '#earlier', which would reset it"() {
        expect: 'systemd-sysctl(8) reads the files in the order of their names'
        SysctlKey.parse(earlier).file() < SysctlKey.parse(later).file()

        where:
        earlier                           | later
        'net.ipv4.ip_forward'             | 'net.ipv4.conf.eth0.forwarding'
        'net.ipv4.ip_forward'             | 'net.ipv4.conf.all.accept_redirects'
        'net.ipv4.ip_forward'             | 'net.ipv4.conf.default.forwarding'
        'net.ipv4.conf.all.forwarding'    | 'net.ipv4.conf.ab0.forwarding'
        'net.ipv4.conf.all.forwarding'    | 'net.ipv4.conf.wg0.send_redirects'
        'net.ipv6.conf.all.forwarding'    | 'net.ipv6.conf.ab0.forwarding'
        'net.ipv6.conf.all.forwarding'    | 'net.ipv6.conf.default.forwarding'
        'net.ipv6.conf.all.disable_ipv6'  | 'net.ipv6.conf.aa.disable_ipv6'
        'net.ipv6.conf.all.disable_ipv6'  | 'net.ipv6.conf.default.disable_ipv6'
        'net.ipv4.conf.all.rp_filter'     | 'net.ipv4.conf.default.rp_filter'
        'net.ipv4.conf.default.rp_filter' | 'net.ipv4.conf.bond0.rp_filter'
        'net.ipv4.neigh.default.gc_stale_time' | 'net.ipv4.neigh.bond0.gc_stale_time'
    }

    def "after a boot #key = #value would be overruled by #file with #line: #by"() {
        given:
        def boot = new SysctlFiles([new SysctlFiles.Line("/etc/sysctl.d/$file", SysctlKey.path(line.split('=')[0]), line.split('=')[1])])

        expect:
        boot.overruling(SysctlKey.parse(key), value).isPresent() == by

        where:
        key                             | value | file                                         | line                             || by
        'net.ipv4.ip_forward'           | '1'   | 'zz-local.conf'                              | 'net.ipv4.ip_forward=0'          || true
        'net.ipv4.ip_forward'           | '1'   | 'zz-local.conf'                              | 'net.ipv4.ip_forward=1'          || false
        'net.ipv4.ip_forward'           | '1'   | '99-sysctl.conf'                             | 'net.ipv4.ip_forward=0'          || false
        'net.ipv4.conf.eth0.forwarding' | '0'   | 'zz-local.conf'                              | 'net.ipv4.ip_forward=1'          || true
        'net.ipv4.conf.eth0.forwarding' | '0'   | '99-zz-linkctl-net.ipv4.ip_forward.conf'     | 'net.ipv4.ip_forward=1'          || false
        'net.ipv6.conf.eth0.forwarding' | '0'   | 'zz-local.conf'                              | 'net.ipv6.conf.all.forwarding=1' || true
        'net.ipv6.conf.eth0.forwarding' | '0'   | 'zz-local.conf'                              | 'net.ipv4.ip_forward=1'          || false
        'net.ipv6.conf.wg0.disable_ipv6'| '0'   | 'zz-local.conf'                              | 'net.ipv6.conf.all.disable_ipv6=1' || true
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
        def one = Case.of(new SysctlModule(), new File(Case.folder(), 'linux.sysctl')).find { it.dir.name == name }

        expect:
        one.wants.collectMany { want ->
            def answers = one.before.to(one.module.probe(want))
            one.module.findings(want, one.module.facts(want, answers), answers)
        }.findAll { it.health() == Finding.Health.DOUBTFUL }.collect { "${it.subject()} ${it.text()}".toString() } == doubt

        where:
        name                           || doubt
        'converged'                    || []
        'refused-overridden-at-boot'   || ["net.ipv4.ip_forward will be 0 after a boot: /etc/sysctl.d/zz-local.conf comes after linkctl's"]
        'update-inventory-insists'     || ['net.ipv4.conf.wg0.rp_filter 1 (no effect: 2 for all interfaces is greater)',
                                           'net.ipv4.conf.wg0.rp_filter is 1 as the inventory says; the rest of it needs 2']
    }
}

package org.linkctl.net

import spock.lang.Specification

class CidrSpec extends Specification {
    def "'#text' is no address"() {
        expect:
        Ip.parse(text).isEmpty()

        where:
        text << ['', '10.1', '010.1.2.3', '0x0a.1.2.3', '10.1.2.256', '10.1.2.3/24', 'fe80::1%eth0', '::g', '192.0.2.4 ', '*', '10.1.2-3.4', '7', '1.2.3.4.5', '1..2.3', '1.2.3.', '1.2.3.04']
    }

    def "'#text' is no address with a prefix length"() {
        expect:
        Cidr.parse(text).isEmpty()

        where:
        text << ['10.0.0.1', '10.0.0.1/33', '10.0.0.1/-1', '10.0.0.1/08', '::1/129', '10.0.0.1/255.0.0.0', '/24']
    }

    def "equal addresses are equal, however written"() {
        expect:
        Ip.of('FD00:0:0::A') == Ip.of('fd00::a')
        Cidr.of('10.2.3.4/24').network() == Cidr.of('10.2.3.0/24')
        !Cidr.of('10.2.3.4/24').isNetwork()
    }

    def "subnets and hosts of a block"() {
        expect:
        Cidr.of('10.255.254.0/24').subnet(30, 2).get() == Cidr.of('10.255.254.8/30')
        Cidr.of('10.255.254.0/24').subnet(30, 64).isEmpty()
        Cidr.of('fd00:ff::/112').subnet(126, 3).get() == Cidr.of('fd00:ff::c/126')
        Cidr.of('fd00::/48').subnet(64, 65535).get() == Cidr.of('fd00:0:0:ffff::/64')
        Cidr.of('fd00::/48').subnet(64, 65536).isEmpty()
        Cidr.of('10.255.254.8/30').at(1) == Cidr.of('10.255.254.9/30')
        Cidr.of('10.0.0.0/8').overlaps(Cidr.of('10.9.0.0/16'))
        !Cidr.of('10.0.0.0/8').overlaps(Cidr.of('fd00::/8'))
    }

    def "an IPv4-mapped address is known for one, and keeps its dots"() {
        expect:
        Ip.of('::FFFF:a02:304').text() == '::ffff:10.2.3.4'
        Ip.of(Ip.of('::ffff:10.2.3.4').text()).isV4Mapped()
        Cidr.of('::ffff:10.2.3.0/120').unmapped().get() == Cidr.of('10.2.3.0/24')
        ['::ffff:10.2.3.4/80', '::10.2.3.4/128', '10.2.3.4/32'].every { Cidr.of(it).unmapped().isEmpty() }
    }

    def "addresses are in the order of their numbers, IPv4 before IPv6"() {
        expect:
        ['fd00::1', '10.0.0.10', '::1', '10.0.0.9', '192.0.2.1', 'fd00::'].collect { Ip.of(it) }.sort()*.text() ==
                ['10.0.0.9', '10.0.0.10', '192.0.2.1', '::1', 'fd00::', 'fd00::1']
    }
}

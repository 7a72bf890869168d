package org.linkctl.modules.linux.stack

import org.linkctl.net.Cidr
import spock.lang.Specification

class IfupdownSpec extends Specification {
    static final String BEGINS = '# Made by linkctl; its next run undoes what is changed here by hand.\nauto eth3\n'

    def "#addresses with an MTU of #mtu bytes: nothing but what ip(8) did live"() {
        given:
        def want = new InterfaceConfig('eth3', false, addresses.collect { Cidr.of(it) }, mtu)

        when:
        def text = new Ifupdown().addresses(want, BareHost.STACK)['/etc/network/interfaces.d/linkctl-eth3-address']

        then:
        text == BEGINS + stanzas.stripIndent()

        and:
        new Ifupdown().declared(text)*.toString() == addresses

        where:
        addresses                            | mtu  || stanzas
        ['192.0.2.1/24']                     | 1400 || '''\
            iface eth3 inet static
                address 192.0.2.1/24
                mtu 1400
            '''
        ['192.0.2.0/31', '198.51.100.1/32']  | null || '''\
            iface eth3 inet static
                address 192.0.2.0/31
                broadcast 0.0.0.0
            iface eth3 inet static
                address 198.51.100.1/32
                broadcast 0.0.0.0
            '''
        ['2001:db8::1/64']                   | 1400 || '''\
            iface eth3 inet manual
                mtu 1400
            iface eth3 inet6 manual
                up ip address replace 2001:db8::1/64 dev eth3 nodad
                down ip address delete 2001:db8::1/64 dev eth3 || true
            '''
        ['192.0.2.1/24', '2001:db8::1/64']   | 1400 || '''\
            iface eth3 inet static
                address 192.0.2.1/24
                mtu 1400
            iface eth3 inet6 manual
                up ip address replace 2001:db8::1/64 dev eth3 nodad
                down ip address delete 2001:db8::1/64 dev eth3 || true
            '''
        ['2001:db8::1/64']                   | null || '''\
            iface eth3 inet6 manual
                up ip address replace 2001:db8::1/64 dev eth3 nodad
                down ip address delete 2001:db8::1/64 dev eth3 || true
            '''
    }

    def 'addresses in a file of an earlier linkctl are known as its own'() {
        expect:
        new Ifupdown().declared(BEGINS + 'iface eth3 inet6 static\n    address 2001:db8::1/64\n    dad-attempts 0\n')*.toString() == ['2001:db8::1/64']
    }
}

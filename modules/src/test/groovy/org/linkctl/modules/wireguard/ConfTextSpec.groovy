package org.linkctl.modules.wireguard

import org.linkctl.model.Endpoint
import spock.lang.Specification

/** What import reads of files of interfaces. */
class ConfTextSpec extends Specification {
    static final String KEY = 'i7Eyf4OagNo4jzeV133MKGmh1eZW1ANSIPZpCK8xADY='

    def 'the endpoint of a peer: #line'() {
        when:
        def read = ConfText.of("[Interface]\nListenPort = 1337\n\n[Peer]\n# vendor\nPublicKey = $KEY\nAllowedIPs = 10.0.0.9/32\n$line\nPersistentKeepalive = 20\n\n[Peer]\n# phone\nPublicKey = JO8stX7aCWn+kH0x8GZ1dcV8SlWLUcRT678p3pcuDiA=\n".toString())

        then:
        read.peers()[KEY] == new ConfText.Peer('vendor', endpoint)
        read.peers()['JO8stX7aCWn+kH0x8GZ1dcV8SlWLUcRT678p3pcuDiA='] == new ConfText.Peer('phone', null)

        where:
        line                                        | endpoint
        'Endpoint = vendor.example:51820'           | new Endpoint('vendor.example', 51820)
        '# Endpoint by name: vendor.example:51820'  | new Endpoint('vendor.example', 51820)
        'Endpoint = [2001:db8::1]:51820'            | new Endpoint('2001:db8::1', 51820)
        '# Endpoint = vendor.example:51820'         | null
    }
}

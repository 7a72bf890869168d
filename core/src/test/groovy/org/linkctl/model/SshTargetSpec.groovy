package org.linkctl.model

import spock.lang.Specification

/** What ssh(1) takes as a destination, and what of it an inventory may have. */
class SshTargetSpec extends Specification {
    def 'taken: #text'() {
        when:
        def target = SshTarget.parse(text).get()

        then:
        [target.user(), target.host(), target.port()] == [user, host, port]
        SshTarget.parse(target.toString()).get() == target

        where:
        text                              | user             | host              | port
        'gw'                              | null             | 'gw'              | null
        'ops@gw.example:2222'             | 'ops'            | 'gw.example'      | 2222
        'ops@corp.example@gw.example'     | 'ops@corp.example' | 'gw.example'    | null
        'ops@corp.example@gw:22'          | 'ops@corp.example' | 'gw'            | 22
        'CORP\\ops@gw'                    | 'CORP\\ops'      | 'gw'              | null
        'a@b@c@192.0.2.1'                 | 'a@b@c'          | '192.0.2.1'       | null
        '2001:db8::1'                     | null             | '2001:db8::1'     | null
        'root@[2001:db8::1]:22'           | 'root'           | '2001:db8::1'     | 22
        'fe80::1%eth0'                    | null             | 'fe80::1%eth0'    | null
        'ops@corp.example@fe80::1%eth0.7' | 'ops@corp.example' | 'fe80::1%eth0.7' | null
        '[fe80::1%eth0]'                  | null             | 'fe80::1%eth0'    | null
        'root@[fe80::1%en-p_1]:2222'      | 'root'           | 'fe80::1%en-p_1'  | 2222
        '[192.0.2.1]:22'                  | null             | '192.0.2.1'       | 22
    }

    def 'refused: #text'() {
        expect:
        SshTarget.parse(text).isEmpty()

        where:
        text << ['', '@gw', 'ops@', '-oProxyCommand=x', 'ops@-x', '-ops@gw', 'ops@corp@', 'a;b@gw', '$(id)@gw', 'a b@gw', 'ops\\@gw',
                 "'@gw", 'gw:0', 'gw:65536', 'gw:', 'gw%eth0', '192.0.2.1%eth0', 'fe80::1%', 'fe80::1%a/b', 'fe80::1%0123456789abcdef',
                 '[fe80::1%eth0', '[gw]:22', 'fe80::1%eth0:22', 'ops@@']
    }
}

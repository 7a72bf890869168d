package org.linkctl.engine.ssh

/** RevokedHostKeys: files of keys and key revocation lists. */
class RevokedHostKeysSpec extends HostKeySpecification {
    def 'RevokedHostKeys: #what'() {
        given:
        server.start()
        client.knows(server)
        def list = new File(folder, 'revoked')
        new File(folder, 'host.pub').text = server.publicLine() + '\n'
        make(folder, list)
        client.settings("Host gw\n  RevokedHostKeys $list")

        expect:
        refusal() =~ why

        where:
        what                        | why                                                                          | make
        'a file of keys'            | /^its host key \S+ \S+ is REVOKED by \S+ \(RevokedHostKeys\)$/                | { d, f -> f.text = '# gone\n\n' + new File(d, 'host.pub').text }
        'another key'               | /^let in$/                                                                     | { d, f -> f.text = new File(d, 'id.pub').text }
        'an empty file'             | /^let in$/                                                                     | { d, f -> f.text = '' }
        'a list with the key'       | /is REVOKED by/                                                              | { d, f -> Client.run(['ssh-keygen', '-q', '-k', '-f', f.path, "$d/host.pub".toString()]) }
        'a list with its SHA-1'     | /is REVOKED by/                                                              | { d, f -> krl(d, f, "sha1: ${new File(d, 'host.pub').text}") }
        'a list with its SHA-256'   | /is REVOKED by/                                                              | { d, f -> krl(d, f, "sha256: ${new File(d, 'host.pub').text}") }
        'a list with another'       | /^let in$/                                                                     | { d, f -> Client.run(['ssh-keygen', '-q', '-k', '-f', f.path, "$d/id.pub".toString()]) }
        'no file'                   | /^whether its host key is revoked cannot be told: RevokedHostKeys \S+: no such file$/ | { d, f -> }
        'a folder'                  | /cannot be told/                                                             | { d, f -> f.mkdir() }
        'something else'            | /cannot be told: .* line 2 is not a public key$/                             | { d, f -> f.text = new File(d, 'id.pub').text + 'not a key\n' }
        'the half of a list'        | /cannot be told/                                                             | { d, f -> Client.run(['ssh-keygen', '-q', '-k', '-f', f.path, "$d/id.pub".toString()]); f.bytes = f.bytes[0..-9] as byte[] }
        'a list of a later format'  | /cannot be told: .* not version 1$/                                          | { d, f -> f.bytes = ([83, 83, 72, 75, 82, 76, 10, 0, 0, 0, 0, 2] + [0] * 32) as byte[] }
        'an unknown section'        | /cannot be told: .* section of type 9, /                                     | { d, f -> f.bytes = ([83, 83, 72, 75, 82, 76, 10, 0, 0, 0, 0, 1] + [0] * 32 + [9, 0, 0, 0, 0]) as byte[] }
    }

    def 'a certificate in RevokedHostKeys: #what'() {
        given:
        def ca = certify('-I', 'gw-1', '-n', '127.0.0.1', '-z', serial)
        lines("@cert-authority * $ca")
        def list = new File(folder, 'revoked')
        make(folder, list)
        client.settings("Host gw\n  RevokedHostKeys $list")

        expect:
        (refusal() =~ /is REVOKED by/).find() == revoked

        where:
        what                 | serial | revoked | make
        'its serial'         | '7'    | true    | { d, f -> krl(d, f, 'serial: 7\n') }
        'another serial'     | '8'    | false   | { d, f -> krl(d, f, 'serial: 7\n') }
        'a range'            | '70'   | true    | { d, f -> krl(d, f, 'serial: 10-90\n') }
        'outside the range'  | '91'   | false   | { d, f -> krl(d, f, 'serial: 10-90\n') }
        'a bitmap'           | '13'   | true    | { d, f -> krl(d, f, 'serial: 10\nserial: 13\nserial: 17\nserial: 21\n') }
        'beside the bitmap'  | '14'   | false   | { d, f -> krl(d, f, 'serial: 10\nserial: 13\nserial: 17\nserial: 21\n') }
        'no serial is none'  | '0'    | false   | { d, f -> krl(d, f, 'serial: 1\nserial: 3\n') }
        'its name'           | '7'    | true    | { d, f -> krl(d, f, 'id: gw-1\n') }
        'another name'       | '7'    | false   | { d, f -> krl(d, f, 'id: gw-2\n') }
        'its key'            | '7'    | true    | { d, f -> Client.run(['ssh-keygen', '-q', '-k', '-f', f.path, "$d/host.pub".toString()]) }
        'its authority'      | '7'    | true    | { d, f -> Client.run(['ssh-keygen', '-q', '-k', '-f', f.path, "$d/ca.pub".toString()]) }
        'its authority, in a file of keys' | '7' | true | { d, f -> f.text = new File(d, 'ca.pub').text }
        'itself, in a file of keys' | '7' | true  | { d, f -> f.text = new File(d, 'host-cert.pub').text }
    }
}

package org.linkctl.engine.ssh

/** Host certificates and their authorities. */
class HostCertificateSpec extends HostKeySpecification {
    def 'a certificate: #what'() {
        given:
        def ca = certify(*how)
        def other = new TestServer().publicLine()
        client.settings(config)
        lines(*known.collect { it.replace('CA', ca).replace('OTHER', other) })

        expect:
        refusal() =~ why

        where:
        what                            | how                                              | known                                        | config | why
        'of an authority for all'       | ['-I', 'x', '-n', '127.0.0.1']                   | ['@cert-authority * CA']                     | ''     | /^let in$/
        'for this port'                 | ['-I', 'x', '-n', '127.0.0.1']                   | ['@cert-authority [127.0.0.1]:PORT CA']      | ''     | /^let in$/
        'for the name without a port'   | ['-I', 'x', '-n', '127.0.0.1']                   | ['@cert-authority 127.0.0.1 CA']             | ''     | /^let in$/
        'for a pattern'                 | ['-I', 'x', '-n', 'gw,127.0.0.*']                | ['@cert-authority 127.0.0.* CA']             | ''     | /^let in$/
        'for other hosts'               | ['-I', 'x', '-n', '127.0.0.1']                   | ['@cert-authority *.example CA']             | ''     | /is not known.*accept-new-host-keys$/
        'of another authority'          | ['-I', 'x', '-n', '127.0.0.1']                   | ['@cert-authority * OTHER']                  | ''     | /is not known.*; it has a certificate, but of an authority \(SHA256:\S+\) that is not known for it$/
        'one of two authorities'        | ['-I', 'x', '-n', '127.0.0.1']                   | ['@cert-authority * OTHER', '@cert-authority * CA'] | '' | /^let in$/
        'for another name'              | ['-I', 'x', '-n', 'other.example']               | ['@cert-authority * CA']                     | ''     | /; it has a certificate, but it is for other.example, not for 127.0.0.1$/
        'for the alias'                 | ['-I', 'x', '-n', 'mine']                        | ['@cert-authority mine CA']                  | 'Host gw\n  HostKeyAlias mine' | /^let in$/
        'for no name'                   | ['-I', 'x']                                      | ['@cert-authority * CA']                     | ''     | /but it names no host$/
        'of the past'                   | ['-I', 'x', '-n', '127.0.0.1', '-V', '-2d:-1d']  | ['@cert-authority * CA']                     | ''     | /but it was valid until /
        'of the future'                 | ['-I', 'x', '-n', '127.0.0.1', '-V', '+1d:+2d']  | ['@cert-authority * CA']                     | ''     | /but it is not valid before /
        'valid now'                     | ['-I', 'x', '-n', '127.0.0.1', '-V', '-1d:+1d']  | ['@cert-authority * CA']                     | ''     | /^let in$/
        'with a critical option'        | ['-I', 'x', '-n', '127.0.0.1', '-O', 'critical:y@example=z'] | ['@cert-authority * CA']         | ''     | /but it has critical options, of which none is known for hosts: y@example$/
        'of a revoked authority'        | ['-I', 'x', '-n', '127.0.0.1']                   | ['@cert-authority * CA', '@revoked * CA']    | ''     | /is REVOKED by .* line 2$/
        'of a revoked key'              | ['-I', 'x', '-n', '127.0.0.1']                   | ['@cert-authority * CA', '@revoked * KEY']   | ''     | /is REVOKED by .* line 2$/
        'that is bad, of a known key'   | ['-I', 'x', '-n', 'other.example']               | ['@cert-authority * CA', '127.0.0.1 KEY']    | ''     | /^let in$/
        'that is bad, of a changed key' | ['-I', 'x', '-n', 'other.example']               | ['@cert-authority * CA', '[127.0.0.1]:PORT OTHER'] | '' | /HAS CHANGED/
        'by a disallowed algorithm'     | ['-I', 'x', '-n', '127.0.0.1']                   | ['@cert-authority * CA']                     | 'CASignatureAlgorithms rsa-sha2-512' | /but it is signed by ssh-ed25519, which/
        'none asked for'                | ['-I', 'x', '-n', '127.0.0.1']                   | ['@cert-authority * CA', '* KEY']            | 'HostKeyAlgorithms ssh-ed25519' | /^let in$/
    }

    def 'a certificate of a key of type #type by an authority of type #by'() {
        given:
        server = new TestServer(type)
        client.keygen('ca', by, '', *more)
        def ca = certify('-I', 'x', '-n', '127.0.0.1')
        lines("@cert-authority * $ca")

        expect:
        refusal() == 'let in'

        where:
        type      | by        | more
        'rsa'     | 'ed25519' | []
        'ecdsa'   | 'rsa'     | ['-b', '2048']
        'ed25519' | 'ecdsa'   | ['-b', '384']
    }

    def 'a certificate of a user is not a host\'s'() {
        given:
        certify('user', '-I', 'x', '-n', '127.0.0.1')

        expect:
        fault(new File(folder, 'host-cert.pub')) == 'it is not a host\'s'
    }

    static String fault(File file, Closure<byte[]> change = { it }) {
        def blob = Base64.decoder.decode(file.text.split(' ')[1])
        def key = new net.schmizz.sshj.common.Buffer.PlainBuffer(change(blob)).readPublicKey()
        new HostCertificateCheck(key).fault('127.0.0.1', ['ssh-ed25519'], java.time.Instant.now())
    }

    def 'a certificate whose signature is not the authority\'s'() {
        given: 'one that says it is of the authority that is known, signed by another'
        certify('-I', 'x', '-n', '127.0.0.1')

        expect:
        fault(new File(folder, 'host-cert.pub')) == null
        fault(new File(folder, 'host-cert.pub')) { it[it.length - 1] ^= 1; it } == 'its signature is not that authority\'s'
    }
}

package org.linkctl.engine.ssh

import static org.linkctl.engine.ssh.Client.host

import org.apache.sshd.common.keyprovider.FileHostKeyCertificateProvider
import org.linkctl.engine.Settings
import org.linkctl.engine.Unreachable
import org.linkctl.model.Become
import org.linkctl.spi.Question
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** Whose host key is taken: known_hosts, certificates, revocations. Files are made by ssh-keygen(1). */
@Timeout(60)
class HostKeySpec extends Specification {
    static final Question.Command SYSTEM = Question.command('uname', '-s')

    @TempDir File folder
    @AutoCleanup TestServer server = new TestServer()
    Client client
    @AutoCleanup(quiet = true) SshConnector connector

    def setup() {
        client = new Client(folder)
    }

    /** Why the host is refused, or that it is let in. */
    String refusal(String name = 'gw') {
        connector = client.connector()
        try {
            connector.connect(host(server.port, 'root', Become.NONE, name)).withCloseable {
                assert it.ask([SYSTEM]).stdout(SYSTEM) == 'Linux\n'
            }
            'let in'
        } catch (Unreachable e) {
            assert !e.why().contains('\n')
            e.why() - "127.0.0.1:$server.port: "
        } finally {
            connector.close()
        }
    }

    /** The server shows a certificate; the public key of its authority. */
    String certify(String... how) {
        def ca = new File(folder, 'ca')
        if (!ca.exists()) client.keygen('ca', 'ed25519')
        def pub = new File(folder, 'host.pub')
        pub.text = server.publicLine() + '\n'
        Client.run(['ssh-keygen', '-q', '-s', ca.path] + ('user' in how ? [] : ['-h']) + (how.toList() - 'user') + [pub.path])
        server.server.hostKeyCertificateProvider = new FileHostKeyCertificateProvider(new File(folder, 'host-cert.pub').toPath())
        server.start()
        new File(folder, 'ca.pub').text.split(' ')[0..1].join(' ')
    }

    void lines(String... lines) {
        client.knownHosts.text = lines.collect { it.replace('PORT', "$server.port").replace('KEY', server.publicLine()) + '\n' }.join('')
    }

    def 'without the port: #what'() {
        given:
        server.start()
        def other = new TestServer().publicLine()
        client.hostKeys = accept ? Settings.HostKeys.ACCEPT_NEW : Settings.HostKeys.STRICT
        lines(*known.collect { it.replace('OTHER', other) })

        expect:
        refusal() =~ why
        client.knownHosts.readLines().size() == known.size() + (added ? 1 : 0)

        where: 'as sshconnect.c, check_host_key, has it'
        what                                       | known                                          | accept | added | why
        'the same key'                             | ['127.0.0.1 KEY']                              | false  | false | /^let in$/
        'the same key is not filed again'          | ['127.0.0.1 KEY']                              | true   | false | /^let in$/
        'another key is another server'            | ['127.0.0.1 OTHER']                            | false  | false | /is not known/
        'another key is no change'                 | ['127.0.0.1 OTHER']                            | true   | true  | /^let in$/
        'not where the port has a key of its own'  | ['[127.0.0.1]:PORT OTHER', '127.0.0.1 KEY']    | true   | false | /HAS CHANGED.*line 1 /
        'revoked there'                            | ['@revoked 127.0.0.1 KEY']                     | true   | false | /is REVOKED by .* line 1$/
        'revoked there, known here'                | ['[127.0.0.1]:PORT KEY', '@revoked 127.0.0.1 KEY'] | false | false | /is REVOKED by .* line 2$/
    }

    def 'lines that ssh(1) passes over: #line'() {
        given:
        server.start()
        lines(line)

        expect:
        refusal() =~ /is not known/

        where:
        line << ['@odd * KEY', '* ssh-ed25519 AAAA', '* ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIA==', '* 1024 35 1234567', '|1|x|y KEY', '*']
    }

    def 'a known host is filed under its name, which HashKnownHosts hides'() {
        given:
        server.start()
        client.settings('Host gw\n  HashKnownHosts yes\n  StrictHostKeyChecking accept-new')

        expect:
        refusal() == 'let in'
        client.knownHosts.text ==~ /\|1\|\S{28}\|\S{28} ssh-ed25519 \S+\n/
        Client.run(['ssh-keygen', '-F', "[127.0.0.1]:$server.port".toString(), '-f', client.knownHosts.path]) == null

        when:
        client.settings('')

        then:
        refusal() == 'let in'
    }

    def 'what to do about an unknown key is the command that goes there'() {
        given:
        server.start()
        client.settings(config)

        expect:
        refusal().endsWith(
                "is not known. Compare it on the host (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub), then add it to $client.knownHosts by " +
                "`ssh ${options}-F $client.config -p $server.port -l root gw`, or let linkctl accept hosts that have no known key: --accept-new-host-keys")

        where:
        config                                 || options
        ''                                     || ''
        'Host gw\n  StrictHostKeyChecking yes' || '-o StrictHostKeyChecking=ask '
    }

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

    static void krl(File folder, File list, String specification) {
        def file = new File(folder, 'specification')
        file.text = specification
        Client.run(['ssh-keygen', '-q', '-k', '-f', list.path] + (specification.startsWith('sha') || specification.startsWith('key') ? [] : ['-s', "$folder/ca.pub".toString()]) + [file.path])
    }

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
        new HostCertificate(key).fault('127.0.0.1', ['ssh-ed25519'], java.time.Instant.now())
    }

    def 'a certificate whose signature is not the authority\'s'() {
        given: 'one that says it is of the authority that is known, signed by another'
        certify('-I', 'x', '-n', '127.0.0.1')

        expect:
        fault(new File(folder, 'host-cert.pub')) == null
        fault(new File(folder, 'host-cert.pub')) { it[it.length - 1] ^= 1; it } == 'its signature is not that authority\'s'
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

    def 'KnownHostsCommand: #what'() {
        given:
        server.start()
        def key = new File(folder, 'lines')
        key.text = "[127.0.0.1]:$server.port ${server.publicLine()}\n"
        def program = new File(folder, 'program')
        program.text = "#!/bin/sh\necho \"\$*\" >>$folder/args\n$script"
        program.executable = true
        client.settings("Host gw\n  KnownHostsCommand $program \"a  b\" %I %H %t %f %n %K\n")

        expect:
        refusal() =~ why
        !client.knownHosts.exists()

        when:
        def args = new File(folder, 'args').readLines()

        then:
        args[0] == "a  b ORDER [127.0.0.1]:$server.port NONE NONE gw NONE"
        args.size() == 1 || args[1] ==~ /a  b HOSTNAME \[127.0.0.1]:\d+ ssh-ed25519 SHA256:\S+ gw AAAA\S+/

        where:
        what            | script                                           | why
        'it knows'      | 'cat $(dirname $0)/lines'                        | /^let in$/
        'it does not'   | 'true'                                           | /is not known/
        'it revokes'    | 'echo "@revoked $(cat $(dirname $0)/lines)"'     | /is REVOKED by KnownHostsCommand \S+ line 1$/
        'it fails'      | 'echo no >&2; exit 3'                            | /^its known host keys cannot be read: KnownHostsCommand \S+ ended with status 3: no$/
        'it changes'    | 'sed s/AAAAIP*.../AAAAIAAA/ $(dirname $0)/lines' | /HAS CHANGED.*KnownHostsCommand \S+ line 1.*what that command says has to change$/
    }

    def 'an RSA host key that is too small for RequiredRSASize'() {
        given:
        server = new TestServer('rsa').start()
        client.knows(server)
        client.settings('RequiredRSASize 3072')

        expect:
        refusal() =~ /^its host key ssh-rsa SHA256:\S+ has 2048 bits; RequiredRSASize is 3072$/
    }

    def 'algorithms are those that ssh_config leaves: #config'() {
        given:
        server.start()
        client.knows(server)
        client.settings(config)

        expect:
        refusal() =~ why

        where:
        config                                                 || why
        'Ciphers aes256-ctr\nMACs hmac-sha2-512'               || /^let in$/
        'KexAlgorithms sntrup761x25519-sha512@openssh.com'     || /^KexAlgorithms of ssh_config leaves nothing that linkctl has; it has curve25519-sha256, /
        'Ciphers aes128-cbc'                                   || /^Ciphers of ssh_config leaves nothing/
        'HostKeyAlgorithms rsa-sha2-512'                       || /^no HostKeyAlgorithms in common: here \[rsa-sha2-512], there \[ssh-ed25519]$/
        'PubkeyAcceptedAlgorithms rsa-sha2-512'                || /login as root was refused: .* PubkeyAcceptedAlgorithms of ssh_config leaves none for it/
    }
}

package org.linkctl.engine.ssh

import org.linkctl.engine.Settings

/** Which host keys are accepted, by known_hosts, KnownHostsCommand and the algorithms of ssh_config. */
class HostKeySpec extends HostKeySpecification {
    def 'known_hosts has the host without its port: #what'() {
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

    // But for diffie-hellman-group18-sha512, which SshOptionRows has: where Java computes both halves with 8192 bits, it takes longer
    // than a login may here; with sshd(8) at the other end it does not.
    def 'what linkctl offers works: #config'() {
        given:
        server.start()
        client.knows(server)
        client.settings(config)

        expect:
        refusal() == 'let in'

        where:
        config << [
                'curve25519-sha256', 'curve25519-sha256@libssh.org', 'ecdh-sha2-nistp256', 'ecdh-sha2-nistp384', 'ecdh-sha2-nistp521',
                'diffie-hellman-group14-sha256', 'diffie-hellman-group16-sha512',
                'diffie-hellman-group-exchange-sha256'].collect { "KexAlgorithms $it" } +
                ['aes128-gcm@openssh.com', 'aes256-gcm@openssh.com', 'chacha20-poly1305@openssh.com', 'aes128-ctr', 'aes192-ctr',
                 'aes256-ctr'].collect { "Ciphers $it" } +
                ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'].collect {
                    "Ciphers aes128-ctr\nMACs $it"
                }
    }
}

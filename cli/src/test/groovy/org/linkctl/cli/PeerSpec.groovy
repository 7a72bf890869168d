package org.linkctl.cli

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import org.linkctl.cli.context.Installation
import org.linkctl.cli.io.Terminal
import org.linkctl.cli.io.Terminal.Stream
import org.linkctl.modules.Modules
import org.linkctl.plan.Planner
import spock.lang.Specification
import spock.lang.TempDir

/** What ends that linkctl does not log in to have to be given. */
class PeerSpec extends Specification {
    static final String PRIVATE = 'GLqfO1m/Dlk/CM8uJXFAer8syg/OrsAw4KbHK1A2+ms='
    static final String PUBLIC = 'rBjgrfbK3PxbmQpdK1GqUGSBSOzI8o+XVRA0sRuImkI='
    static final String HOST_KEY = 'VE5evNj0rIkFqsfC7JeD4uD4M8dnAljFGLndg7+DBRo='

    @TempDir
    Path folder

    def toy = new Toy(modules: [new HostKeyModule()])

    String inventory() {
        Files.writeString(folder.resolve('office.groovy'), """
            fabric('office') {
                site('office', lan: ['10.1.0.0/24', 'fd00:a::/64']) {
                    host('gw', os: LINUX, ssh: 'gw.example') { nic('eth0', address: ['10.1.0.1/24', 'fd00:a::1/64']) }
                }
                site('home') { host('nas', os: LINUX, ssh: 'nas.example') }
                site('vendor', lan: '10.7.0.0/24') {}
                hub('wg0', on: 'gw', port: 51820, address: ['10.9.0.1/24', 'fd00:9::1/64'], endpoint: '2001:db8::1', keepalive: 25, mtu: 1400) {
                    spoke('nas', address: ['10.9.0.2/24', 'fd00:9::2/64'])
                    peer('phone', publicKey: '$PUBLIC', address: ['10.9.0.7', 'fd00:9::7'], allowed: ['10.1.0.0/24', 'fd00:a::/64'])
                    peer('router', publicKey: 'i7Eyf4OagNo4jzeV133MKGmh1eZW1ANSIPZpCK8xADY=', address: '10.9.0.8/24', endpoint: '[2001:db8::8]:51820', keepalive: 20)
                }
                for (t in [0, 1]) {
                    tunnel("t\$t", keepalive: 25, psk: secret('vendor/psk')) {
                        end('gw', port: 51821 + t, address: "10.255.\$t.1/30", endpoint: '192.0.2.1')
                        peer('vendor', publicKey: 'd9M6yOX08lr7hEsFXk9F8vYsu6oI7WPm2NA9HHfj73I=', address: "10.255.\$t.2", endpoint: "vendor.example:\${51820 + t}", site: 'vendor')
                    }
                }
                route(between: ['office', 'vendor'], via: ['t0', 't1'])
            }
            """.stripIndent()).toString()
    }

    String key(String text, String mode = 'rw-------') {
        Path file = Files.writeString(folder.resolve('phone.key'), text)
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode))
        file.toString()
    }

    def 'a private key that others may read is refused'() {
        expect:
        toy.run('render', inventory(), '--peer', 'phone', '--private-key', key(PRIVATE, mode)) == 1
        toy.err.contains("phone.key: others than its owner may read or write it; right would be `chmod 600 ")

        where:
        mode << ['rw-r--r--', 'rw--w----']
    }

    def 'render writes a file for each peer, without a secret, and contacts nobody'() {
        given:
        def err = new StringWriter()
        def terminal = new Terminal(new BufferedReader(new StringReader('')), new PrintWriter(new StringWriter()), new PrintWriter(err), [] as Set, 80, [:])
        def parts = new Installation(new Planner(Modules.all()), { s, e -> throw new AssertionError('nobody is contacted') })
        def out = folder.resolve('out')

        expect:
        new Cli(terminal, parts).run('render', inventory(), '-o', out.toString()) == 0
        Golden.is("peer/${name.replace('/', '-')}", Files.readString(out.resolve(name)))

        where:
        name << ['phone/wg0.conf', 'router/wg0.conf', 'vendor/t0.conf', 'vendor/t1.conf', 'gw/files/etc/wireguard/wg0.conf', 'gw/files/etc/wireguard/t0.conf']
    }

    def 'a peer\'s configuration has the public key that the host tells, and no other host is asked'() {
        expect:
        toy.run('render', inventory(), '--peer', 'phone') == 0
        Golden.is('peer/phone.txt', toy.out)
        toy.addresses == ['gw.example'] as Set
    }

    def 'with its private key it is whole'() {
        expect:
        toy.run('render', inventory(), '--peer', 'phone', '--private-key', key(PRIVATE + '\n')) == 0
        toy.out.contains("\nPrivateKey = $PRIVATE\n")
        toy.out.contains("\nPublicKey = $HOST_KEY\n")
    }

    def 'a QR code is for a terminal'() {
        given:
        toy.terminals = [Stream.OUT]

        expect:
        toy.run('render', inventory(), '--peer', 'phone', '--private-key', key(PRIVATE), '--qr') == 0
        Golden.is('peer/phone-qr.txt', toy.out)
    }

    def 'refused: #said'() {
        given:
        toy.terminals = terminals
        toy.width = width
        if (away) toy.unreachable << 'gw'

        expect:
        toy.run(*(['render', inventory()] + args.collect { it == 'KEY' ? key(content) : it })) == (away ? 3 : 1)
        toy.out == ''
        toy.err.contains(said)
        !toy.err.contains(PRIVATE)

        where:
        args                                                    | content  | terminals    | width | away  || said
        ['--qr']                                                | ''       | []           | 80    | false || '--qr: for which peer? Say --peer NAME, too'
        ['--private-key', 'KEY']                                | PRIVATE  | []           | 80    | false || '--private-key: for which peer? Say --peer NAME, too'
        ['--peer', 'phnoe']                                     | ''       | []           | 80    | false || "--peer: no peer named 'phnoe'; did you mean 'phone'?"
        ['--peer', 'vendor']                                    | ''       | []           | 80    | false || "--peer: 'vendor' is a peer of several: vendor/t0, vendor/t1"
        ['--peer', 'phone', '-o', 'x']                          | ''       | []           | 80    | false || '--peer: is printed, and not written to a folder'
        ['--peer', 'phone']                                     | ''       | []           | 80    | true  || '--peer: the public key of wg0 on gw is not known: gw: '
        ['--peer', 'phone', '--qr']                             | ''       | [Stream.OUT] | 80    | false || "--qr: WireGuard's apps take no configuration without its private key"
        ['--peer', 'phone', '--qr', '--private-key', 'KEY']     | PRIVATE  | []           | 80    | false || '--qr: the standard output is no terminal'
        ['--peer', 'phone', '--qr', '--private-key', 'KEY']     | PRIVATE  | [Stream.OUT] | 60    | false || 'columns wide, and the terminal 60'
        ['--peer', 'phone', '--private-key', 'KEY']             | 'x'      | []           | 80    | false || 'holds no private key as `wg genkey` prints it'
        ['--peer', 'phone', '--private-key', 'KEY']             | HOST_KEY | []           | 80    | false || 'is not the key of phone'
        ['--peer', 'phone', '--private-key', '/dev/null/x']     | ''       | []           | 80    | false || "--private-key: '/dev/null/x' cannot be read"
    }
}

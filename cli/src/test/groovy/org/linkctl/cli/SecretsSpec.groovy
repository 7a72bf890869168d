package org.linkctl.cli

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import org.linkctl.modules.Modules
import spock.lang.Specification
import spock.lang.TempDir

/** Secrets as the user of the command meets them. */
class SecretsSpec extends Specification {
    static final String KEY = 'vXbzaAjIy2y2dgMDDUWIUY30aqeg6jTQCQaH43BHuoA='

    @TempDir
    Path folder

    def toy = new Toy(modules: Modules.all())

    def setup() {
        toy.unreachable = ['a-gw', 'b-gw']
        toy.environment = [HOME: folder.resolve('home').toString(), XDG_STATE_HOME: folder.resolve('state').toString()]
    }

    String inventory() {
        Files.writeString(folder.resolve('net.groovy'), '''
            fabric('net') {
                site('a', lan: '10.1.0.0/24') { host('a-gw', os: LINUX, ssh: 'a') { nic('eth0', address: '10.1.0.1/24') } }
                site('b', lan: '10.2.0.0/24') { host('b-gw', os: LINUX, ssh: 'b') { nic('eth0', address: '10.2.0.1/24') } }
                tunnel('wg0', psk: secret('vpn/ab')) {
                    end('a-gw', port: 5000, address: '10.255.0.1/30')
                    end('b-gw', port: 5000, address: '10.255.0.2/30', endpoint: '192.0.2.2')
                }
                tunnels('ab', count: 2, ports: 6000..6009, transit: '10.254.0.0/24', psk: secret('vpn/group')) {
                    end('a-gw')
                    end('b-gw', endpoint: '192.0.2.2')
                }
            }
            '''.stripIndent()).toString()
    }

    /** A program that notes each call and prints a key. */
    String vault() {
        Path file = Files.writeString(folder.resolve('vault'), "#!/bin/sh\necho \$1 >>$folder/asked\necho $KEY\n")
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString('rwx------'))
        file
    }

    List<String> asked() {
        Path file = folder.resolve('asked')
        Files.exists(file) ? Files.readAllLines(file) : []
    }

    def 'check and render ask nobody, plan asks once for each name'() {
        given:
        String file = inventory()
        Files.writeString(folder.resolve('linkctl.yaml'), "secrets:\n  - env\n  - command: ['${vault()}', '{name}']\n")

        expect:
        toy.run('check', file) == 0
        toy.run('render', file, '-o', folder.resolve('out').toString()) == 0
        Files.readString(folder.resolve('out/a-gw/files/etc/wireguard/wg0.psk')) == '(hidden)\n'
        Files.readString(folder.resolve('out/a-gw/commands.txt')).contains('install -D -m 0600 files/etc/wireguard/wg0.psk /etc/wireguard/wg0.psk')
        asked() == []

        when:
        toy.run('plan', file)

        then:
        toy.out.contains('connection refused')
        asked() == ['vpn/ab', 'vpn/group']
        !(toy.out + toy.err).contains(KEY)
    }

    def 'nobody is asked where the run needs none'() {
        expect:
        toy.run('plan', inventory(), '--only', 'sysctl') == 3
        toy.out.contains('connection refused')
    }

    def 'what is nowhere is said at each place of the inventory, with where it was looked for'() {
        given:
        String file = inventory()
        toy.environment += [LINKCTL_SECRET_VPN_GROUP: '']

        expect:
        toy.run('plan', file) == 1
        Golden.is('secrets/missing.txt', toy.err.replace(folder.toString(), 'FOLDER'))
        toy.out == ''
    }

    def 'the command line goes before the file beside the inventory, that before the own one'() {
        given:
        String file = inventory()
        Path own = Files.createDirectories(folder.resolve('home/.config/linkctl'))

        when:
        Files.writeString(own.resolve('linkctl.yaml'), 'secrets: [{env: OWN_}]\n')
        toy.run('plan', file)

        then:
        toy.err.contains("looked in, by $own/linkctl.yaml:") && toy.err.contains('OWN_VPN_AB is not set')

        when:
        Files.writeString(folder.resolve('linkctl.yaml'), 'secrets: [file: keys]\n')
        toy.run('plan', file)

        then:
        toy.err.contains("looked in, by $folder/linkctl.yaml:") && toy.err.contains("file: $folder/keys/vpn/ab: no such file")

        when:
        toy.run('plan', file, '--secrets', "env,file:~/keys,command:${vault()} {name}")

        then:
        toy.out.contains('connection refused')
        asked() == ['vpn/ab', 'vpn/group']
    }

    def 'a key that is none is refused at its place, and not shown'() {
        given:
        toy.environment += [LINKCTL_SECRET_VPN_AB: 'HUSH' * 11, LINKCTL_SECRET_VPN_GROUP: KEY]
        String file = inventory()

        expect:
        toy.run('plan', file) == 4
        toy.out.replaceAll('\\s+', ' ').contains("$file:5:24: what secret('vpn/ab') says is not right there")
        !(toy.out + toy.err).contains('HUSH')
    }

    def 'a linkctl.yaml that is not right is said to be so, all of it'() {
        given:
        String file = inventory()
        Files.writeString(folder.resolve('linkctl.yaml'), text)

        expect:
        toy.run('plan', file) == 1
        Golden.is("secrets/${name}.txt", toy.err.replace(folder.toString(), 'FOLDER'))

        where:
        name        | text
        'yaml-keys' | 'secrts: [env]\nsecrets:\n  - envv\n  - file\n  - {env: "a b"}\n  - command: [pass, show]\n  - command: pass show\n  - {file: x, sops: y}\n  - [env]\n  - credentials: x\n  - command: {a: b}\n  - file: ""\n'
        'yaml-form' | 'secrets: [env\nfile: x\n'
        'yaml-list' | 'secrets: env\n'
        'yaml-top'  | '- env\n'
    }

    def 'a --secrets that is not right: #where'() {
        expect:
        toy.run('plan', inventory(), '--secrets', where) == 1
        toy.err == "--secrets: $said\n"

        where:
        where             || said
        'envv'            || "'envv' is no place for secrets; did you mean 'env'? Known: env, file, command, sops, credentials"
        'nope'            || "'nope' is no place for secrets. Known: env, file, command, sops, credentials"
        'file'            || 'file: which one? file: and a path'
        'command:pass x'  || "command: has no {name}; right would be [pass, show, 'linkctl/{name}']"
    }

    def 'what can be rotated and what cannot: #names'() {
        given:
        Path file = Files.writeString(folder.resolve('rotate.groovy'), Files.readString(Path.of(inventory()))
                .replace("psk: secret('vpn/group')", 'psk: true').replaceFirst(/\}\n$/, """
                tunnel('bare') {
                    end('a-gw', port: 7000, address: '10.253.0.1/30')
                    end('b-gw', port: 7000, address: '10.253.0.2/30', endpoint: '192.0.2.2')
                }
            }\n"""))
        toy.environment += [LINKCTL_SECRET_VPN_AB: KEY]

        expect:
        toy.run('plan', file.toString(), '--rotate-psk', names) == status
        (toy.out + toy.err).contains(said)

        where:
        names    | status || said
        'ab'     | 3      || 'connection refused'
        'ab1'    | 3      || 'connection refused'
        'ac'     | 1      || "--rotate-psk: no tunnel named 'ac'; did you mean 'ab'?\n  tunnels: wg0, ab, ab0, ab1, bare\n"
        'ab,wg0' | 1      || "--rotate-psk: the pre-shared key of 'wg0' is yours: change what secret('vpn/ab') says, and apply\n"
        'bare'   | 1      || "--rotate-psk: 'bare' has no pre-shared key; psk: true gives it one\n"
    }

    def 'new keys are refused where the modules are left out that make them: #only'() {
        given:
        String file = inventory().tap { Files.writeString(Path.of(it), Files.readString(Path.of(it)).replace("psk: secret('vpn/group')", 'psk: true')) }
        toy.environment += [LINKCTL_SECRET_VPN_AB: KEY]

        expect:
        toy.run(command, file, '--only', only, option, 'ab', *(command == 'apply' ? ['--yes'] : [])) == status
        toy.err.contains(said)
        status == 3 || toy.addresses.empty

        where:
        command | option         | only                      || status | said
        'plan'  | '--rotate-psk' | 'bond'                    || 1      | '--rotate-psk: --only leaves out linux.wireguard, linux.wireguard-psk, and no key would be replaced without; --only wireguard,wireguard-psk is enough for it\n'
        'apply' | '--rotate-key' | 'linux.wireguard,bond'    || 1      | '--rotate-key: --only leaves out linux.wireguard-key, and no key'
        'plan'  | '--rotate-key' | 'wireguard,wireguard-key' || 3      | ''
    }
}

package org.linkctl.cli.secrets

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.time.Duration
import org.linkctl.cli.secrets.Provider.Lookup
import spock.lang.Specification
import spock.lang.TempDir

/** Each provider of secrets: found, absent and refused. The programs are real. */
class ProvidersSpec extends Specification {
    @TempDir
    Path folder

    static String said(Lookup lookup) {
        switch (lookup) {
            case Lookup.Found: return lookup.secret().reveal()
            case Lookup.Absent: return 'absent: ' + lookup.where()
            default: return 'refused: ' + lookup.why()
        }
    }

    Path file(String name, String text, String mode = 'rw-------') {
        Path file = folder.resolve(name)
        Files.createDirectories(file.parent)
        Files.writeString(file, text)
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode))
    }

    Path script(String name, String text) {
        file(name, "#!/bin/sh\n$text\n", 'rwx------')
    }

    SecretProgram program(int most = 1000, Duration within = Duration.ofSeconds(20)) {
        new SecretProgram(within, most, folder)
    }

    def 'the environment: #name'() {
        expect:
        said(new EnvironmentProvider(environment, 'LINKCTL_SECRET_').look(name)) == found

        where:
        name        | environment                          || found
        'vpn/a-b.1' | [LINKCTL_SECRET_VPN_A_B_1: 'text']   || 'text'
        'x'         | [LINKCTL_SECRET_X: 'two\nlines\n']   || 'two\nlines'
        'x'         | [LINKCTL_SECRET_X: '']               || 'refused: environment: LINKCTL_SECRET_X: is there, and empty'
        'x'         | [LINKCTL_SECRET_Y: 'z']              || 'absent: environment: LINKCTL_SECRET_X is not set'
    }

    def 'two secrets never become one variable'() {
        given:
        def provider = new EnvironmentProvider([LINKCTL_SECRET_A_B: 'text'], 'LINKCTL_SECRET_')

        expect:
        said(provider.look('a/b')) == 'text'
        said(provider.look('a/b')) == 'text'
        said(provider.look('a-b')) == "refused: environment: LINKCTL_SECRET_A_B would be both 'a/b' and 'a-b'"
    }

    def 'a folder of files'() {
        given:
        file('vpn/ab', 'text\r\n')
        file('open', 'text', mode)
        file('long', 'x' * (64 * 1024 + 1))
        Files.write(file('binary', ''), [0xff, 0xfe] as byte[])
        Files.createSymbolicLink(folder.resolve('out'), Path.of('/etc/hostname'))
        Files.createSymbolicLink(folder.resolve('in'), folder.resolve('vpn/ab'))
        def provider = new FileProvider(folder)

        expect:
        said(provider.look('vpn/ab')) == 'text'
        said(provider.look('in')) == 'text'
        said(provider.look('nothing')) == "absent: file: $folder/nothing: no such file"
        said(provider.look('vpn/ab/c')) == "refused: file: $folder/vpn/ab/c: cannot be read"
        said(provider.look('vpn')) == "refused: file: $folder/vpn: is no file"
        said(provider.look('out')) == "refused: file: $folder/out: leads out of $folder"
        said(provider.look('long')) == "refused: file: $folder/long: longer than 65536 bytes"
        said(provider.look('binary')) == "refused: file: $folder/binary: not a text in UTF-8"
        said(provider.look('open')) == "refused: file: $folder/open: others than its owner may read or write it; right would be `chmod 600 $folder/open`"

        where:
        mode << ['rw-r-----', 'rw----r--', 'rw--w----', 'rw-----w-']
    }

    def 'what systemd hands over'() {
        given:
        file('vpn.ab', 'text\n', 'r--r-----')

        expect:
        said(new CredentialsProvider([CREDENTIALS_DIRECTORY: folder.toString()]).look('vpn/ab')) == 'text'
        said(new CredentialsProvider([CREDENTIALS_DIRECTORY: folder.toString()]).look('x')) == "absent: credentials: $folder/x: no such file"
        said(new CredentialsProvider([:]).look('x')) == 'absent: credentials: CREDENTIALS_DIRECTORY is not set'
    }

    def 'a program gets the name as one word, no shell sees it, and its errors are shown to nobody'() {
        given:
        script('vault', 'printf "%s\\n" "$@" >words; printf "it is text\\n"; echo SEEN >&2')
        def provider = new CommandProvider([folder.resolve('vault').toString(), 'get', 'a $(touch boom)', 'linkctl/{name}'], program())

        expect:
        said(provider.look('vpn/ab')) == 'it is text'
        Files.readString(folder.resolve('words')) == 'get\na $(touch boom)\nlinkctl/vpn/ab\n'
        Files.notExists(folder.resolve('boom'))
    }

    def 'a program that fails in its way: #what'() {
        given:
        script('vault', what)
        String name = folder.resolve('vault')

        when:
        long before = System.nanoTime()
        def said = said(new CommandProvider([name, '{name}'], program(1000, Duration.ofSeconds(1))).look('x'))

        then:
        said == found.replace('VAULT', name)
        System.nanoTime() - before < 15_000_000_000L

        where:
        what                                || found
        'echo text; echo text >&2; exit 3'  || 'absent: command: VAULT x: ended with status 3; what it said is not shown, run it yourself'
        'exec sleep 60'                     || 'refused: command: VAULT x: took longer than 1 s'
        'yes text'                          || 'refused: command: VAULT x: printed more than 1000 bytes'
        'cat'                               || 'refused: command: VAULT x: is there, and empty'
    }

    def 'a program that is not there'() {
        expect:
        said(new CommandProvider(['/nowhere/vault', '{name}'], program()).look('x')) == 'refused: command: /nowhere/vault x: cannot be run: /nowhere/vault'
    }

    def 'sops decrypts once, to its standard output'() {
        given:
        script('sops', 'echo run >>runs; printf "%s " "$@" >words; cat plain')
        file('plain', '{"vpn": {"ab": "text", "port": 7, "list": [1]}, "a/b": "whole", "sops": {}}')
        file('s.yaml', 'encrypted')
        def provider = new SopsProvider(folder.resolve('s.yaml'), folder.resolve('sops').toString(), program())

        expect:
        said(provider.look('vpn/ab')) == 'text'
        said(provider.look('vpn/port')) == '7'
        said(provider.look('a/b')) == 'whole'
        said(provider.look('vpn/list')) == "refused: sops: $folder/s.yaml: vpn/list: is no single value"
        said(provider.look('vpn')) == "refused: sops: $folder/s.yaml: vpn: is no single value"
        said(provider.look('x')) == "absent: sops: $folder/s.yaml: x: no such entry"
        Files.readString(folder.resolve('runs')) == 'run\n'
        Files.readString(folder.resolve('words')) == "-d --output-type json $folder/s.yaml "
    }

    def 'sops that cannot: #what'() {
        given:
        script('sops', what)
        file('s.yaml', 'encrypted')

        expect:
        said(new SopsProvider(folder.resolve(name), folder.resolve('sops').toString(), program()).look('x'))
                == found.replace('FOLDER', folder.toString())

        where:
        what                            | name     || found
        'echo text; echo text>&2;exit 9'| 's.yaml' || 'refused: sops: FOLDER/s.yaml: sops ended with status 9; what it said is not shown, run it yourself: FOLDER/sops -d --output-type json FOLDER/s.yaml'
        'echo text'                     | 's.yaml' || 'refused: sops: FOLDER/s.yaml: sops printed no JSON'
        'echo "[1]"'                    | 's.yaml' || 'refused: sops: FOLDER/s.yaml: holds no entries'
        'echo "{}"'                     | 'no'     || 'absent: sops: FOLDER/no: no such file'
    }

    def 'the key of fingerprints is made once, for its owner alone, and replaced where others could read it'() {
        given:
        def environment = [XDG_STATE_HOME: folder.toString()]
        def secret = new org.linkctl.shell.Secret('x')
        Path key = folder.resolve('linkctl/fingerprint.key')

        when:
        String first = FingerprintKey.of(environment).show(secret)

        then:
        first ==~ /\(secret [0-9a-f]{8}\)/
        FingerprintKey.of(environment).show(secret) == first
        Files.size(key) == 32
        PosixFilePermissions.toString(Files.getPosixFilePermissions(key)) == 'rw-------'
        key.parent.toFile().list().toList() == ['fingerprint.key']

        when:
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString('rw-r--r--'))

        then:
        FingerprintKey.of(environment).show(secret) != first
        PosixFilePermissions.toString(Files.getPosixFilePermissions(key)) == 'rw-------'
    }
}

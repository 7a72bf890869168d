package org.linkctl.engine.ssh

import java.nio.file.Path

import org.linkctl.model.SshTarget
import spock.lang.Specification
import spock.lang.TempDir

/** One answer of `ssh -G` for hosts that ssh_config(5) treats alike, and only for those. */
class SharedConfigSpec extends Specification {
    static final HOSTS = ['10.0.0.1', '10.0.0.2', '10.0.1.1', '10.0.1.2', 'a1.example', 'a2.example', 'a3.example', 'b1.example',
                          'b2.example', 'Big.example', 'fd00::1', 'fd00::2', 'fd00::3']

    @TempDir File folder

    Path config(String text) {
        def file = new File(folder, 'config')
        file.text = text.replace('FOLDER', folder.path)
        file.toPath()
    }

    Optional<SshConfigFiles> files(String text) { SshConfigFiles.read(config(text), folder.toPath()) }

    static SshTarget target(String host) { SshTarget.parse(host.contains('::') ? "root@[$host]:2222" : "root@$host:2222").get() }

    def 'each host gets what ssh says of it by itself: #text'() {
        given:
        new File(folder, 'more.conf').text = 'Host a2.example b*\n  Port 5\n  User more\n'
        def path = config(text)
        def together = new SshConfig(path)

        expect:
        HOSTS.each { assert together.of(target(it)) == new SshConfig(path).of(target(it)) }

        where:
        text << [
            'Host *\n  User ops\n',
            'Host 10.0.0.*\n  IdentityFile /k/one\nHost 10.0.1.? !10.0.1.2\n  IdentityFile /k/two\n  ConnectTimeout 7\n',
            'Host A?.example\n  IdentityFile /k/upper\nHost a?.example\n  IdentityFile /k/lower\n',
            'Host *\n  IdentityFile /k/%h-%r\n  ControlPath /tmp/%C-%h\n',
            'Host *.example\n  HostName %h.net\n',
            'Host *\n  HostKeyAlias %h.alias\n  UserKnownHostsFile /k/%k\n',
            'Match host a2.example\n  IdentityFile /k/match\n',
            'Match exec "test %h = b1.example"\n  IdentityFile /k/match\n',
            'Host *\n  ProxyJump a1.example\nHost a1.example\n  ProxyJump none\n',
            'Host a*\n  Include FOLDER/more.conf\nHost *\n  IdentityFile /k/last\n',
            'Host=a1.example\n  IdentityFile=/k/equals\n',
            'Host "a1.example" b2.example\n  IdentityFile /k/quoted\n',
            'IdentityFile /k/a2.example\nIdentitiesOnly yes\n',
        ]
    }

    def 'a process for each kind, not for each host'() {
        given:
        def shared = new SharedAnswers()
        def asked = []

        when:
        def told = (1..100).collect { number ->
            def host = "10.0.0.$number".toString()
            shared.of('kind', host) { asked << host; [host: [host], hostname: [host], user: ['root'], port: ['22']] }
        }

        then:
        asked == ['10.0.0.1', '10.0.0.2']
        told[99] == [host: ['10.0.0.100'], hostname: ['10.0.0.100'], user: ['root'], port: ['22']]
    }

    def 'where the answer depends on the host, each is asked about: #what'() {
        given:
        def shared = new SharedAnswers()
        def asked = []

        when:
        ['h1', 'h2', 'h3', 'h4'].each { host -> shared.of('kind', host) { asked << host; answer(host) } }

        then:
        asked == ['h1', 'h2', 'h3', 'h4']

        where:
        what              | answer
        'another name'    | { [hostname: ["${it}.net".toString()]] }
        'the same name'   | { [hostname: ['gw']] }
        'a path'          | { [hostname: [it], identityfile: ["/k/$it".toString()]] }
        'another value'   | { [hostname: [it], port: [it == 'h1' ? '22' : '23']] }
    }

    def 'hosts of a kind: #text'() {
        expect:
        files(text).map { all -> all.kind(one).isPresent() && all.kind(one) == all.kind(two) }.orElse(false) == alike

        where:
        text                                     | one        | two        || alike
        ''                                       | '10.0.0.1' | '10.0.0.2' || true
        'Host *\n'                               | '10.0.0.1' | '10.0.0.2' || true
        'Host 10.0.0.1\n'                        | '10.0.0.1' | '10.0.0.2' || false
        'Host 10.0.0.?\n'                        | '10.0.0.1' | '10.0.0.12' || false
        'Host 10.0.0.? !10.0.0.2\n'              | '10.0.0.1' | '10.0.0.2' || false
        'Host "10.0.0.?"\n'                      | '10.0.0.1' | '10.0.0.2' || false
        'Match all\n'                            | '10.0.0.1' | '10.0.0.2' || false
        'CanonicalizeHostname yes\n'             | 'h1'       | 'h2'       || false
        'Include ~/none/*.conf\n'                | 'h1'       | 'h2'       || true
        'Include ${HOME}/x\n'                    | 'h1'       | 'h2'       || false
        'Include /no*/where/x\n'                 | 'h1'       | 'h2'       || false
        '# Match host h1\n\n  # Host h2\n'       | 'h1'       | 'h2'       || true
        'ProxyJump h2\n'                         | 'h1'       | 'h2'       || false
        'ProxyCommand nc -X 5 %C %h %p\n'        | 'h1'       | 'h2'       || false
        '"Host" h1\n'                            | 'h1'       | 'h2'       || false
        ''                                       | 'H1'       | 'H2'       || false
    }
}

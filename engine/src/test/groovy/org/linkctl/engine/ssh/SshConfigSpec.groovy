package org.linkctl.engine.ssh

import java.nio.file.Path
import java.time.Duration

import org.linkctl.engine.Unreachable
import org.linkctl.model.SshTarget
import spock.lang.Specification
import spock.lang.TempDir

/** How the output of `ssh -G` is read. */
class SshConfigSpec extends Specification {
    static final String LEAST = 'hostname gw.example\nuser ops\nport 22\n'

    @TempDir File folder

    SshOptions parse(String more, Map<String, String> environment = [:], String least = LEAST) {
        new SshConfigParser(environment, Path.of('/home/me')).parse(SshConfig.values(least + more), 'gw', 'ssh gw')
    }

    /** By ssh(1) itself. */
    SshOptions read(String config, String target = 'gw', List<String> through = []) {
        def file = new File(folder, 'config')
        file.text = config
        new SshConfig(file.toPath()).of(SshTarget.parse(target).get(), through)
    }

    def 'the least that ssh -G prints'() {
        when:
        def options = parse('')

        then:
        options.hostname() == 'gw.example'
        options.user() == 'ops'
        options.port() == 22
        options.policy().knownHostsName() == 'gw.example'
        options.policy().portlessName() == null
        options.identities() == []
        options.agent() == null
        options.jumps() == []
        options.proxyCommand() == null
        !options.policy().acceptNew()
        options.connectTimeout() == null
    }

    def 'paths: #line'() {
        expect:
        parse(line, [KEYS: '/keys', EMPTY: '']).identities()*.toString() == paths

        where:
        line                                               || paths
        'identityfile ~/.ssh/id_ed25519'                   || ['/home/me/.ssh/id_ed25519']
        'identityfile /keys/%h-%r-%p\nidentityfile none'   || ['/keys/gw.example-ops-22']
        'identityfile ${KEYS}/x\nidentityfile %d/y'        || ['/keys/x', '/home/me/y']
        'identityfile /${EMPTY}x'                          || ['/x']
        'identityfile /a%%b'                               || ['/a%b']
        'identityfile /keys/%n%k'                          || ['/keys/gwgw']
        'hostkeyalias Alias\nidentityfile /keys/%n%k'      || ['/keys/gwAlias']
        'proxyjump x,me@j.example:2\nidentityfile /%j'     || ['/j.example']
    }

    def 'tokens about this machine are those of ssh(1) itself'() {
        given: 'a Match exec, in which ssh expands them'
        def out = new File(folder, 'said')
        def ssh = read("Host *\n  HostName gw.example\n  User ops\n  Port 2222\nMatch exec \"echo %l %L %u %i %C >$out\"\n  IdentityFile /%l_%L_%u_%i_%C\n")

        expect:
        ssh.identities()*.toString() == ["/${out.text.trim().replace(' ', '_')}".toString()]
    }

    def 'agents: #line'() {
        expect:
        parse(line, [SSH_AUTH_SOCK: '/run/agent', OTHER: '/run/other']).agent()?.toString() == socket

        where:
        line                              || socket
        ''                                || '/run/agent'
        'identityagent SSH_AUTH_SOCK'     || '/run/agent'
        'identityagent none'              || null
        'identityagent $OTHER'            || '/run/other'
        'identityagent $NONE'             || null
        'identityagent ${OTHER}/%n'       || '/run/other/gw'
        'identityagent ~/agent'           || '/home/me/agent'
    }

    def 'what a line of ssh_config sets: #line'() {
        expect:
        parse(line)."$what"() == value

        where:
        line                                       | what             || value
        'proxyjump a,ops@b:2222'                   | 'jumps'          || ['a', 'ops@b:2222']
        'proxyjump ops@corp.example@[fe80::2%%eth1]:33' | 'jumps'     || ['ops@corp.example@[fe80::2%eth1]:33']
        'proxyjump j%n'                            | 'jumps'          || ['jgw']
        'proxyjump none'                           | 'jumps'          || []
        'proxycommand nc %h %p %n %r %k %%'        | 'proxyCommand'   || 'nc gw.example 22 gw ops gw %'
        'proxycommand x=1; echo ${x} $HOME'        | 'proxyCommand'   || 'x=1; echo ${x} $HOME'
        'connecttimeout 7'                         | 'connectTimeout' || Duration.ofSeconds(7)
        'connecttimeout none'                      | 'connectTimeout' || null
        'addressfamily inet6'                      | 'family'         || SshOptions.Family.INET6
        'identitiesonly yes'                       | 'identitiesOnly' || true
        'bindaddress 192.0.2.7'                    | 'bindAddress'    || '192.0.2.7'
    }

    def 'what a key is judged by: #line'() {
        expect:
        parse(line).policy()."$what"() == value

        where:
        line                                       | what         || value
        'stricthostkeychecking accept-new'         | 'acceptNew'  || true
        'stricthostkeychecking false'              | 'acceptNew'  || true
        'stricthostkeychecking ask'                | 'acceptNew'  || false
        'stricthostkeychecking true'               | 'acceptNew'  || false
        'hostkeyalias GW'                          | 'knownHostsName' || 'gw'
        'hostkeyalias GW'                          | 'portlessName' || null
        'hashknownhosts yes'                       | 'hashNames'  || true
        'requiredrsasize 2048'                     | 'rsaBits'    || 2048
        'userknownhostsfile ~/a /b/%n'             | 'userFiles'  || [Path.of('/home/me/a'), Path.of('/b/gw')]
        'globalknownhostsfile /a%n none'           | 'globalFiles' || [Path.of('/a%n'), Path.of('none')]
        'userknownhostsfile none'                  | 'userFiles'  || []
        'revokedhostkeys ~/%n.krl'                 | 'revoked'    || [Path.of('/home/me/gw.krl')]
    }

    def 'a port is part of the name that keys are filed under, unless there is an alias'() {
        expect:
        parse(more, [:], 'hostname GW\nuser x\nport 2222\n').policy().with { [knownHostsName(), portlessName(), principal()] } == names

        where:
        more               || names
        ''                 || ['[gw]:2222', 'gw', 'gw']
        'hostkeyalias Mine' || ['mine', null, 'mine']
    }

    def 'a file with a blank in its name, where it is there'() {
        given:
        def there = new File(folder, 'known hosts')
        there.text = ''

        expect:
        parse("userknownhostsfile $there $folder/b").policy().userFiles()*.toString() == [there.path, "$folder/b".toString()]
    }

    def 'refused, by name: #line'() {
        when:
        parse(line)

        then:
        Unreachable e = thrown()
        e.why() == why

        where:
        line                              || why
        'proxycommand nc %j'              || 'ssh_config has no token %j here (a percent sign is %%): nc %j'
        'proxycommand nc %'               || 'ssh_config has no token % here (a percent sign is %%): nc %'
        'proxyjump [fe80::2%eth1]'        || 'ssh_config has no token %e here (a percent sign is %%): [fe80::2%eth1]'
        'identityfile /%T'                || 'ssh_config has no token %T here (a percent sign is %%): /%T'
        'identityfile ${NO}/x'            || 'ssh_config names ${NO}, which is not set: ${NO}/x'
        'knownhostscommand /bin/x "a'     || 'KnownHostsCommand of ssh_config: a quote has no end: /bin/x "a'
    }

    def 'refused by name, as ssh reads it: #config'() {
        when:
        read(config)

        then:
        Unreachable e = thrown()
        e.why() == why

        where:
        config                                          || why
        'PubkeyAuthentication no'                       || 'ssh_config has PubkeyAuthentication no; linkctl logs in by keys alone'
        'PreferredAuthentications password,hostbased'   || 'ssh_config has PreferredAuthentications password,hostbased; linkctl logs in by publickey alone'
        'ProxyUseFdpass yes\nProxyCommand nc %h %p'     || 'ssh_config has ProxyUseFdpass yes, which linkctl cannot do; ProxyCommand alone works'
    }

    def 'where ssh(1) goes, with the forms that it takes: #target'() {
        when:
        def options = read("Host *\n  ProxyJump none\nMatch originalhost link\n  HostName fe80::1%%eth0\n", target)

        then:
        [options.user(), options.hostname(), options.port(), options.policy().knownHostsName()] == there

        where:
        target                     || there
        'a@b@gw:22'                || ['a@b', 'gw', 22, 'gw']
        'a@[fe80::1%eth0]:2222'    || ['a', 'fe80::1%eth0', 2222, '[fe80::1%eth0]:2222']
        'a@fe80::1%eth0'           || ['a', 'fe80::1%eth0', 22, 'fe80::1%eth0']
        'a@link'                   || ['a', 'fe80::1%eth0', 22, 'fe80::1%eth0']
    }

    def 'the command that asks about an unknown key is the one that goes there: #target'() {
        expect:
        read(config, target, through).policy().sshCommand() == line.replace('FILE', "$folder/config")

        where:
        config                          | target           | through    || line
        ''                              | 'gw'             | []         || 'ssh -F FILE gw'
        'StrictHostKeyChecking yes'     | 'ops@gw:2222'    | []         || 'ssh -o StrictHostKeyChecking=ask -F FILE -p 2222 -l ops gw'
        'BatchMode yes'                 | '[fe80::1%eth0]' | []         || 'ssh -o BatchMode=no -F FILE fe80::1%eth0'
        ''                              | 'b'              | ['a', 'x@c'] || 'ssh -F FILE -J a,x@c b'
        ''                              | 'C\\x@gw'        | []         || "ssh -F FILE -l 'C\\x' gw"
    }

    def 'every option of ssh(1) on this machine is known, and docs/ssh.md names it'() {
        given:
        def process = ['ssh', '-G', '-F', '/dev/null', 'gw'].execute()
        def printed = SshConfig.values(process.text).keySet()
        def docs = new File('../docs/ssh.md').text.toLowerCase()

        expect:
        printed.size() > 60
        printed.findAll { !SshKeywords.known(it) } == [] as Set
        (SshKeywords.FOLLOWED + SshKeywords.RESOLVED + SshKeywords.NOT_FOLLOWED).findAll { !(docs =~ /\b$it\b/) } == [] as Set
    }

    def 'an option that a later ssh has is refused where it is set: #set'() {
        expect:
        SshConfig.unknownOption(SshConfig.values("safer $set\nport 22\n"), SshConfig.values("safer no\nport 22\n")) == said

        where:
        set    || said
        'no'   || Optional.empty()
        'yes'  || Optional.of('ssh_config has safer yes, which linkctl does not know')
    }
}

package org.linkctl.engine.ssh

import java.nio.file.Path
import java.time.Duration

import org.linkctl.engine.Unreachable
import spock.lang.Specification

/** What `ssh -G` prints, and what of it counts. */
class SshConfigSpec extends Specification {
    static final String LEAST = 'hostname gw.example\nuser ops\nport 22\n'

    SshOptions parse(String more, Map<String, String> environment = [:]) {
        new SshConfigParser(environment, Path.of('/home/me')).parse(LEAST + more)
    }

    def 'the least that ssh -G prints'() {
        when:
        def options = parse('')

        then:
        options.hostname() == 'gw.example'
        options.user() == 'ops'
        options.port() == 22
        options.keyName() == 'gw.example'
        options.identities() == []
        options.agent() == null
        options.jumps() == []
        options.proxyCommand() == null
        !options.accepts()
        options.connectTimeout() == null
    }

    def 'paths: #line'() {
        expect:
        parse(line).identities()*.toString() == paths

        where:
        line                                               || paths
        'identityfile ~/.ssh/id_ed25519'                   || ['/home/me/.ssh/id_ed25519']
        'identityfile /keys/%h-%r-%p\nidentityfile none'   || ['/keys/gw.example-ops-22']
        'identityfile ${KEYS}/x\nidentityfile %d/y'        || ['/x', '/home/me/y']
        'identityfile /a%%b'                               || ['/a%b']
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
        'identityagent ~/agent'           || '/home/me/agent'
    }

    def 'the rest: #line'() {
        expect:
        parse(line)."$what"() == value

        where:
        line                                       | what             || value
        'stricthostkeychecking accept-new'         | 'accepts'        || true
        'stricthostkeychecking false'              | 'accepts'        || true
        'stricthostkeychecking ask'                | 'accepts'        || false
        'stricthostkeychecking true'               | 'accepts'        || false
        'hostkeyalias GW'                          | 'keyName'        || 'gw'
        'proxyjump a,ops@b:2222'                   | 'jumps'          || ['a', 'ops@b:2222']
        'proxyjump none'                           | 'jumps'          || []
        'proxycommand nc %h %p'                    | 'proxyCommand'   || 'nc gw.example 22'
        'connecttimeout 7'                         | 'connectTimeout' || Duration.ofSeconds(7)
        'connecttimeout none'                      | 'connectTimeout' || null
        'addressfamily inet6'                      | 'family'         || SshOptions.Family.INET6
        'identitiesonly yes'                       | 'identitiesOnly' || true
        'userknownhostsfile ~/a /b'                | 'userKnownHosts' || [Path.of('/home/me/a'), Path.of('/b')]
    }

    def 'a port is part of the name that keys are filed under'() {
        expect:
        new SshConfigParser([:], Path.of('/')).parse('hostname GW\nuser x\nport 2222\n').keyName() == '[gw]:2222'
    }

    def 'what is not supported is named'() {
        when:
        parse('proxycommand nc %j')

        then:
        Unreachable e = thrown()
        e.why() == 'the token %j of ssh_config is not supported: nc %j'
    }
}

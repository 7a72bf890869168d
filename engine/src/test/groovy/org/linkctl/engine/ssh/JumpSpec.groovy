package org.linkctl.engine.ssh

import static org.linkctl.engine.ssh.Client.host

import org.linkctl.engine.Unreachable

/** Jump hosts and ProxyCommand, and their errors. */
class JumpSpec extends SshSpecification {
    def setup() {
        client.connectTimeout = java.time.Duration.ofSeconds(2)
    }

    def 'through a jump host, whose connection hosts share'() {
        given:
        def jump = new TestServer().start()
        client.knows(server)
        client.knows(jump)
        client.settings("Host jump\n  Port $jump.port\nHost gw gw2\n  ProxyJump root@jump")

        when:
        def answers = connect().ask([SYSTEM])
        def second = connector.connect(host(server.port, 'root', org.linkctl.model.Become.AUTO, 'gw2'))

        then:
        answers.stdout(SYSTEM) == 'Linux\n'
        second.ask([SYSTEM]).stdout(SYSTEM) == 'Linux\n'
        jump.logins.get() == 1
        server.logins.get() == 2

        when: 'the jump host is gone'
        connector.close()
        jump.close()

        then:
        refusal() == "jump host root@jump: 127.0.0.1:$jump.port: connection refused"

        cleanup:
        second?.close()
    }

    def 'through two jump hosts'() {
        given:
        def one = new TestServer().start()
        def two = new TestServer().start()
        [server, one, two].each { client.knows(it) }
        client.settings("Host one\n  Port $one.port\nHost two\n  Port $two.port\nHost gw\n  ProxyJump root@one,root@two")

        expect:
        connect().ask([SYSTEM]).stdout(SYSTEM) == 'Linux\n'
        one.logins.get() == 1
        two.logins.get() == 1

        cleanup:
        one.close()
        two.close()
    }

    def 'through a ProxyCommand'() {
        given:
        client.knows(server)
        client.settings("Host gw\n  ProxyCommand bash -c 'exec 3<>/dev/tcp/%h/%p; cat <&3 & cat >&3'")

        expect:
        connect().ask([SYSTEM]).stdout(SYSTEM) == 'Linux\n'
    }

    def 'jump hosts in a circle are seen'() {
        given:
        client.settings('Host gw\n  ProxyJump root@a\nHost a\n  ProxyJump root@b\nHost b\n  ProxyJump root@a')

        expect:
        refusal().contains('lead in a circle')
        cure == 'take ProxyJump away from one of them in your ssh_config; ssh -G HOST | grep -i proxyjump shows each'
    }

    def 'what a ProxyCommand says when it fails is shown: #what'() {
        given:
        client.settings("Host gw\n  ProxyCommand $command")

        expect:
        refusal() =~ /^127.0.0.1:$server.port: $why$/

        where:
        what             | command                                                   | why
        'its words'      | "sh -c 'echo no way to %n by \$0 >&2; exit 1' %r"         | 'the connection was closed before an SSH identification; its ProxyCommand says: no way to gw by root'
        'not there'      | '/no/such/program %h'                                     | /the connection was closed before an SSH identification; its ProxyCommand says: .*\/no\/such\/program: .*/
        'controls'       | "printf '\\033[2J\\342\\200\\256a\\nb' >&2 #"            | /.*; its ProxyCommand says: \?\[2J\?a \| b/
        'without end'    | "sh -c 'yes y >&2; :'"                                    | /connected, but no SSH server answers within 2 s; its ProxyCommand says: .{1,310}/
        'silence'        | 'sleep 600 #'                                             | /connected, but no SSH server answers within 2 s/
        'a child of its' | "sh -c 'sleep 601 & wait'"                                | /connected, but no SSH server answers within 2 s/
    }

    def 'a ProxyCommand is ended with its children'() {
        given:
        client.knows(server)
        client.settings("Host gw\n  ProxyCommand sh -c 'sleep 7531 >/dev/null 2>&1 & exec bash -c \"exec 3<>/dev/tcp/%h/%p; cat <&3 & cat >&3\"'")
        connect().close()

        expect:
        new spock.util.concurrent.PollingConditions(timeout: 20).eventually {
            assert ProcessHandle.current().descendants().noneMatch { it.info().commandLine().orElse('').contains('7531') }
        }
    }

    def 'what a jump host says is shown: #what'() {
        given:
        def jump = new TestServer()
        change(jump)
        jump.start()
        client.knows(jump)
        client.settings("Host jump\n  Port $jump.port\nHost gw\n  ProxyJump root@jump")

        expect:
        refusal(1) =~ why
        cure.startsWith(right)

        cleanup:
        jump.close()

        where:
        what        | why                                                                                                              | right                                                                                           | change
        'refused'   | /^127.0.0.1:1: the jump host does not connect to it: connection failed: .+/                                      | 'log in to the jump host, and look whether 127.0.0.1:1 answers from there'                      | { it }
        'forbidden' | /^127.0.0.1:1: the jump host does not connect to it: it does not permit that \(AllowTcpForwarding, PermitOpen\)/ | "let the jump host's sshd connect to it: AllowTcpForwarding yes, and PermitOpen 127.0.0.1:1 " | { it.server.forwardingFilter = org.apache.sshd.server.forward.RejectAllForwardingFilter.INSTANCE }
    }

    def 'the key of a jump host that is not known: the command asks about that one'() {
        given:
        def one = new TestServer().start()
        def two = new TestServer().start()
        if (known) client.knows(one)
        client.settings("Host one\n  Port $one.port\nHost two\n  Port $two.port\nHost gw\n  ProxyJump root@one,root@two")

        expect:
        refusal().contains("jump host root@${known ? 'two' : 'one'}: ")
        refusal().contains("`ssh -F $client.config $way`")

        cleanup:
        one.close()
        two.close()

        where:
        known | way
        false | '-l root one'
        true  | '-J root@one -l root two'
    }

    def 'hosts behind a jump host that is away wait for it once'() {
        given:
        def silent = new RawServer({ i, o -> i.read(); sleep(60_000) })
        client.settings("Host jump\n  Port $silent.port\nHost gw*\n  ProxyJump root@jump")
        connector = client.connector()
        long begun = System.nanoTime()

        when:
        def threads = (1..6).collect { n -> Thread.start { try { connector.connect(host(server.port, 'root', org.linkctl.model.Become.AUTO, "gw$n")) } catch (Unreachable ignored) { } } }
        threads*.join()

        then:
        java.time.Duration.ofNanos(System.nanoTime() - begun) < java.time.Duration.ofSeconds(8)

        cleanup:
        silent.close()
    }
}

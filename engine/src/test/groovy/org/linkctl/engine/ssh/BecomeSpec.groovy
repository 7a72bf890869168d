package org.linkctl.engine.ssh

import static org.linkctl.engine.ssh.Client.host

import org.linkctl.engine.Unreachable
import org.linkctl.model.Become
import org.linkctl.shell.Step
import org.linkctl.spi.Question
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/**
 * Becoming root, by a sudo and a doas that are scripts of this test and behave as the real ones do towards scripts:
 * sudo reads the password from its input as a line and gives three tries, doas insists on a terminal.
 */
@Timeout(60)
@Requires({ 'id -u'.execute().text.trim() == '0' })
class BecomeSpec extends Specification {
    static final Question.Command WHO = Question.command('id', '-u')

    @TempDir File folder
    @AutoCleanup TestServer server = new TestServer().start()
    Client client
    File bin
    @AutoCleanup(quiet = true) SshConnector connector

    def setup() {
        client = new Client(folder)
        client.knows(server)
        bin = new File(folder, 'bin')
        bin.mkdir()
        ['sh', 'cat', 'id', 'env', 'stty', 'tail', 'wc', 'head', 'printf', 'mktemp', 'sleep', 'rm', 'kill', 'touch', 'setsid'].each { name ->
            def real = ['/bin', '/usr/bin'].collect { new File(it, name) }.find { it.exists() }
            java.nio.file.Files.createSymbolicLink(new File(bin, name).toPath(), real.toPath())
        }
        server.environment.PATH = bin.path
    }

    void tool(String name, String text) {
        def file = new File(bin, name)
        file.text = "#!/bin/sh\necho \"\$*\" >>$folder/${name}.args\n$text"
        file.executable = true
    }

    def connect(Become become = Become.AUTO, int who = 1) {
        connector = client.connector()
        connector.connect(host(server.port, 'ops', become, "gw$who"))
    }

    def failure(Closure<?> work) {
        try {
            work()
            null
        } catch (Unreachable e) {
            e.why()
        }
    }

    static final String SUDO_FREE = 'shift; exec "$@"'
    static final String SUDO_ASKS = '''
        case $1 in -n) echo "sudo: a password is required" >&2; exit 1;; esac
        shift 4
        for try in 1 2 3; do
            IFS= read -r given || { echo "sudo: no password was provided" >&2; exit 1; }
            echo "$given" >>"$TRIES"
            [ "$given" = "sesame" ] && exec "$@"
            echo "Sorry, try again." >&2
        done
        echo "sudo: 3 incorrect password attempts" >&2
        exit 1'''

    def 'root needs nothing'() {
        given:
        connector = client.connector()

        expect:
        connector.connect(host(server.port, 'root')).ask([WHO]).stdout(WHO) == '0\n'
        server.commands == ['/bin/sh -s']
    }

    def 'sudo that asks nothing'() {
        given:
        tool('sudo', SUDO_FREE)

        expect:
        connect(become).ask([WHO]).stdout(WHO) == '0\n'
        server.commands == ['env LC_ALL=C sudo -n /bin/sh -s']
        client.asked == []

        where:
        become << [Become.AUTO, Become.SUDO]
    }

    def 'doas that asks nothing, where there is no sudo'() {
        given:
        tool('doas', SUDO_FREE)

        expect:
        connect(become).ask([WHO]).stdout(WHO) == '0\n'
        server.commands.last() == 'env LC_ALL=C doas -n /bin/sh -s'

        where:
        become << [Become.AUTO, Become.DOAS]
    }

    def 'a sudo password is asked once for all hosts, and is nowhere but on its input'() {
        given:
        server.environment.TRIES = "$folder/tries"
        tool('sudo', SUDO_ASKS)
        client.passwords['sudo password of ops'] = 'sesame'

        when:
        def one = connect()
        def two = connector.connect(host(server.port, 'ops', Become.AUTO, 'gw2'))
        def answers = [one, two]*.ask([WHO])*.stdout(WHO)
        def result = one.run(Step.run('touch', "$folder/touched"))

        then:
        answers == ['0\n', '0\n']
        result.ok()
        client.asked == ['sudo password of ops']
        !(client.traces.join('\n') + new File(folder, 'sudo.args').text + server.commands + result).contains('sesame')
        new File(folder, 'tries').readLines().toSet() == ['sesame'] as Set
    }

    def 'a wrong sudo password costs one try each time, sends no script, and has an outcome'() {
        given:
        server.environment.TRIES = "$folder/tries"
        tool('sudo', SUDO_ASKS)
        client.passwords['sudo password of ops'] = 'WRONG-1'
        client.passwords['sudo password of ops on gw1 (the first one was refused there)'] = second

        when:
        def connection = connect()
        def why = failure { connection.ask([WHO]) }

        then:
        why == expected
        new File(folder, 'tries').readLines() == tries
        client.asked == ['sudo password of ops', 'sudo password of ops on gw1 (the first one was refused there)']

        where:
        second    || expected                                                            | tries
        'WRONG-2' || 'logged in as ops, but cannot become root: doas: is not there; sudo: wrong password'  | ['WRONG-1', 'WRONG-2']
        'sesame'  || null                                                                | ['WRONG-1', 'sesame', 'sesame']
    }

    def 'nobody to ask for a password'() {
        given:
        tool('sudo', SUDO_ASKS)

        expect:
        failure { connect().ask([WHO]) } == 'logged in as ops, but cannot become root: doas: is not there; sudo wants a password, and none was given'
    }

    def 'sudo that will not: #what'() {
        given:
        tool('sudo', "echo '$says' >&2; exit 1")
        client.passwords['sudo password of ops'] = 'sesame'

        expect:
        failure { connect(Become.SUDO).ask([WHO]) } == "logged in as ops, but cannot become root: $says"
        client.asked == []

        where:
        what         | says
        'no sudoer'  | 'ops is not in the sudoers file.'
        'requiretty' | 'sudo: sorry, you must have a tty to run sudo'
        'not this'   | 'Sorry, user ops is not allowed to execute /bin/sh -s as root on gw.'
    }

    def 'chatter before it asks for a password: #what'() {
        given:
        server.environment.TRIES = "$folder/tries"
        tool('sudo', "printf '%s\\n' ${before.collect { "'$it'" }.join(' ')} >&2\n$SUDO_ASKS".replace('sudo: a password is required', asks))
        client.passwords['sudo password of ops'] = 'sesame'

        expect:
        connect(Become.SUDO).ask([WHO]).stdout(WHO) == '0\n'
        client.asked == ['sudo password of ops']

        where:
        what               | asks                                        | before
        'audit'            | 'sudo: a password is required'              | ['sudo: unable to send audit message: Operation not permitted', 'sudo: more']
        'limits'           | 'sudo: a password is required'              | ['sudo: setrlimit(RLIMIT_CORE): Operation not permitted']
        'a broken rule'    | 'sudo: a password is required'              | ['/etc/sudoers.d/x:3:1: syntax error', 'sudo: ops is not allowed to read /etc/sudoers.d/y']
        'no such file'     | 'sudo: a password is required'              | ['sudo: unable to stat /etc/sudoers.d/x: No such file or directory', 'Could not chdir to home directory /home/ops: No such file or directory']
        'a lecture'        | 'sudo: a password is required'              | ['', 'We trust you have received the usual lecture.', '    #1) Respect the privacy of others.', 'This may not run without a tty.']
        'sudo-rs'          | 'sudo: interactive authentication is required' | []
        'an old sudo'      | 'sudo: sorry, a password is required to run sudo' | ['sudo: unable to resolve host gw: Name or service not known']
    }

    def 'chatter beside a wrong password: #what'() {
        given:
        tool('sudo', "case \$2 in -n) ;; esac\nif [ \"\$1\" = -n ]; then echo 'sudo: a password is required' >&2; else printf '%s\\n' ${says.collect { "'$it'" }.join(' ')} >&2; fi; exit 1")
        client.passwords['sudo password of ops'] = 'WRONG-1'

        expect:
        failure { connect(Become.SUDO).ask([WHO]) } == "logged in as ops, but cannot become root: $why"
        client.asked.size() == tries

        where:
        what             | says                                                                                                | tries | why
        'sudo'           | ['/etc/sudoers.d/x: not allowed to', 'Sorry, try again.', 'sudo: no password was provided']           | 2     | 'sudo wants a password, and none was given'
        'sudo-rs'        | ['sudo: Authentication failed, try again.', 'sudo: maximum 3 incorrect authentication attempts']      | 2     | 'sudo wants a password, and none was given'
        'no sudoer'      | ['sudo: setrlimit(RLIMIT_CORE): Operation not permitted', 'ops is not in the sudoers file.']          | 1     | 'sudo: sudo: setrlimit(RLIMIT_CORE): Operation not permitted | ops is not in the sudoers file.'
        'expired'        | ['sudo: Account or password is expired, reset your password and try again'.replace(' and try again', '')] | 1 | 'sudo: sudo: Account or password is expired, reset your password'
        'locked'         | ['sudo: Account validation failure, is your account locked?']                                         | 1     | 'sudo: sudo: Account validation failure, is your account locked?'
    }

    def 'a doas that refuses: #says'() {
        given:
        tool('doas', "echo '$says' >&2; exit 1")

        expect:
        failure { connect(Become.DOAS).ask([WHO]) } == "logged in as ops, but cannot become root: $says"
        client.asked == []

        where:
        says << ['doas: Operation not permitted', 'doas: not installed setuid']
    }

    def 'a doas that says that it authenticates is asked with a password: #says'() {
        given:
        tool('doas', "echo '$says' >&2; exit 1")

        expect:
        failure { connect(Become.DOAS).ask([WHO]) } == 'logged in as ops, but cannot become root: doas wants a password, and none was given'
        client.asked == ['doas password of ops']

        where:
        says << ['doas: Authentication required', 'doas: Authorization required']
    }

    def 'a shell that does not find sudo: #says'() {
        given:
        server.instead = { String command -> command.contains('sudo') ? new TestServer.Scripted({ i, o, e -> e.write("Could not chdir to home directory /home/ops: No such file or directory\n$says\n".bytes); status })
                                                                     : new TestServer.RealCommand(['/bin/sh', '-c', command], [:]) }

        expect:
        failure { connect(Become.SUDO).ask([WHO]) } == 'logged in as ops, but cannot become root: sudo: is not there'
        client.asked == []

        where:
        says                                                | status
        'env: „sudo“: Datei oder Verzeichnis nicht gefunden' | 127
        "env: 'sudo': No such file or directory"            | 1
        'sudo: Command not found.'                          | 1
        'zsh:1: command not found: sudo'                    | 1
        'sh: 1: sudo: not found'                            | 1
    }

    def 'a host without sudo and doas is refused'() {
        expect:
        failure { connect().ask([WHO]) } == 'logged in as ops, but cannot become root: sudo: is not there; doas: is not there'
    }

    def 'become NONE does not try'() {
        expect:
        connect(Become.NONE).ask([WHO]).stdout(WHO) == '0\n'
        server.commands == ['/bin/sh -s']
    }
}

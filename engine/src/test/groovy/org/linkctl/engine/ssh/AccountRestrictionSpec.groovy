package org.linkctl.engine.ssh

import static org.linkctl.engine.ssh.Client.host

import org.linkctl.engine.Unreachable
import org.linkctl.model.Become
import org.linkctl.spi.Question
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** Accounts that accept a login and run no commands: the reason is reported, and no password is asked for. */
@Timeout(60)
class AccountRestrictionSpec extends Specification {
    static final Question WHO = Question.command('id', '-u')

    @TempDir File folder
    @AutoCleanup TestServer server = new TestServer().start()
    Client client
    @AutoCleanup(quiet = true) SshConnector connector

    def setup() {
        client = new Client(folder)
        client.knows(server)
    }

    String refusal(String user) {
        connector = client.connector()
        try {
            connector.connect(host(server.port, user, Become.AUTO, 'gw')).withCloseable { it.ask([WHO]) }
            null
        } catch (Unreachable e) {
            assert !e.why().contains('\n')
            e.why()
        }
    }

    def 'an account that may not run commands: #what'() {
        given: 'whatever is to be run, this comes'
        client.passwords["sudo password of $user".toString()] = 'sesame'
        server.instead = { String command -> new TestServer.RealCommand(['/bin/sh', '-c', script], [:]) }

        expect:
        refusal(user) == "logged in as $user, but the account $why"
        client.asked == []

        where:
        [what, script, why, user] << [
            ['nologin',                 'echo "This account is currently not available."; exit 1', 'is closed to logins there (nologin): This account is currently not available.'],
            ['nologin on stderr',       'echo "This account is currently not available." >&2; exit 1', 'is closed to logins there (nologin): This account is currently not available.'],
            ['nologin, behind a motd',  'echo hello; echo "This account is not available"; exit 1', 'is closed to logins there (nologin): hello | This account is not available'],
            ['/etc/nologin',            'echo "System is going down. Unprivileged users are not permitted to log in anymore."; exit 254', 'is closed to logins there (nologin): System is going down. Unprivileged users are not permitted to log in anymore.'],
            ['an expired password',     'echo "WARNING: Your password has expired." >&2; echo "Password change required but no TTY available." >&2; exit 1', 'has expired there, or its password has: WARNING: Your password has expired. | Password change required but no TTY available.'],
            ['internal-sftp',           'echo "This service allows sftp connections only."; exit 1', 'is restricted to sftp there (ForceCommand): This service allows sftp connections only.'],
            ['git-shell',               'echo "fatal: unrecognized command" >&2; exit 128', 'is restricted to git there (git-shell): fatal: unrecognized command'],
            ['a forge',                 'echo "Hi x! You have authenticated, but we do not provide shell access."; exit 1', 'gives no shell there: Hi x! You have authenticated, but we do not provide shell access.'],
            ['/bin/false',              'exit 1', 'runs no command: it ended at once with status 1 and said nothing (its login shell, or a forced command, does that)'],
            ['a terminal is spared',    'printf "\\033[2Jthis account is not available\\n"; exit 1', 'is closed to logins there (nologin): ?[2Jthis account is not available'],
        ].collectMany { row -> ['root', 'ops'].collect { row + it } }
    }

    def 'another text is shown as it is: #user'() {
        given:
        server.instead = { String command -> new TestServer.RealCommand(['/bin/sh', '-c', 'echo "Ask the NOC."; exit 1'], [:]) }

        expect:
        refusal(user) == why
        client.asked == []

        where:
        user   || why
        'root' || 'no answer to the script, but: Ask the NOC.'
        'ops'  || 'logged in as ops: no answer to the script, but: Ask the NOC.'
    }

    def 'what the server says before it refuses a login is shown'() {
        given:
        server.server.publickeyAuthenticator = { user, key, session ->
            HostileServerSpec.banner(session, 'Your account has expired;\r\nplease call \u001b[31mthe NOC\u202e.\n')
            false
        }

        expect:
        refusal('ops') == "login as ops was refused: none of these keys was taken: $folder/id; the server says: Your account has expired; | please call ?[31mthe NOC?."
    }
}

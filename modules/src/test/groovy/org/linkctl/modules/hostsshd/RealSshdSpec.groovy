package org.linkctl.modules.hostsshd

import java.util.concurrent.TimeUnit
import org.linkctl.modules.Inventories
import org.linkctl.modules.Modules
import org.linkctl.shell.Argv
import org.linkctl.shell.Content
import org.linkctl.shell.Step
import org.linkctl.spi.Answer
import org.linkctl.spi.Answers
import org.linkctl.spi.Memory
import org.linkctl.spi.Owned
import org.linkctl.spi.Published
import org.linkctl.spi.Question
import org.linkctl.spi.Refused
import org.linkctl.spi.Scope
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/**
 * The module's questions and steps with OpenSSH's own sshd and ssh, in namespaces in which /etc/ssh and /run are this test's.
 * The machine's own sshd is not touched: no process outside can be seen from within.
 */
@Requires({ RealSshdSpec.possible() })
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class RealSshdSpec extends Specification {
    static final String PORT = '22022'

    @TempDir
    File folder

    File etc
    Process namespace
    String within

    static boolean possible() {
        def missing = ['unshare', 'nsenter', 'ssh', 'ssh-keygen', 'ip'].findAll { ['sh', '-c', "command -v $it"].execute().waitFor() != 0 }
        !missing && new File('/usr/sbin/sshd').canExecute() && ['unshare', '-nmp', '--fork', '--mount-proc', 'true'].execute().waitFor() == 0
    }

    def setup() {
        etc = new File(folder, 'etc')
        new File(etc, 'sshd_config.d').mkdirs()
        ['host', 'user'].each { assert ['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', "$folder/$it"].execute().waitFor() == 0 }
        new File(folder, 'authorized').text = new File(folder, 'user.pub').text
    }

    def cleanup() {
        namespace?.destroyForcibly()?.waitFor()
    }

    void begin(String main) {
        new File(etc, 'sshd_config').text = main + """\
            Port $PORT
            ListenAddress 127.0.0.1
            HostKey $folder/host
            AuthorizedKeysFile $folder/authorized
            StrictModes no
            PidFile /run/sshd.pid
            """.stripIndent()
        def script = "mount -t tmpfs none /run && mkdir -m 0755 /run/sshd && mount --bind '$etc' /etc/ssh && ip link set lo up && /usr/sbin/sshd && echo ready && exec sleep 280"
        namespace = new ProcessBuilder('unshare', '-nmp', '--fork', '--kill-child', '--mount-proc', 'sh', '-c', script).redirectErrorStream(true).start()
        def line = namespace.inputReader().readLine()
        assert line == 'ready'
        within = ['pgrep', '-P', "${namespace.pid()}"].execute().text.trim()
    }

    /** [exit, stdout, stderr] */
    List run(List<String> words) {
        def process = new ProcessBuilder(['nsenter', '-t', within, '-n', '-m', '-p'] + words).start()
        process.outputStream.close()
        def err = new StringBuilder()
        def reading = Thread.start { err << process.errorStream.text }
        def out = process.inputStream.text
        reading.join()
        [process.waitFor(), out, err.toString()]
    }

    File file(String path) {
        new File(path.replaceFirst('^/etc/ssh', etc.path))
    }

    boolean logsIn() {
        run(['ssh', '-F', 'none', '-o', 'BatchMode=yes', '-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-o', 'ConnectTimeout=5',
            '-i', "$folder/user", '-p', PORT, 'root@127.0.0.1', 'true'].collect { it as String })[0] == 0
    }

    String listener() {
        run(['cat', '/run/sshd.pid'])[1].trim()
    }

    Map<String, String> effective() {
        run(['/usr/sbin/sshd', '-T'])[1].readLines().collectEntries { def two = it.split(' ', 2) as List; [two[0], two[1]] }
    }

    def module = Modules.all().find { it.name() == 'linux.sshd' }

    Scope scope(String words) {
        def inventory = new File(folder, 'inventory.groovy')
        inventory.text = "fabric('x') { site('a') { host('gw', os: LINUX, ssh: 'gw') { $words } } }"
        def fabric = Inventories.load(inventory)
        new Scope(fabric, fabric.hosts().first(), new Published([:]))
    }

    def want(String words) {
        module.want(scope(words)).first()
    }

    def gone() {
        module.absent(scope(''), new Owned('linux.sshd', Memory.OWNED)).get()
    }

    def ask(def want) {
        Map<Question, Answer> answers = [:]
        for (Question question : module.probe(want)) {
            if (question instanceof Question.ReadFile) {
                def read = file(question.path())
                answers[question] = read.exists() ? new Answer.Text(read.text) : new Answer.Absent()
            } else {
                def said = run(question.argv().words())
                answers[question] = new Answer.Output(said[0], said[1], said[2])
            }
        }
        module.facts(want, new Answers(answers))
    }

    /** The steps up to the first that fails; returns what failed. */
    String carryOut(List<Step> steps) {
        for (Step step : steps) {
            if (step instanceof Step.PutFile) file(step.path()).text = ((Content.Plain) step.content()).text()
            else if (step instanceof Step.RemoveFile) file(step.path()).delete()
            else {
                def said = run(((Step.Run) step).argv().words())
                if (said[0] != 0) return said[2]
            }
        }
        null
    }

    String undo(List<Step> steps) {
        for (Step step : steps.reverse()) {
            if (!(step instanceof Step.Run)) continue
            for (Argv argv : step.undo()) {
                if (argv.words()[0] == 'rm') file(argv.words().last()).delete()
                else {
                    def said = run(argv.words())
                    if (said[0] != 0) return said[2]
                }
            }
        }
        null
    }

    def "taken, converged, and taken away again, with the running daemon and its process: #layout"() {
        given:
        begin(main)
        def wanted = want('sshd(passwordLogin: false, rootLogin: KEYS, allowUsers: "root", maxAuthTries: 3)')
        def pid = listener()
        assert logsIn()

        when:
        def have = ask(wanted)
        def steps = module.steps(wanted, have, module.diff(wanted, have))

        then:
        carryOut(steps) == null
        module.diff(wanted, ask(wanted)) == []
        effective().subMap('passwordauthentication', 'permitrootlogin', 'allowusers', 'maxauthtries') ==
            [passwordauthentication: 'no', permitrootlogin: 'without-password', allowusers: 'root', maxauthtries: '3']
        listener() == pid
        logsIn()

        when: 'others are let in no more'
        def narrow = want('sshd(allowUsers: ["root", "nobody"], rootLogin: KEYS)')
        have = ask(narrow)
        carryOut(module.steps(narrow, have, module.diff(narrow, have)))

        then:
        module.diff(narrow, ask(narrow)) == []

        when:
        def away = gone()
        have = ask(away)
        def last = carryOut(module.steps(away, have, module.diff(away, have)))

        then:
        last == null
        module.diff(away, ask(away)) == []
        !new File(etc, 'sshd_config.d/00-linkctl.conf').exists()
        new File(etc, 'sshd_config').text.startsWith(main)
        effective().maxauthtries == '6'
        logsIn()

        where:
        layout              | main
        'an Include first'  | 'Include /etc/ssh/sshd_config.d/*.conf\n'
        'none, as FreeBSD'  | '# nothing is included\nPermitRootLogin yes\n'
    }

    def "the daemon that runs is asked: a new login is held to the new values, and to the old ones after an undo"() {
        given:
        begin('Include /etc/ssh/sshd_config.d/*.conf\n')
        // Not what the inventory says, which is refused: what a reload does to logins has to be seen.
        def wanted = want('sshd(allowUsers: "root")')
        def have = ask(wanted)
        def steps = module.steps(wanted, have, module.diff(wanted, have)).collect { step ->
            step instanceof Step.PutFile ? Step.put(step.path(), step.mode(), 'AllowUsers nobody\n') : step
        }

        when:
        def failed = carryOut(steps)

        then:
        failed == null
        !logsIn()

        when:
        def notUndone = undo(steps)

        then:
        notUndone == null
        logsIn()
        module.diff(wanted, ask(wanted)) != []
    }

    def "what sshd -t does not take is not read: the daemon goes on as it was"() {
        given:
        begin('Include /etc/ssh/sshd_config.d/*.conf\n')
        def wanted = want('sshd(maxAuthTries: 3)')
        def have = ask(wanted)
        def steps = module.steps(wanted, have, module.diff(wanted, have))
        def pid = listener()
        def read = run(['stat', '-c', '%y', '/run/sshd.pid'])[1]
        new File(etc, 'sshd_config.d/90-other.conf').text = 'Garbage yes\n'

        when:
        def failed = carryOut(steps)

        then:
        failed.contains('Garbage')
        listener() == pid
        run(['stat', '-c', '%y', '/run/sshd.pid'])[1] == read
        logsIn()

        when: 'and nothing can be planned as long as that is so'
        ask(wanted)

        then:
        thrown(RuntimeException)
    }

    def "what locks out is refused by what the host tells: #words"() {
        given:
        begin(main)

        when:
        def wanted = want("sshd($words)")
        module.diff(wanted, ask(wanted))

        then:
        def e = thrown(Refused)
        e.message.contains(why)

        where:
        words                        | main                                          | why
        'rootLogin: NO'              | ''                                            | 'logs in as root'
        'allowUsers: "nobody"'       | ''                                            | 'name root in allowUsers'
        'allowGroups: "nobody"'      | ''                                            | 'in none of the groups'
        'passwordLogin: false'       | 'AuthenticationMethods publickey,password\n'  | 'has to give a password'
        'rootLogin: KEYS'            | 'PermitRootLogin yes\nInclude /etc/ssh/sshd_config.d/*.conf\n' | 'sshd takes the first'
    }

    def "what others say would lock out once linkctl's line is gone: that is refused, and it is so"() {
        given:
        def ours = new File(etc, 'sshd_config.d/00-linkctl.conf')
        ours.text = '# Made by linkctl; its next run undoes what is changed here by hand.\nPermitRootLogin prohibit-password\n'
        new File(etc, 'sshd_config.d/90-other.conf').text = 'PermitRootLogin no\n'
        begin('Include /etc/ssh/sshd_config.d/*.conf\n')
        assert logsIn()

        when:
        module.diff(gone(), ask(gone()))

        then:
        def e = thrown(Refused)
        e.message.contains('/etc/ssh/sshd_config.d/90-other.conf, line 1')

        when:
        ours.delete()
        run(['sh', '-c', 'kill -HUP $(cat /run/sshd.pid); sleep 1'])

        then:
        !logsIn()
    }

    def "what another has written and not put in force is not put in force by the way"() {
        given:
        begin('Include /etc/ssh/sshd_config.d/*.conf\n')
        new File(etc, 'sshd_config.d/50-later.conf').with {
            text = 'ListenAddress 192.0.2.77\n'
            lastModified = System.currentTimeMillis() + 1000
        }
        def wanted = want('sshd(maxAuthTries: 3)')

        when:
        module.diff(wanted, ask(wanted))

        then:
        def e = thrown(Refused)
        e.message.contains('/etc/ssh/sshd_config.d/50-later.conf changed since sshd read')
    }
}

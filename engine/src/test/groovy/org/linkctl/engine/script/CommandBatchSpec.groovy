package org.linkctl.engine.script

import java.time.Duration
import org.linkctl.spi.Answer
import org.linkctl.spi.Answers
import org.linkctl.spi.Question
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** What one process answers for many is what each of them would have been told. */
@Timeout(60)
class CommandBatchSpec extends Specification {
    static final Limits LIMITS = Limits.of(Duration.ofSeconds(30))

    @TempDir File folder

    static Question.Command command(String line) { Question.command(line.split(' ')) }

    static Answers ask(Collection<Question<?>> questions) {
        Shells.talk(Shells.PRESENT.first(), Exchange.questions(questions, LIMITS))
    }

    static Answers told(Question<?> question, int exit, String stdout, String stderr = '') {
        new Answers([(question): new Answer.Output(exit, stdout, stderr)])
    }

    def 'files that are there, and files that are not: one process, the same answers'() {
        given:
        new File(folder, 'one').text = '1'
        new File(folder, 'two').text = '22'
        def questions = ['one', 'two', 'gone', 'no/folder'].collect { Question.command('stat', '-c', '%a %s', "$folder/$it".toString()) }
        def batch = new CommandBatch(questions)

        when:
        def first = batch.answers(ask(batch.questions()))

        then:
        batch.questions().size() == 1
        batch.unanswered(first).empty
        first == ask(questions)
    }

    def 'a path that means something to a shell, or that ends in a line break, is asked for by itself'() {
        given:
        def questions = ["$folder/a b", "$folder/a\nb", '-x', "$folder/it's"].collect { Question.command('stat', '-c', '%a', it.toString()) }

        expect:
        new CommandBatch(questions).questions() == questions as Set
    }

    def 'addresses of interfaces: what is not there is asked for by itself'() {
        given:
        def questions = ['lo', 'nosuch0'].collect { command("ip -o addr show dev $it") } + [Question.command('echo', 'between')]
        def batch = new CommandBatch(questions)

        when:
        def first = batch.answers(ask(batch.questions()))

        then:
        batch.questions() == [command('ip -o addr show'), Question.command('echo', 'between')] as Set
        batch.unanswered(first) == [questions[1]] as Set
        first.and(ask([questions[1]])) == ask(questions)
    }

    def 'WireGuard: each interface has its own lines, without its name'() {
        given:
        def questions = ['wg0', 'wg1', 'wg2'].collect { command("wg show $it endpoints") }
        def batch = new CommandBatch(questions)
        def joined = command('wg show all endpoints')

        when:
        def answers = batch.answers(told(joined, 0, 'wg0\tKEY=\t192.0.2.1:5000\nwg9\tKEY=\t192.0.2.9:5000\nwg1\tA=\t(none)\nwg1\tB=\t[2001:db8::1]:5000\n'))

        then:
        batch.questions() == [joined] as Set
        answers.to(questions[0]) == new Answer.Output(0, 'KEY=\t192.0.2.1:5000\n', '')
        answers.to(questions[1]) == new Answer.Output(0, 'A=\t(none)\nB=\t[2001:db8::1]:5000\n', '')
        batch.unanswered(answers) == [questions[2]] as Set
        batch.unanswered(batch.answers(told(joined, 1, 'wg0\tKEY=\t192.0.2.1:5000\n', 'Unable to access interface wg1\n'))) == questions as Set
    }

    static final STATES = ['dpkg-query', '-W', '-f', '${Package} ${db:Status-Status}\\n']
    static final VERSION = ['dpkg-query', '-W', '-f=${Version}']
    static final ALL = ['dpkg-query', '-W', '-f', '${Package} ${db:Status-Status} ${Version}\\n']

    static Question.Command words(List<String> words) { Question.command(words as String[]) }

    def 'packages of Debian: one process, whatever is asked about each'() {
        given:
        def questions = [words(STATES + ['iproute2', 'procps']), words(VERSION + ['netplan.io']), words(STATES + ['procps', 'nosuch'])]
        def batch = new CommandBatch(questions)
        def joined = words(ALL + ['iproute2', 'procps', 'netplan.io', 'nosuch'])
        def none = 'dpkg-query: no packages found matching nosuch\n'

        when:
        def answers = batch.answers(told(joined, 1, 'iproute2 installed 6.1.0-3\nnetplan.io config-files 0.106-2\nprocps installed 2:4.0.2-3\n', none))

        then:
        batch.questions() == [joined] as Set
        answers.to(questions[0]) == new Answer.Output(0, 'iproute2 installed\nprocps installed\n', '')
        answers.to(questions[1]) == new Answer.Output(0, '0.106-2', '')
        answers.to(questions[2]) == new Answer.Output(1, 'procps installed\n', none)
    }

    def 'packages of Debian: one not known at all, no line for it; where the answer is not understood, each is asked'() {
        given:
        def questions = [words(STATES + ['iproute2']), words(VERSION + ['netplan.io'])]
        def batch = new CommandBatch(questions)

        expect:
        batch.unanswered(batch.answers(told(words(ALL + ['iproute2', 'netplan.io']), exit, out, err))) == (left ? questions as Set : [] as Set)

        where:
        exit | out                          | err                                                 || left
        1    | 'iproute2 installed 6.1\n'   | 'dpkg-query: no packages found matching netplan.io\n' || false
        127  | ''                           | 'exec: dpkg-query: not found\n'                       || false
        2    | ''                           | 'dpkg-query: error: the database is locked\n'         || true
        0    | 'iproute2\n'                 | ''                                                  || true
    }

    def 'packages of Debian: as dpkg-query itself answers each'() {
        given:
        def questions = [words(STATES + ['dpkg', 'base-files', 'nosuch0']), words(VERSION + ['nosuch1']), words(VERSION + ['dpkg'])]
        def batch = new CommandBatch(questions)

        expect: 'and where there is no dpkg-query, that it is not there'
        batch.answers(ask(batch.questions())).byQuestion().collectEntries { question, told -> [question, told.exit()] } ==
                ask(questions).byQuestion().collectEntries { question, told -> [question, told.exit()] }
        questions.collect { batch.answers(ask(batch.questions())).to(it).stdout() } == questions.collect { ask(questions).to(it).stdout() }
    }

    def 'no field that shows a secret, and no single question, is asked for all: #line'() {
        expect:
        new CommandBatch(lines.collect { command(it) }).questions() == lines.collect { command(it) } as Set

        where:
        lines << [
            ['wg show wg0 private-key', 'wg show wg1 private-key'], ['wg show wg0 preshared-keys', 'wg show wg1 preshared-keys'],
            ['wg show wg0 dump', 'wg show wg1 dump'], ['wg show wg0 endpoints', 'wg show wg1 allowed-ips'],
            ['systemctl is-enabled a.service', 'systemctl is-enabled b.service'], ['stat -c %a /a', 'stat -c %u /b'],
            ['stat -c %a%n /a /a/b', 'stat -c %a%n /a /a/c'],
            ['systemctl stop a@1.service', 'systemctl stop a@2.service'],
        ]
        line = lines.first()
    }

    def 'what is asked for all by somebody is answered, too'() {
        given:
        def questions = [command('wg show all listen-port'), command('wg show wg0 listen-port'), command('wg show wg1 listen-port')]
        def answers = new CommandBatch(questions).answers(told(questions[0], 0, 'wg0\t1\nwg1\t2\n'))

        expect:
        questions.collect { answers.to(it).stdout() } == ['wg0\t1\nwg1\t2\n', '1\n', '2\n']
    }

    def 'units: one process for all that is asked of them, and each answer as if it had been asked alone'() {
        given:
        def asked = ['show --property=ActiveState,UnitFileState a.service', 'show --property=UnitFileState,NeedDaemonReload b.service',
                'is-active b.service', 'is-active wg-quick@c.service'].collect { command("systemctl $it") }
        def joined = command('systemctl show --property=ActiveState,UnitFileState,NeedDaemonReload a.service b.service wg-quick@c.service')
        def batch = new CommandBatch(asked)
        def blocks = 'ActiveState=active\nUnitFileState=enabled\nNeedDaemonReload=no\n\n' +
                'ActiveState=inactive\nUnitFileState=\nNeedDaemonReload=yes\n\nActiveState=active\nUnitFileState=\nNeedDaemonReload=no\n'

        when:
        def found = batch.answers(told(joined, 0, blocks))
        def fewer = batch.answers(told(joined, 0, 'ActiveState=active\nUnitFileState=enabled\nNeedDaemonReload=no\n'))
        def none = batch.answers(told(joined, 1, '', 'System has not been booted with systemd as init system (PID 1).\n'))

        then:
        batch.questions() == [joined] as Set
        asked.collect { found.to(it) } == [
            new Answer.Output(0, 'ActiveState=active\nUnitFileState=enabled\n', ''), new Answer.Output(0, 'UnitFileState=\nNeedDaemonReload=yes\n', ''),
            new Answer.Output(3, 'inactive\n', ''), new Answer.Output(0, 'active\n', ''),
        ]
        batch.unanswered(fewer) == asked as Set

        and: 'where systemd does not run, none of them would have been told more'
        asked.collect { none.to(it).exit() } == [1] * 4
    }

    def 'instances that are enabled, in order; what is not enabled is asked for by itself'() {
        given:
        def asked = ['a@1', 'a@2', 'a@3'].collect { command("systemctl is-enabled ${it}.service") }
        def joined = command('systemctl is-enabled a@1.service a@2.service a@3.service')
        def batch = new CommandBatch(asked)
        def found = batch.answers(told(joined, 0, 'enabled\ndisabled\nenabled\n'))

        expect:
        batch.unanswered(found) == [asked[1]] as Set
        found.to(asked[2]) == new Answer.Output(0, 'enabled\n', '')
        batch.unanswered(batch.answers(told(joined, 0, 'enabled\nenabled\n'))) == asked as Set
    }

    def 'files with the folders that they lie in: one process, each folder once'() {
        given:
        def asked = ['/etc /etc/a /etc/a/1', '/etc /etc/a /etc/a/2', '/etc /etc/b /etc/b/3'].collect { Question.command(['stat', '-c', '%f %n', *it.split(' ')]) }
        def joined = Question.command(['stat', '-c', '%f %n', '/etc', '/etc/a', '/etc/a/1', '/etc/a/2', '/etc/b', '/etc/b/3'])
        def batch = new CommandBatch(asked)
        def found = batch.answers(told(joined, 1, '41ed /etc\n41ed /etc/a\n81a4 /etc/a/1\n',
                ['/etc/a/2', '/etc/b', '/etc/b/3'].collect { "stat: cannot statx '$it': No such file or directory\n" }.join('')))

        expect:
        batch.questions() == [joined] as Set
        found.to(asked[0]) == new Answer.Output(0, '41ed /etc\n41ed /etc/a\n81a4 /etc/a/1\n', '')
        found.to(asked[1]) == new Answer.Output(1, '41ed /etc\n41ed /etc/a\n', "stat: cannot statx '/etc/a/2': No such file or directory\n")
        found.to(asked[2]) == new Answer.Output(1, '41ed /etc\n', "stat: cannot statx '/etc/b': No such file or directory\nstat: cannot statx '/etc/b/3': No such file or directory\n")

        and: 'what is said of neither is asked for by itself'
        batch.unanswered(batch.answers(told(joined, 0, '41ed /etc\n41ed /etc/a\n81a4 /etc/a/1\n'))) == asked[1..2] as Set
    }
}

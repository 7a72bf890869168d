package org.linkctl.engine.script

import java.nio.file.Files
import java.time.Duration
import org.linkctl.spi.Answer
import org.linkctl.spi.Answers
import org.linkctl.spi.Question
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** Many files at once are what they are one by one, under every shell there is here. */
@Timeout(60)
class FileBatchSpec extends Specification {
    static final Limits LIMITS = Limits.of(Duration.ofSeconds(30))

    @TempDir File folder

    static Answers ask(List<String> shell, Collection<Question<?>> questions) {
        Shells.talk(shell, Exchange.questions(questions, LIMITS))
    }

    private List<Question<?>> files(String... names) {
        names.collect { Question.file(it.startsWith('/') ? it : "$folder/$it") }
    }

    private void write() {
        new File(folder, 'plain').text = 'two\nlines without an end'
        new File(folder, 'empty').text = ''
        new File(folder, 'nul').bytes = [0x61, 0, 0x62] as byte[]
        new File(folder, 'utf').setText('größer\n', 'UTF-8')
        new File(folder, "odd ' \" \$(id) name").text = 'odd\n'
        new File(folder, '-n').text = '   7 total\n'
        Files.createSymbolicLink(new File(folder, 'link').toPath(), new File(folder, 'plain').toPath())
        Files.createSymbolicLink(new File(folder, 'dangling').toPath(), new File(folder, 'gone').toPath())
        Files.createSymbolicLink(new File(folder, 'loop').toPath(), new File(folder, 'loop').toPath())
        new File(folder, 'folder').mkdir()
        assert ['mkfifo', "$folder/pipe"].execute().waitFor() == 0
    }

    private List<Question<?>> all() {
        files('plain', 'absent', 'empty', 'nul', 'utf', "odd ' \" \$(id) name", '-n', 'link', 'dangling', 'loop', 'folder', 'pipe',
                'no/folder/x', 'plain/x', '/proc/sys/kernel/ostype', '/sys/class/net/lo/mtu', '/absent-at-the-top')
    }

    def 'one program for all of them, the same answers: #shell'() {
        given:
        write()
        List<Question<?>> questions = all() + [Question.command('echo', 'between'), Question.secret("$folder/plain")]
        def batch = new FileBatch(questions)

        when:
        def first = batch.answers(ask(shell, batch.questions()))
        def more = (questions as Set) - first.byQuestion().keySet()

        then: 'what is no plain file is asked for by itself'
        batch.questions().size() == 3
        more == files('dangling', 'loop', 'folder', 'pipe', 'plain/x') as Set
        first.and(ask(shell, more)) == ask(shell, questions)

        where:
        shell << Shells.PRESENT
    }

    def 'what cannot be read with the others is read by itself: #what'() {
        given:
        write()
        new File(folder, 'other').bytes = bytes
        new File(folder, 'rest').bytes = rest
        List<Question<?>> questions = all() + files('other', 'rest')
        def batch = new FileBatch(questions)

        when:
        def first = batch.answers(ask(Shells.PRESENT.first(), batch.questions()))
        def more = (questions as Set) - first.byQuestion().keySet()

        then:
        more.containsAll(files('other', 'plain'))
        first.and(ask(Shells.PRESENT.first(), more)) == ask(Shells.PRESENT.first(), questions)

        where:
        what                      | bytes                          | rest
        'not UTF-8'               | [0x67, 0xf6, 0x0a] as byte[]   | [] as byte[]
        'a character in two'      | [0x67, 0xc3] as byte[]         | [0xb6, 0x0a] as byte[]
        'more than a stream takes'| new byte[Limits.MIB - 8]       | new byte[8]
    }

    def 'a reply that does not go together is no answer: #what'() {
        given:
        def questions = files('a', 'b', 'c', 'd', 'e')
        def batch = new FileBatch(questions)
        def command = batch.questions().first()

        when:
        def answers = batch.answers(new Answers([(command): new Answer.Output(exit, out, '')]))

        then:
        (questions as Set) - answers.byQuestion().keySet() == questions.drop(answered) as Set

        where:
        what                       | exit | out                                        || answered
        'right'                    | 0    | 'aaaaf\n3 e\nabc3 e\n'                     || 5
        'it ended with an error'   | 1    | 'aaaaf\n3 e\nabc3 e\n'                     || 0
        'a file grew'              | 0    | 'aaaaf\n3 e\nabcd4 e\n'                    || 4
        'a file became another'    | 0    | 'aaaaf\n3 e\nabcd3 e\n'                    || 4
        'letters are missing'      | 0    | 'aaaf\n3 e\nabc3 e\n'                      || 0
        'no size'                  | 0    | 'aaaaf\ne\nabce\n'                         || 4
        'a size beyond all'        | 0    | 'aaaaf\n99999999999 e\nabc99999999999 e\n' || 4
        'nothing'                  | 0    | ''                                         || 0
    }

    def 'a few files are read one by one'() {
        given:
        def questions = files('a', 'b')

        expect:
        new FileBatch(questions).questions() == questions as Set
    }
}

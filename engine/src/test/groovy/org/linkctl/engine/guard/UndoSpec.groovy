package org.linkctl.engine.guard

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.shell.Argv
import org.linkctl.shell.Step
import spock.lang.Timeout

/** What an undo restores, and what it says where it cannot. */
@Timeout(60)
class UndoSpec extends GuardTrial {
    def 'what could not be undone is told'() {
        given:
        arm('r1', 1, change(), 3600)
        carryOut()
        Files.delete(etc.resolve('changed'))
        Files.createDirectories(etc.resolve('changed/in the way'))

        when:
        done('fire', 'r1', 'why')

        then:
        soon.eventually { assert state('r1') == 'undone' }
        Files.readString(folder.resolve('home/runs/r1/why')).contains("not undone: ${at('changed')}")
    }

    def 'a program that says that it cannot undo is told by its last word, one that merely fails is not'() {
        given:
        arm('r1', 1, [75, 1].collect { Step.run(Argv.of('true'), Argv.of('sh', '-c', "exit $it".toString(), 'sh', "the account of $it".toString())) })

        when:
        done('fire', 'r1', 'why')

        then:
        soon.eventually { assert state('r1') == 'undone' }
        Files.readString(folder.resolve('home/runs/r1/why')).trim() == 'why; not undone: the account of 75'
    }

    def 'a folder that was made for a file goes with it, one that was there stays'() {
        given: 'an empty folder, as Debian has /etc/network/interfaces.d'
        Files.createDirectories(etc.resolve('there.d'))
        arm('r1', 1, [Step.put(at('there.d/one'), '0644', 'x'), Step.put(at('made/below.d/one'), '0644', 'x'), Step.put(at('made/below.d/two'), '0644', 'x'),
                Step.put(at('kept/one'), '0644', 'x')])
        ['there.d', 'made/below.d', 'kept'].each { Files.createDirectories(etc.resolve(it)) }
        ['there.d/one', 'made/below.d/one', 'made/below.d/two', 'kept/one', 'kept/of somebody else'].each { Files.writeString(etc.resolve(it), 'x') }

        when:
        done('fire', 'r1', 'why')

        then:
        soon.eventually { assert state('r1') == 'undone' }
        files().keySet().toSorted() == ['', 'kept', 'kept/of somebody else', 'there.d']
    }

    def 'a file that one part removes and a later one makes is what it was before the run'() {
        given:
        Files.createDirectories(etc.resolve('of two'))
        Files.writeString(etc.resolve('of two/file'), 'before')
        def before = files()
        arm('r1', 1, [new Step.RemoveFile(at('of two/file')), Step.put(at('made'), '0644', 'x')])
        Files.delete(etc.resolve('of two/file'))
        Files.writeString(etc.resolve('made'), 'x')
        arm('r1', 2, [Step.put(at('of two/file'), '0644', 'after'), new Step.RemoveFile(at('made'))])
        Files.writeString(etc.resolve('of two/file'), 'after')
        Files.delete(etc.resolve('made'))

        when:
        done('fire', 'r1', 'why')

        then:
        soon.eventually { assert state('r1') == 'undone' }
        files() == before
    }

    def 'a link is what it was, though what it leads to reads alike'() {
        given:
        ['one', 'two'].each { Files.writeString(etc.resolve(it), 'alike') }
        Files.createSymbolicLink(etc.resolve('link'), etc.resolve('one'))
        Files.createSymbolicLink(etc.resolve('made a file'), Path.of('one'))
        Files.createSymbolicLink(etc.resolve('to nowhere'), Path.of('no such file'))
        def before = files()
        arm('r1', 1, ['link', 'made a file', 'to nowhere'].collect { Step.put(at(it), '0777', 'alike') })
        ['link', 'made a file', 'to nowhere'].each { Files.delete(etc.resolve(it)) }
        Files.createSymbolicLink(etc.resolve('link'), etc.resolve('two'))
        Files.writeString(etc.resolve('made a file'), 'alike')

        when:
        done('fire', 'r1', 'why')

        then:
        soon.eventually { assert state('r1') == 'undone' }
        files() == before
    }

    def 'what is run to undo a step is a program, whatever functions the guard has'() {
        given: 'programs of a host, of names that the guard uses itself'
        arm('r1', 1, ['told', 'missed', 'disarm'].collect { Step.run(Argv.of('true'), Argv.of(it, at("$it was called"))) })
        def before = files()

        when:
        done('fire', 'r1', 'why')

        then:
        soon.eventually { assert state('r1') == 'undone' }
        files() == before
        Files.readString(folder.resolve('home/runs/r1/why')) == 'why\n'
        !Files.exists(folder.resolve('home/runs/r1/missed'))
    }

    def 'a list of undoing calls three functions and assigns nothing, whatever its words are'() {
        given:
        def words = ["it's", 'a b', '$(touch x)', 'guard_home=/', '-n', '', 'two\nlines', '`id`', '*', 'ä']
        def list = UndoList.of(words.collect { Step.put("/etc/$it".toString(), '0644', 'x') } + words.collect { new Step.RemoveFile("/etc/$it".toString()) } +
                words.collect { new Step.WriteValue("/proc/$it".toString(), it) } + [Step.run(Argv.of('true'), new Argv(['said', *words]))])
        Files.writeString(folder.resolve('list'), list)
        def say = { "$it() { for word; do printf '%s\\0' \"\$word\"; done; }".toString() }

        when: 'a shell in which nothing but those is known reads it'
        def process = new ProcessBuilder('sh', '-c', "PATH=\n${['file', 'value', 'run'].collect { say(it) }.join('\n')}\nset >\"\$1.before\"; . \"\$1\"; set >\"\$1.after\"", 'sh', folder.resolve('list').toString())
                .directory(folder.toFile()).start()
        def said = new String(process.inputStream.bytes, 'UTF-8').split('\0', -1).toList()

        then:
        process.waitFor() == 0
        process.errorStream.text == ''
        said == ['31', 'said', *words] + (30..21).collectMany { ["$it".toString(), "/proc/${words[it - 21]}".toString()] } +
                (20..1).collectMany { ["$it".toString(), "/etc/${words[(it - 1) % 10]}".toString()] } + ['']
        Files.readString(folder.resolve('list.before')).readLines().findAll { !it.startsWith('word=') && !it.startsWith('_=') } ==
                Files.readString(folder.resolve('list.after')).readLines().findAll { !it.startsWith('word=') && !it.startsWith('_=') }
    }
}

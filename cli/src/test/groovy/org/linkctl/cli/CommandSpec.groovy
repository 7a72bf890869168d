package org.linkctl.cli

import org.linkctl.cli.io.Terminal.Stream

/** Help, version, arguments that are wrong, and what `linkctl check` says. */
class CommandSpec extends InventorySpecification {
    def 'a terminal that is narrower than help can be is no error: #args'() {
        given:
        def narrow = new Toy(width: 40)

        expect:
        narrow.run(*args) == status
        (narrow.out + narrow.err).contains(said)

        where:
        args                         | status || said
        ['--help']                   | 0      || 'Usage: linkctl'
        ['plan', '--help']           | 0      || 'Usage: linkctl plan'
        ['plan', '--no-such-option'] | 1      || '--no-such-option'
    }

    def "the help of #command is whole"() {
        expect:
        toy.run(*command.split(' '), '--help') == 0
        toy.err == ''
        Golden.is("help/${command.replace(' ', '-')}.txt", toy.out)

        where:
        command << ['init', 'import', 'check', 'doctor', 'render', 'plan', 'apply', 'verify', 'run', 'rollback', 'history', 'drain', 'undrain', 'version', 'lab', 'lab up', 'lab status', 'lab ssh', 'lab down', 'demo']
    }

    def "the command itself teaches, asked or not"() {
        expect:
        toy.run(*args) == 0
        Golden.is('help/linkctl.txt', toy.out)

        where:
        args << [['--help'], []]
    }

    def "the version, asked either way"() {
        expect:
        toy.run(word) == 0
        toy.out ==~ /linkctl \S+ \(Java 2\S+\)\n/

        where:
        word << ['version', '--version']
    }

    def "the help has colours on a terminal, unless somebody objects"() {
        given:
        toy.terminals = [Stream.OUT]
        toy.environment = environment

        when:
        toy.run(*args)

        then:
        toy.out.contains('\u001b[') == colored

        where:
        args                           | environment        || colored
        ['--help']                     | [:]                || true
        ['--help']                     | [NO_COLOR: '1']    || false
        ['--help']                     | [NO_COLOR: '']     || true
        ['--help']                     | [TERM: 'dumb']     || false
        ['plan', '--color=never', '-h'] | [:]               || false
        ['plan', '--color=always', '-h'] | [NO_COLOR: '1']  || true
    }

    def "what is misspelt is named, with what was probably meant"() {
        expect:
        toy.run(*args) == 1
        toy.out == ''
        toy.err == said

        where:
        args                          || said
        ['chekc']                     || "linkctl: no command 'chekc'; did you mean 'check'?\nSee `linkctl --help`.\n"
        ['plan', '--limt=a', 'x']     || "linkctl plan: no option '--limt=a'; did you mean '--limit'?\nSee `linkctl plan --help`.\n"
        ['check', 'a', 'b']           || "linkctl check: one argument too many: 'b'\nSee `linkctl check --help`.\n"
        ['plan', '--timeout', '5x']   || "linkctl plan: Invalid value for option '--timeout': '5x' is not a duration; write 30, 30s, 5m or 2h\nSee `linkctl plan --help`.\n"
    }

    def "an unknown word is an error whatever stands beside it: #args"() {
        expect:
        toy.run(*args) == 1
        toy.out == ''
        toy.err.startsWith(said)

        where:
        args                               || said
        ['nosuch', '--help']               || "linkctl: no command 'nosuch'\n"
        ['--help', 'nosuch']               || "linkctl: no command 'nosuch'\n"
        ['nosuch', '-h']                   || "linkctl: no command 'nosuch'\n"
        ['-h', 'paln']                     || "linkctl: no command 'paln'; did you mean 'plan'?\n"
        ['help', 'nosuch']                 || "linkctl: no command 'nosuch'\n"
        ['help', 'lab', 'nosuch']          || "linkctl lab: no command 'nosuch'\n"
        ['nosuch', '--version']            || "linkctl: no command 'nosuch'\n"
        ['--version', 'nosuch']            || "linkctl: no command 'nosuch'\n"
        ['nosuch', 'plan', '--help']       || "linkctl: no command 'nosuch'\n"
        ['lab', 'nosuch', '--help']        || "linkctl lab: no command 'nosuch'\n"
        ['lab', '-h', 'nosuch']            || "linkctl lab: no command 'nosuch'\n"
        ['plan', '--nosuch', '--help']     || "linkctl plan: no option '--nosuch'"
        ['plan', '--help', '--nosuch']     || "linkctl plan: no option '--nosuch'"
        ['plan', 'a', 'b', '--help']       || "linkctl plan: one argument too many: 'b'\n"
        ['version', 'nosuch', '--help']    || "linkctl version: one argument too many: 'nosuch'\n"
        ['lab', 'down', 'nosuch', '--help'] || "linkctl lab down: one argument too many: 'nosuch'\n"
    }

    def "help is asked for in front as well: #args"() {
        given:
        toy.run(*usual)
        def help = toy.out

        expect:
        toy.run(*args) == 0
        toy.out == help

        where:
        args                  | usual
        ['help']              | ['--help']
        ['help', 'plan']      | ['plan', '--help']
        ['help', 'lab', 'up'] | ['lab', 'up', '--help']
    }

    def "#command without an inventory teaches"() {
        expect:
        toy.run(command) == 1
        toy.out == ''
        toy.err.startsWith("linkctl $command: which inventory?\n\n    linkctl $command network.groovy${command == 'render' ? ' -o out' : ''}\n")

        where:
        command << ['check', 'doctor', 'render', 'plan', 'apply', 'verify']
    }

    def "check says what is declared"() {
        expect:
        toy.run('check', ECMP) == 0
        Golden.is('check-ecmp.txt', toy.out)
        Golden.is('check-ecmp-warnings.txt', toy.err)
    }

    def "check says everything that is wrong, with the line and a caret"() {
        given:
        def file = inventory('''
            fabric('bad') {
                site('a', lan: '10.2.3.0/33') {
                    host('x', os: LINUX, ssh: 'admin@192.0.2.10', gatway: 'y')
                }
            }
            '''.stripIndent())

        expect:
        toy.run('check', file.toString()) == 1
        toy.out == ''
        toy.err.contains("$file:3")
        toy.err.contains('^')
        toy.err.readLines().last() ==~ /\d+ errors?(, \d+ warnings?)?/
    }

    def "a file that is not there is an error, not a stack trace"() {
        expect:
        toy.run('check', 'nowhere.groovy') == 1
        toy.err == 'nowhere.groovy: error: no such file\n\n1 error\n'
    }
}

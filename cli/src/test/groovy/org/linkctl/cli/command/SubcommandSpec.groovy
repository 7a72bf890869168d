package org.linkctl.cli.command

import org.linkctl.cli.context.CommandContext
import org.linkctl.cli.context.Installation
import org.linkctl.cli.io.Terminal
import org.linkctl.cli.show.Paint
import org.linkctl.plan.Planner
import picocli.CommandLine
import spock.lang.Specification

/** Only the commands that the arguments name are built; the others stand in the list with their summaries, where one may be shown. */
class SubcommandSpec extends Specification {
    private static CommandLine root(String... args) {
        def nowhere = new Terminal(new BufferedReader(new StringReader('')), new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()), [] as Set, 80, [:])
        def context = new CommandContext(nowhere, new Installation(new Planner([]), { s, e -> null }), '')
        Linkctl.commandLine(context, Paint.PLAIN, { part, words -> 0 }, args)
    }

    private static Set<String> built(CommandLine root) {
        root.subcommands.findAll { !it.value.commandSpec.options().empty || !it.value.subcommands.isEmpty() }.keySet()
    }

    def "#args builds #commands"() {
        expect:
        built(root(*args)) == commands as Set
        root(*args).subcommands.keySet() == (isListed ? Subcommand.values()*.word() : commands) as Set

        where:
        args                       || commands                  | isListed
        []                         || []                        | true
        ['--help']                 || []                        | true
        ['chekc', 'x.groovy']      || []                        | false
        ['check', 'x.groovy']      || ['check']                 | false
        ['check', 'plan']          || ['check']                 | false
        ['--help', 'plan']         || ['plan']                  | true
        ['@arguments']             || Subcommand.values()*.word() | true
    }

    def "#word can be built, and its help begins with its line in the list"() {
        given:
        def command = root(word).subcommands[word]
        def listed = root().subcommands[word]

        expect:
        command.commandSpec.usageMessage().description()[0] == listed.commandSpec.usageMessage().description()[0]
        command.commandSpec.findOption('--help') != null

        where:
        word << Subcommand.values()*.word()
    }
}

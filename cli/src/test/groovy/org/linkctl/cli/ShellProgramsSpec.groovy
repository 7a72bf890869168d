package org.linkctl.cli

import groovy.transform.Memoized
import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.cli.hosts.Command
import spock.lang.IgnoreIf
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

/**
 * Every shell program that linkctl puts on a host: parts and functions of one share a space of names, and none of them
 * assigns what another owns.
 */
class ShellProgramsSpec extends Specification {
    static final Path ENGINE = Path.of('../engine/src/main/resources/org/linkctl/engine')
    /** What the programs that are started see: of a name that no other variable here has, and given one value in one place. */
    static final String ENVIRONMENT = '[A-Z][A-Z_]*'

    @Shared @TempDir Path folder

    private static Map<String, String> parts(String of) {
        Files.list(ENGINE.resolve(of)).withCloseable { files -> files.filter { it.toString().endsWith('.sh') }.sorted().toList() }
                .collectEntries { [it.fileName.toString(), Files.readString(it)] }
    }

    /** What breaks the rule of a program in parts: all but the names with the prefix are local, and those are one part's. */
    static List<String> broken(Map<String, String> parts, String prefix) {
        def all = parts.values().collectMany { new ShellNames(it).functions() }
        Map<String, ShellNames> read = parts.collectEntries { name, text -> [name, new ShellNames(text, all)] }
        Map<String, Set<String>> owners = [:].withDefault { [] as TreeSet }
        read.each { part, names -> names.atTheMargin().each { owners[it.name()] << part } }
        Map<String, Set<String>> places = [:].withDefault { [] as TreeSet }
        read.each { part, names -> names.assigned.each { places[it.name()] << "$part ${it.function()}".toString() } }
        List<String> out = []
        read.each { part, names ->
            out.addAll(names.opaque.collect { "$part: cannot be read: $it".toString() })
            names.assigned.each {
                String why = null
                if (it.how() == 'local=') why = 'is declared and given a value at once'
                else if (it.name() ==~ ENVIRONMENT) why = places[it.name()].size() == 1 ? null : "is given a value in ${places[it.name()]}"
                else if (!it.name().startsWith(prefix)) why = it.function() ? "is not local in ${it.function()}" : "does not begin with $prefix"
                else if (it.function() && it.how() in ['for', 'read', 'getopts']) why = "is a loop's or an input's of ${it.function()}, and not local"
                else if (owners[it.name()] != [part] as Set) why = "belongs to ${owners[it.name()] ?: 'no part'}"
                if (why) out << "$part: ${it.name()} $why: ${it.line()}".toString()
            }
        }
        def functions = read.collectMany { part, names -> names.functions().collect { [it, part] } }
        out.addAll(functions.groupBy { it[0] }.findAll { it.value.size() > 1 }.collect { "$it.key is a function of ${it.value*.get(1)}".toString() })
        out.sort()
    }

    /** What breaks the rule of a small program: its functions assign what is local, or has its first value at the margin. */
    static List<String> broken(String program) {
        def names = new ShellNames(program)
        def owned = names.atTheMargin().findAll { it.how() == '=' }*.name() as Set
        // Whoever loops at the margin over a variable owns it alone.
        owned.removeAll(names.atTheMargin().findAll { it.how() != '=' }*.name())
        names.opaque + names.inFunctions().findAll { it.how() in ['local=', 'for', 'read', 'getopts'] || !(it.name() in owned) }
                .collect { "${it.name()} is not local in ${it.function()}: ${it.line()}".toString() }
    }

    def 'the guard: every variable of a function is local, the others are the part’s that declares them'() {
        given:
        def parts = parts('guard')

        expect:
        parts.size() >= 8
        parts.values().sum { new ShellNames(it).functions().size() } > 50
        broken(parts, 'guard_') == []
    }

    def 'the shell that carries out steps: the same'() {
        expect:
        parts('script').keySet() == ['shell.sh', 'steps.sh'] as Set
        broken(parts('script'), 'lc_') == []
    }

    def 'what is assigned is seen, however it is written: #text'() {
        expect:
        broken(['one.sh': 'PATH=/sbin\nguard_mine=\nown() {\n  guard_mine=1\n}\n', 'two.sh': "other() {\n  local known\n  $text\n}\n"], 'guard_').size() == found

        where:
        text                                              || found
        'script=1'                                        || 1
        'known=1; for known in a b; do :; done'           || 0
        'for script in /usr/local/*; do "$script"; done'  || 1
        'printf x | while read -r a b; do :; done'        || 2
        'while IFS= read -r known; do :; done <"$1"'      || 0
        'while getopts ab: one; do :; done'               || 1
        'export NAME=x'                                   || 0
        'PATH=/bin'                                       || 2
        'export lower=x'                                  || 1
        ': "${one:=x}" ${known:=y}'                       || 1
        'known=$((one = 2, two += 1, known == 3))'        || 2
        'unset one'                                       || 1
        'eval "$1=2"'                                     || 1
        'guard_mine=2'                                    || 1
        'for guard_mine in 1 2; do :; done'               || 1
        'local late=$1'                                   || 1
        '[ -e x ] && one=$(cat x) || two=3'               || 2
        'if one=$(own); then :; fi'                       || 1
        'known="$(one=1; echo "$one")"'                   || 1
        'one=1 two=2 program'                             || 0
        'one=1 own'                                       || 1
        'sed "s/one=1/two=2/" </etc/x # three=3'          || 0
        "awk -v now=\"\$(own)\" '{ one = 1; two=2 }'"     || 0
    }

    def 'two parts that own one name, and two functions of one name'() {
        expect:
        broken(['one.sh': 'guard_a=\n', 'two.sh': 'guard_a=\nb=\n'], 'guard_').size() == 3
        broken(['one.sh': 'f() {\n  :\n}\n', 'two.sh': 'f() { :; }\n'], 'guard_') == ['f is a function of [one.sh, two.sh]']
    }

    /** All that the inventories here bring about, by inventory and path. */
    @Memoized
    private static Map<String, String> rendered(Path folder) {
        def inventories = Path.of('../inventories').toFile().listFiles().findAll { it.name.endsWith('.groovy') } +
                ['freebsd.carp-actions', 'freebsd.publish', 'freebsd.proxy-arp', 'freebsd.watch', 'linux.role'].collect { new File("../modules/src/test/resources/cases/$it/inventory.groovy") }
        inventories.collectMany { file ->
            def to = folder.resolve(file.path.replaceAll('[^a-z-]', '_'))
            assert Command.run('render', file.path, '-o', to).status == 0
            def found = []
            to.toFile().eachFileRecurse(groovy.io.FileType.FILES) { if (it.text.startsWith('#!/bin/sh\n')) found << [to.relativize(it.toPath()).toString(), it.text] }
            found.collect { path, text -> ["$file.path: $path".toString(), text] }
        }.collectEntries()
    }

    def 'what modules put on hosts'() {
        given:
        def programs = rendered(folder)

        expect:
        ['route-', 'watch-', 'watch-gateways', 'watch-published', 'proxy-arp', 'carp-actions', 'rc.d/linkctl_wg', 'lib/linkctl/role'].findAll { word -> !programs.keySet().any { it.contains(word) } } == []
        programs.collectMany { name, text -> broken(text).collect { "$name: $it".toString() } }.sort() == []
    }

    @IgnoreIf({ ShellCheck.missing() })
    def 'ShellCheck warns of nothing in them'() {
        given: 'some have one tunnel; and that words are split on purpose is said in the files alone'
        def excluded = [ShellCheck.ONE_WORD, 'SC2046']

        expect:
        ShellCheck.withServices(folder, rendered(folder), excluded) == []
    }
}

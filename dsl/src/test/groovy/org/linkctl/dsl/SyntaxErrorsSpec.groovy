package org.linkctl.dsl

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.diag.Diagnostic
import org.linkctl.dsl.read.ScriptCache
import org.linkctl.model.Fabric
import org.linkctl.plan.ModuleNames
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Unroll

/** A file that Groovy cannot parse is told by the place of the slip, which is behind ¦ here, whatever stands around it. */
class SyntaxErrorsSpec extends Specification {
    static final String NO_VALUE = "a '\$' in a text in double quotes begins a value: \$name or \${…}"

    @TempDir
    Path folder

    @Shared Fabric ecmp = Inventory.load(Path.of('../inventories/ecmp.groovy'), Limits.ALL).fabric()

    private List<Diagnostic> playbook(String text) {
        Path file = Files.writeString(folder.resolve('p.groovy'), text)
        Playbooks.load(file, ecmp, [:], ModuleNames.UNKNOWN, ScriptCache.NONE).diagnostics()
    }

    private List<Diagnostic> inventory(String text) {
        Path file = Files.writeString(folder.resolve('i.groovy'), text)
        Inventory.load(file, Limits.ALL).diagnostics()
    }

    private static boolean isAt(List<Diagnostic> told, String marked) {
        assert told.size() == 1 : told
        List<String> before = marked.substring(0, marked.indexOf('¦')).split('\n', -1).toList()
        assert [told.first().at().line(), told.first().at().column()] == [before.size(), before.last().length() + 1] : told
        true
    }

    @Unroll('#step')
    def 'a slip in the braces of a playbook, and in those of a word with attributes'(String step, String summary, String detail) {
        given:
        String plain = "playbook('p', about: 'x') {\n    verify()\n    $step\n    say 'y'\n}\n"
        String nested = "playbook('p', about: 'x') {\n    eachHost(serial: 2) { host ->\n        step('a', login: 'root') {\n            $step\n        }\n    }\n}\n"
        String outside = "void unused() { }\n\n" + plain
        String bare = "playbook 'p', about: 'x', {\n    $step\n}\n"

        expect:
        [plain, nested, outside, bare].every { String marked ->
            def told = playbook(marked.replace('¦', ''))
            assert told.first().summary() == summary
            assert told.first().detail() == detail
            isAt(told, marked)
        }

        where:
        step                                                  | summary                            | detail
        "watch('w', from: 'a-gw' ¦to: 'b-gw')"                | 'a comma is missing before to:'    | ''
        "command('a-gw', ['x'] ¦says: 'y')"                   | 'a comma is missing before says:'  | ''
        "command('a-gw', ['x' ¦'y'])"                         | "unexpected ''y''"                 | 'a bracket, a quote or a comma may be missing here or before it'
        "String a = textParameter('a', about: 'x' ¦default: 'y')" | 'a comma is missing before default:' | ''
        'if ¦hosts.size() > 1 { }'                            | "unexpected 'hosts'"               | "behind 'if' stand parentheses: if (…) { … }"
        "say 'x' if ¦hosts"                                   | "unexpected 'hosts'"               | "behind 'if' stand parentheses: if (…) { … }"
        'for ¦h in hosts { }'                                 | "unexpected 'h'"                   | "behind 'for' stand parentheses: for (one in all) { … }"
        "when('a-gw', ['x']) { say 'a' } ¦else { say 'b' }"   | "unexpected 'else'"                | 'it stands behind the braces of an if'
        "when('a-gw', ['x'], status: 1) { say 'a' } ¦else { }" | "unexpected 'else'"               | 'it stands behind the braces of an if'
        "eachHost { h ¦=> say('x') }"                         | "unexpected '=>'"                  | 'the names of values in braces stand before ->: { host -> … }'
        "eachHost(among: hosts) { h ¦=> say('x') }"           | "unexpected '=>'"                  | 'the names of values in braces stand before ->: { host -> … }'
        '¦import java.util.List'                              | "unexpected 'import'"              | "'import' cannot stand in braces"
        '¦class X { }'                                        | "unexpected 'class'"               | "'class' cannot stand in braces"
        'def twice¦(int n) { n * 2 }'                         | "unexpected '('"                   | 'a method is declared outside of all braces, such as at the end of the file'
    }

    @Unroll('#text')
    def 'brackets without an end in a playbook'(String text, String summary, String detail) {
        when:
        def told = playbook(text.replace('¦', ''))

        then:
        isAt(told, text)
        told.first().summary() == summary
        told.first().detail().replace(folder.toString() + '/', '') == detail

        where:
        text                                                                                | summary                  | detail
        "playbook('p', about: 'x') {\n    reboot('a-gw', within: 5\n¦}\n"                    | "unexpected '}'"         | "the '(' at p.groovy:2:11 is not closed before it"
        "playbook('p', about: 'x') {\n    eachHost { h ->\n        say([1, 2¦)\n    }\n}\n" | "unexpected ')'" | "the '[' at p.groovy:3:13 is not closed before it"
        "playbook¦('p', about: 'x' {\n    say 'x'\n}\n"                                       | "this '(' is not closed" | "the file ends before its ')'"
        "playbook('p', about: 'x') ¦{\n    say 'x'\n"                                         | "this '{' is not closed" | "the file ends before its '}'"
    }

    @Unroll('#inside')
    def 'a slip in the braces of words of an inventory'(String around, String inside, String summary) {
        given:
        String marked = around.replace('…', inside)
        def told = inventory(marked.replace('¦', ''))

        expect:
        told.first().summary() == summary
        isAt(told, marked)

        where:
        around                                                                             | inside                                   || summary
        "fabric('x') {\n    tunnel('wg0', keepalive: 10) {\n        …\n    }\n}\n"          | "end('a', address: '10.0.0.1/30' ¦endpoint: 'x')" || 'a comma is missing before endpoint:'
        "fabric('x') {\n    tunnel('wg0', keepalive: 10) {\n        …\n    }\n}\n"          | 'for ¦x in [1, 2] { }'                    || "unexpected 'x'"
        "fabric('x') {\n    site('a') {\n        host('h', os: LINUX, ssh: '192.0.2.1') {\n            …\n        }\n    }\n}\n" | "nic('eth0', address: ['192.0.2.1/24' ¦'192.0.2.2/24'])" || "unexpected ''192.0.2.2/24''"
        "fabric('x') {\n    site('a') {\n        host('h', os: LINUX, ssh: '192.0.2.1') {\n            …\n        }\n    }\n}\n" | "timer('t', run: 'x' ¦daily: true) { }"  || "unexpected 'daily'"
    }

    def 'a slip among the values of a word at the top of an included file'() {
        given:
        String marked = "site('a', lan: '10.1.0.0/16' ¦mtu: 5) {\n}\n"
        Path part = Files.writeString(folder.resolve('part.groovy'), marked.replace('¦', ''))
        def told = inventory("fabric('x') {\n    include 'part.groovy'\n}\n")

        expect:
        told.first().at().file() == part.toString()
        told.first().summary() == 'a comma is missing before mtu:'
        isAt(told, marked)
    }

    @Unroll('#text')
    def 'what is no token of a text is told, and nothing of it is printed'(String text, String summary, String detail, String meant) {
        given:
        String pb = "playbook('p', about: 'x') {\n    command('a-gw', ['x', $text])\n}\n"
        String inv = "fabric('x') {\n    site('a') {\n        host('h', os: LINUX, ssh: '192.0.2.1') {\n            file('/etc/x', text: $text)\n        }\n    }\n}\n"
        PrintStream usual = System.err
        ByteArrayOutputStream printed = new ByteArrayOutputStream()
        System.err = new PrintStream(printed)

        when:
        def told = [playbook(pb.replace('¦', '')), inventory(inv.replace('¦', ''))]

        then:
        isAt(told[0], pb)
        isAt(told[1], inv)
        told*.first()*.summary().every { it == summary }
        told*.first()*.detail().every { it == detail }
        told*.first()*.suggestion().every { it == meant }
        printed.toString() == ''

        cleanup:
        System.err = usual

        where:
        text                        | summary   | detail | meant
        '"costs ¦$5"'               | NO_VALUE  | "the sign itself is written \\\$ there, or in single quotes: '…'" | null
        '"{print ¦$1}"'             | NO_VALUE  | "the sign itself is written \\\$ there, or in single quotes: '…'" | null
        '"¦$(id)"'                  | NO_VALUE  | "the sign itself is written \\\$ there, or in single quotes: '…'" | null
        '"echo ¦$?"'                | NO_VALUE  | "the sign itself is written \\\$ there, or in single quotes: '…'" | null
        '"a¦$"'                     | NO_VALUE  | "the sign itself is written \\\$ there, or in single quotes: '…'" | null
        '"a ${1 + 1} ¦$1"'          | NO_VALUE  | "the sign itself is written \\\$ there, or in single quotes: '…'" | null
        '"""a ¦$1"""'               | NO_VALUE  | "the sign itself is written \\\$ there, or in single quotes: '''…'''" | null
        '"""a\n${2}\n b¦$-"""'      | NO_VALUE  | "the sign itself is written \\\$ there, or in single quotes: '''…'''" | null
        '"a ${"b ¦$1"}"'            | NO_VALUE  | "the sign itself is written \\\$ there, or in single quotes: '…'" | null
        "'a¦\\d+'"                  | "a text has no escape '\\d'" | 'the backslash itself is written \\\\, or the text stands between slashes: /a\\d+/' | "'a\\\\d+'"
        "'¦\\. \\n \\w \\\\x'"      | "a text has no escape '\\.'" | 'the backslash itself is written \\\\, or the text stands between slashes: /\\. \\n \\w \\\\x/' | "'\\\\. \\n \\\\w \\\\x'"
        "'¦\\d \$HOME \$'"         | "a text has no escape '\\d'" | 'the backslash itself is written \\\\' | "'\\\\d \$HOME \$'"
        '"a¦\\.b"'                  | "a text has no escape '\\.'" | 'the backslash itself is written \\\\' | '"a\\\\.b"'
        '"a ${1} ¦\\.b"'            | "a text has no escape '\\.'" | 'the backslash itself is written \\\\' | null
        "'''a\n b¦\\d'''"           | "a text has no escape '\\d'" | 'the backslash itself is written \\\\' | null
        "'a¦\\u00g1'"               | "a text has no escape '\\u'" | 'behind \\u stand four hexadecimal digits; the backslash itself is written \\\\' | "'a\\\\u00g1'"
        '¦"a ${1} b\n'              | 'the text that begins here has no end' | 'a quote is missing, here or before it' | null
        '¦"a \n'                    | 'the text that begins here has no end' | 'a quote is missing, here or before it' | null
        "¦'''a \n"                  | 'the text that begins here has no end' | 'a quote is missing, here or before it' | null
        "5 ¦/* \n"                  | 'the comment that begins here has no end' | 'its */ is missing' | null
        "5 ¦# what"                 | "unexpected '#'" | 'a comment begins with //' | null
        "5 ¦§"                      | "unexpected '\\u00a7'" | 'a bracket, a quote or a comma may be missing here or before it' | null
        '5 ¦`id`'                   | "unexpected '`'" | 'a bracket, a quote or a comma may be missing here or before it' | null
    }

    @Unroll('#encoding')
    def 'a file in UTF-16 is told as such'(String encoding, List<Integer> mark) {
        given:
        def encoded = { String text -> (mark as byte[]).toList() + text.getBytes(encoding).toList() as byte[] }
        Path playbook = Files.write(folder.resolve('p.groovy'), encoded("playbook('p', about: 'x') { }\n"))
        Path inventory = Files.write(folder.resolve('i.groovy'), encoded("fabric('x') { }\n"))

        when:
        def told = [Playbooks.load(playbook, ecmp, [:], ModuleNames.UNKNOWN, ScriptCache.NONE), Inventory.load(inventory, Limits.ALL)]*.render()

        then:
        told == ["$playbook: error: is in UTF-16; a playbook is a text in UTF-8\n  save it in UTF-8\n",
                 "$inventory: error: is in UTF-16; an inventory is a text in UTF-8\n  save it in UTF-8\n"]

        where:
        encoding   | mark
        'UTF-16LE' | [0xff, 0xfe]
        'UTF-16BE' | [0xfe, 0xff]
        'UTF-16LE' | []
        'UTF-16BE' | []
    }

    @Unroll('#text')
    def 'a dollar in a text between slashes is one'(String text) {
        expect:
        playbook("playbook('p', about: 'x') {\n    say($text)\n}\n") == []

        where:
        text << ['/a $1 ${hosts.size()} $2/', '/a$/', '$/a ${hosts.size()} $2/$', "'a \$1'", '"a \\$1"', '"""a \\$1"""']
    }
}

package org.linkctl.shell

import spock.lang.Specification

/** What is filled into a shell program is what it reads, wherever the place stands. */
class ShellTemplateSpec extends Specification {
    static final List<String> VALUES = ['plain', '', 'two words', "it's", '"x" $(echo no) `echo no` \\ $HOME', '*', '; echo no', '@OTHER@', 'two\nlines']

    static ShellTemplate of(Map<String, String> more = [:], String text) {
        def files = [main: text] + more
        ShellTemplate.of('main', files.&get)
    }

    private static String run(String program) {
        def process = ['sh'].execute()
        process.withWriter { it << program }
        def text = process.inputStream.text
        assert process.waitFor() == 0
        text
    }

    def 'a word is quoted as its place needs it: #place'() {
        expect:
        VALUES.each { value ->
            assert run(of("$place\n").word('X', value).text()) == "$before$value|"
        }

        where:
        place                                                  || before
        'printf "%s|" @X@'                                     || ''
        'x=@X@; printf "%s|" "$x"'                             || ''
        "printf '%s|' 'a @X@'"                                 || 'a '
        'printf "%s|" "a \\" @X@"'                             || 'a " '
        'printf "%s|" "a $(printf %s @X@)"'                    || 'a '
        'printf "%s|" "a $(printf "%s" "@X@")"'                || 'a '
        "case a in a) printf '%s|' \"@X@\" ;; esac # it's"     || ''
        ": \${x#it} # it's\nprintf '%s|' @X@"                  || ''
        ": '\n'; # \"\n# '\nprintf '%s|' @X@"                  || ''
        ": \\' \\\"\nprintf '%s|' \"\\\\@X@\""                 || '\\'
        'printf "%s|" \\\n  @X@'                               || ''
    }

    def 'in a comment it stands as it is, in one line'() {
        expect:
        of("# about @X@.\n").word('X', "it's 3 s").text() == "# about it's 3 s.\n"

        when:
        of("# about @X@.\n").word('X', 'a\nreboot').text()

        then:
        thrown(IllegalArgumentException)
    }

    def 'a list of words is filled in with each word quoted, and leaves nothing where it is empty'() {
        expect:
        of("for i in @X@; do :; done\n").words('X', ['a b', 'c']).text() == "for i in 'a b' c; do :; done\n"
        of("x='@X@'\n").words('X', ['a/b', 'c']).text() == "x='a/b c'\n"
        of("run -q @X@ -t a @X@\n").words('X', []).text() == "run -q -t a\n"
        of("run -q @X@ -t a @X@\n").words('X', ['-a', 'b']).text() == "run -q -a b -t a -a b\n"

        when: 'the program would split a word'
        of("x='@X@'\n").words('X', ['a b', 'c']).text()

        then:
        thrown(IllegalArgumentException)
    }

    def 'lines take the indentation of their place; none leave no line'() {
        given:
        def template = of("f() {\n    #@X@\n    @Y@\n}\n")

        expect:
        template.lines('X', ['a', '', '  b']).lines('Y', []).text() == "f() {\n    a\n\n      b\n}\n"
        template.lines('X', []).raw('Y', 'c && d').text() == "f() {\n    c && d\n}\n"
        template.lines('X', []).word('Y', 'c d').text() == "f() {\n    'c d'\n}\n"
    }

    def 'one pass: a value that looks like a place is a value'() {
        expect:
        of("echo @X@ @Y@\n").word('X', '@Y@').raw('Y', '@X@').text() == "echo @Y@ @X@\n"
        of("#@X@\necho @Y@\n").lines('X', ['@Y@', '#@include other']).word('Y', '1').text() == "@Y@\n#@include other\necho 1\n"
    }

    def 'what is no place stays: #text'() {
        expect:
        of("$text\n").text() == "$text\n"

        where:
        text << ['f "$@"', 'echo "${1#*@}" "${1%%@*}"', '# VHID@INTERFACE PORT@TARGET...', 'case $1 in *@*) ;; esac', 'a@b@c']
    }

    def 'another file is included by name, at its indentation, and is filled in as well'() {
        given:
        def template = of("a() {\n    #@include part\n}\n", part: "## about it\n# shellcheck disable=SC2034 # read elsewhere\nb @X@\n\n#@include deeper\n", deeper: "if c; then\n    d\nfi\n")

        expect:
        template.word('X', '1').text() == "a() {\n    b 1\n\n    if c; then\n        d\n    fi\n}\n"
    }

    def 'what is not right fails: #why'() {
        when:
        wrong()

        then:
        def e = thrown(RuntimeException)
        e.message.contains(why)

        where:
        why                                    | wrong
        'nothing is filled in for X, Y'        | { of("@X@ @Y@ @Z@\n").word('Z', '').text() }
        'has no place @Y@'                     | { of("@X@\n").word('Y', '') }
        '@X@ is filled twice'                  | { of("@X@\n").word('X', '').words('X', []) }
        'a place for lines'                    | { of("#@X@\n").word('X', '').text() }
        'alone in a line'                      | { of("echo @X@\n").lines('X', ['a']).text() }
        'holds a line feed'                    | { of("@X@\n").lines('X', ['a\nb']) }
        'does not end with a line feed'        | { of("a\n#@include part\n", part: 'b') }
    }
}

package org.linkctl.cli

/**
 * The variables of a shell program: which function assigns which, and which are its own. It reads what programs of ours are
 * written in (POSIX sh with local): a function begins at its name and ends with the bracket at the same depth of indentation.
 */
class ShellNames {
    /** @param how `=`, `for`, `read`, `getopts`, `unset`, `${=`, `$((=` or `local=` */
    record Assigned(String function, String name, String how, String line) {}

    final List<Assigned> assigned = []
    /** By function, in the order in which they are defined. */
    final Map<String, Set<String>> local = [:]
    /** What cannot be told from the text: eval, printf -v and the like. */
    final List<String> opaque = []

    /** The text without comments, and without what quotes hold but for `$(...)` in them; as many lines as before. */
    private final String code
    private final Set<String> others
    private final String source

    /** @param functions of the other parts of the same program */
    ShellNames(String text, Collection<String> functions = []) {
        others = functions as Set
        source = text.replace('\\\n', '  ')
        code = new Blanking(source).text()
        String function = ''
        String indent = null
        [source.readLines(), code.readLines()].transpose().each { String raw, String line ->
            def begins = line =~ /^(\s*)([A-Za-z_]\w*)\s*\(\)\s*([{(]?)(.*)$/
            if (function == '' && begins) {
                function = begins[0][2]
                assert !local.containsKey(function) : "two functions are called $function"
                local[function] = [] as Set
                indent = begins[0][1]
                String rest = begins[0][4]
                read(function, rest, raw)
                if (rest =~ /[})]\s*$/) function = ''
            } else if (function != '' && line ==~ /${indent}[})].*/) {
                function = ''
            } else {
                read(function, line, raw)
            }
        }
        assert function == '' : "$function has no end"
    }

    private void read(String function, String line, String raw) {
        (raw =~ /\$\{([A-Za-z_]\w*):?=/).each { add(function, it[1], '${=', raw) }
        (raw =~ /\$\(\((.*?)\)\)/).each { all -> (all[1] =~ /([A-Za-z_]\w*)\s*(?:(?:[-+*\/%&|^]|<<|>>)?=(?!=)|\+\+|--)|(?:\+\+|--)\s*([A-Za-z_]\w*)/).each { add(function, it[1] ?: it[2], '$((=', raw) } }
        line.split(/;|&&?|\|\|?|[(){}]|\b(?:then|do|else|elif|if|while|until)\b(?=\s)|(?<=\s|^)!(?=\s)/).each { command(function, it.trim().tokenize(), raw) }
    }

    /** One simple command: assignments, and then perhaps words. */
    private void command(String function, List<String> words, String raw) {
        def names = words.takeWhile { it ==~ /[A-Za-z_]\w*\+?=.*/ }
        def rest = words.drop(names.size()).findAll { !(it ==~ /[0-9]*[<>].*/) }
        // Before a program they are the program's environment, before read its separators.
        if (!rest) names.each { add(function, it.replaceFirst(/\+?=.*/, ''), '=', raw) }
        else if (names && rest[0] in ['.', ':', 'eval', 'exec', 'set', 'shift', 'trap', 'unset', *others, *local.keySet()]) opaque << raw.trim()
        if (!rest) return
        def (String verb, List<String> of) = [rest[0], rest.drop(1)]
        switch (verb) {
            case 'for': add(function, of[0], 'for', raw); break
            case 'read': of.findAll { !it.startsWith('-') }.each { add(function, it, 'read', raw) }; break
            case 'getopts': add(function, of[1], 'getopts', raw); break
            case 'unset': of.findAll { !it.startsWith('-') }.each { if (!('-f' in of)) add(function, it, 'unset', raw) }; break
            case ['export', 'readonly']: of.findAll { it.contains('=') }.each { add(function, it.takeBefore('='), '=', raw) }; break
            case 'local':
                of.each { if (it.contains('=')) add(function, it.takeBefore('='), 'local=', raw) }
                local[function]?.addAll(of*.replaceFirst(/=.*/, ''))
                break
            case ['eval', 'let', 'declare', 'typeset']: opaque << raw.trim(); break
            case 'printf': if (of.contains('-v')) opaque << raw.trim()
        }
    }

    private void add(String function, String name, String how, String raw) {
        if (!(how != 'local=' && local[function]?.contains(name))) assigned << new Assigned(function, name, how, raw.trim())
    }

    /** What functions assign that is not declared in them. */
    List<Assigned> inFunctions() { assigned.findAll { it.function() } }

    List<Assigned> atTheMargin() { assigned.findAll { !it.function() } }

    Set<String> functions() { local.keySet() }

    /** Blanks what is not code. */
    private static class Blanking {
        private final String text
        private final StringBuilder out = new StringBuilder()
        private int at

        Blanking(String text) { this.text = text }

        String text() {
            code({ false })
            assert at == text.length() : "the rest cannot be read: ${text.substring(at).take(60)}"
            out.toString()
        }

        private boolean sees(String what) { text.startsWith(what, at) }

        private void take(int count = 1) {
            out << text.substring(at, at + count)
            at += count
        }

        /** A quote holds a part of a word, whatever is in it; its lines are no lines of code. */
        private void blank(int count = 1) {
            text.substring(at, at + count).each { out << (it == '\n' ? '\n' : '_') }
            at += count
        }

        private void code(Closure<Boolean> ended) {
            int depth = 0
            while (at < text.length() && !(depth == 0 && ended())) {
                if (sees('\\')) blank(Math.min(2, text.length() - at))
                else if (sees("'")) single()
                else if (sees('"')) quoted()
                else if (sees('$')) expansion()
                else if (sees('#') && (at == 0 || text[at - 1] in [' ', '\n', '\t', ';', '('])) while (at < text.length() && !sees('\n')) { out << ' '; at++ }
                else {
                    if (sees('(')) depth++
                    if (sees(')') && depth > 0) depth--
                    take()
                }
            }
        }

        private void single() {
            blank()
            while (!sees("'")) blank()
            blank()
        }

        private void quoted() {
            blank()
            while (!sees('"')) {
                if (sees('\\')) blank(2)
                else if (sees('$')) expansion()
                else blank()
            }
            blank()
        }

        private void expansion() {
            if (sees('$((')) {
                while (!sees('))')) blank()
                blank(2)
            } else if (sees('$(')) {
                take(2)
                code({ sees(')') })
                take()
            } else if (sees('${')) {
                blank(2)
                while (!sees('}')) {
                    if (sees('\\')) blank(2)
                    else if (sees('$')) expansion()
                    else if (sees('"')) quoted()
                    else blank()
                }
                blank()
            } else {
                blank()
            }
        }
    }
}

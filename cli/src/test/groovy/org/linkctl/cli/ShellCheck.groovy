package org.linkctl.cli

import java.nio.file.Files
import java.nio.file.Path

/**
 * ShellCheck (www.shellcheck.net) as it is installed here. It reads for dash: Debian's sh, and the nearest to FreeBSD's, which
 * has what dash has beyond POSIX as well (local; sh(1)).
 */
class ShellCheck {
    /** In the file, a place for several words is one word, and a loop over it would run once. */
    static final String ONE_WORD = 'SC2043'
    /** Names that another text assigns or reads: rc.subr(8), or the program that includes a fragment. */
    static final List<String> ELSEWHERE = ['SC2034', 'SC2154']

    static boolean missing() {
        try {
            return ['shellcheck', '--version'].execute().waitFor() != 0
        } catch (IOException e) {
            println 'SKIPPED: what ShellCheck says of the shell programs: there is no shellcheck here (Debian: apt-get install shellcheck)'
            return true
        }
    }

    /** What it warns of, a line each; {@code excluded} by its numbers. */
    static List<String> warnings(Path folder, Map<String, String> programs, List<String> excluded = [], String dialect = 'dash') {
        assert !programs.isEmpty()
        def files = programs.collect { name, text ->
            def file = folder.resolve(name.replaceAll('[^A-Za-z0-9._-]+', '_'))
            Files.writeString(file, text)
            file.toString()
        }
        assert files.toSet().size() == programs.size()
        def process = (['shellcheck', '-S', 'warning', '-s', dialect, '-f', 'gcc'] + (excluded ? ['-e', excluded.join(',')] : []) + files).execute()
        def text = new StringBuilder()
        process.waitForProcessOutput(text, text)
        assert process.exitValue() in [0, 1]: text
        text.readLines().collect { it.replace(folder.toString() + '/', '') }
    }

    /** The same of programs of which some are services of rc(8), which reads what they assign. */
    static List<String> withServices(Path folder, Map<String, String> programs, List<String> excluded = []) {
        def services = programs.findAll { it.value.contains('\n. /etc/rc.subr\n') }
        warnings(folder, services, excluded + ELSEWHERE) + warnings(folder, programs - services, excluded)
    }
}

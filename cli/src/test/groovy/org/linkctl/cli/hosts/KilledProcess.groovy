package org.linkctl.cli.hosts

import java.nio.file.Files
import java.nio.file.Path

/** linkctl in a process of its own, ended by SIGKILL at a line of what it says on standard error. */
class KilledProcess {
    /**
     * @param folder for its state and its output
     * @param words of the command, which needs -v for its steps to be told
     * @param at told each line as it comes; true: now
     */
    static Command run(Path folder, List<?> words, Closure<Boolean> at) {
        def java = Path.of(System.getProperty('java.home'), 'bin', 'java').toString()
        def one = new ProcessBuilder(['env', "XDG_STATE_HOME=$folder", java, '-XX:TieredStopAtLevel=1', '-cp', System.getProperty('java.class.path'), 'org.linkctl.cli.Main', *words]*.toString())
                .redirectOutput(folder.resolve('killed.out').toFile()).start()
        def said = new StringBuilder()
        one.errorReader().with { reader ->
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                said << line << '\n'
                if (at(line)) one.toHandle().destroyForcibly() // by its handle the pipe stays
            }
        }
        new Command(status: one.waitFor(), out: Files.readString(folder.resolve('killed.out')), err: said.toString())
    }
}

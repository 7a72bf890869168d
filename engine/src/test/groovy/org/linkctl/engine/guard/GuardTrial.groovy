package org.linkctl.engine.guard

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions

import org.linkctl.engine.Tree
import org.linkctl.shell.Argv
import org.linkctl.shell.Step
import spock.lang.Specification
import spock.lang.TempDir
import spock.util.concurrent.PollingConditions

/** The guard's own program, run here in a folder of its own. */
abstract class GuardTrial extends Specification {
    @TempDir Path folder
    Path etc
    Path shell
    def soon = new PollingConditions(timeout: 20, delay: 0.1)

    def setup() {
        etc = Files.createDirectories(folder.resolve('etc'))
        shell = Files.createFile(folder.resolve('shell'))
        Files.createDirectories(folder.resolve('home'))
        Files.writeString(folder.resolve('home/guard'), GuardProgram.text())
    }

    /** Standing output of a command, and its status. */
    protected List guard(List<String> words, long pid = ProcessHandle.current().pid()) {
        def builder = new ProcessBuilder(['sh', folder.resolve('home/guard').toString()] + words).redirectErrorStream(true)
        builder.environment().putAll([LINKCTL_GUARD_UNITS: folder.toString(), LINKCTL_SHELL: "$pid $shell".toString()])
        def process = builder.start()
        def text = process.inputStream.text
        [process.waitFor(), text.strip()]
    }

    protected void done(String... words) {
        def (status, text) = guard(words.toList())
        assert status == 0 : text
    }

    protected void arm(String run, int part, List<Step> steps, int seconds = 60) {
        def dir = Files.createDirectories(folder.resolve("home/runs/$run"))
        Files.writeString(dir.resolve("undo.$part"), UndoList.of(steps))
        done('lock', run, 'me')
        done('arm', run, "$part", "$seconds")
    }

    protected void killWatcher(String run) {
        def file = folder.resolve("home/runs/$run/watcher")
        soon.eventually { assert Files.exists(file) }
        def watcher = ProcessHandle.of(Files.readString(file).split(' ')[0] as long).get()
        watcher.destroyForcibly()
        watcher.onExit().get()
    }

    protected String state(String run) { Files.readString(folder.resolve("home/runs/$run/state")).strip() }

    protected Map<String, String> files() { Tree.of(etc) }

    protected String at(String name) { etc.resolve(name).toString() }

    /** Three files before: one that is changed, one that is removed, one that stays. */
    protected List<Step> change() {
        ['changed', 'removed', 'stays'].each { Files.writeString(etc.resolve(it), "$it before\n") }
        Files.setPosixFilePermissions(etc.resolve('changed'), PosixFilePermissions.fromString('rw-r-----'))
        [Step.put(at('changed'), '0644', 'new'), new Step.RemoveFile(at('removed')), Step.put(at('made it\'s'), '0600', 'x'),
                Step.run(Argv.of('touch', at('ran')), Argv.of('rm', '-f', at('ran'))), new Step.WriteValue(at('stays'), '7')]
    }

    protected void carryOut() {
        Files.delete(etc.resolve('changed'))
        Files.writeString(etc.resolve('changed'), 'new')
        Files.delete(etc.resolve('removed'))
        Files.writeString(etc.resolve("made it's"), 'x')
        Files.writeString(etc.resolve('ran'), '')
        Files.writeString(etc.resolve('stays'), '7')
    }
}

package org.linkctl.cli.hosts

import java.nio.file.Files
import java.nio.file.Path

/** The demo as a user sees it: a program of its own. */
class Demo {
    private final Path folder

    /** @param folder empty; what the demo leaves behind is there */
    Demo(Path folder) {
        this.folder = folder
    }

    Process start() {
        def java = Path.of(System.getProperty('java.home'), 'bin', 'java').toString()
        // Whoever runs the tests in the background may have made them deaf to SIGINT, which is inherited.
        new ProcessBuilder('env', '--default-signal=INT', "XDG_STATE_HOME=$folder/state", java, "-Djava.io.tmpdir=$folder", '-Dlinkctl.home=..',
                '-cp', System.getProperty('java.class.path'), 'org.linkctl.cli.Main', 'demo')
                .redirectErrorStream(true).redirectOutput(folder.resolve('out').toFile()).start()
    }

    String out() { Files.readString(folder.resolve('out')) }

    /** The virtual machines of a lab in this folder. */
    List<String> machines() {
        Path.of('/proc').toFile().list().findAll { it.isInteger() }
                .collect { pid -> new File("/proc/$pid/cmdline") }
                .collect { file -> try { file.text } catch (IOException ended) { '' } }
                .findAll { it.contains('qemu-system') && it.contains(folder.toString()) }
    }

    List<String> folders() {
        folder.toFile().list().findAll { it.startsWith('linkctl-lab') } as List<String>
    }
}

package org.linkctl.cli

import java.util.concurrent.CountDownLatch
import org.linkctl.cli.io.Terminal.Stream
import org.linkctl.shell.Step

/** linkctl with hosts that live in memory, as a process of its own that says when it stands in the middle of a host's change. */
class InterruptedProcess {
    static void main(String[] words) {
        def toy = new Toy(modules: [new ToyModule(), new SpreadModule()], environment: System.getenv())
        toy.sinks = [(Stream.OUT): new FileOutputStream(FileDescriptor.out), (Stream.ERR): new FileOutputStream(FileDescriptor.err)]
        // What ends after Ctrl-C has come ends while the process does: it has time to say more.
        def ending = new CountDownLatch(1)
        Runtime.runtime.addShutdownHook(new Thread({ ending.countDown(); sleep 1500 }))
        boolean said = false
        toy.before = { String host, Step step ->
            if (said || !(step instanceof Step.PutFile) || step.path() != ToyModule.FILE) return
            said = true
            System.err.println('IN THE MIDDLE')
            ending.await()
        }
        Runtime.runtime.halt(toy.run(*words))
    }
}

package org.linkctl.cli.command;

import java.util.function.Supplier;

/** What is done on Ctrl-C (SIGINT) or SIGTERM while some work goes on. */
final class Interrupt {
    private Interrupt() {}

    static <T> T during(Supplier<T> work, Runnable onInterrupt) {
        Thread hook = Thread.ofPlatform().name("linkctl-interrupt").unstarted(onInterrupt);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.get();
        } finally {
            remove(hook);
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            waitForTheEnd();
        }
    }

    /** The process is ending: nothing more may be shown or done. Nobody wakes a thread that waits for itself. */
    private static void waitForTheEnd() {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package org.linkctl.cli.context;

import java.util.function.Supplier;

/** Runs an action on Ctrl-C (SIGINT) or SIGTERM while some work is under way. */
public final class InterruptHandler {
    private InterruptHandler() {}

    public static <T> T during(Supplier<T> work, Runnable onInterrupt) {
        Thread hook = Thread.ofPlatform().name("linkctl-interrupt").unstarted(onInterrupt);
        add(hook);
        try {
            return work.get();
        } finally {
            remove(hook);
        }
    }

    /** The next step of a playbook, say, does not begin once Ctrl-C has come. */
    private static void add(Thread hook) {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            waitForTheEnd();
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            waitForTheEnd();
        }
    }

    /** The process is ending: nothing more may be shown or done. A thread that joins itself waits for ever. */
    private static void waitForTheEnd() {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

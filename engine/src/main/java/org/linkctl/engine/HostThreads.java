package org.linkctl.engine;

import java.util.concurrent.ThreadFactory;

/**
 * Threads that read, write, wait and close for one host. Always platform threads: virtual threads share as many
 * carriers as there are cores, and one keeps its carrier until it blocks (JEP 444). A thread that reads from a host
 * which never stops sending does not block, so a few such hosts would starve all others, timers included.
 */
public final class HostThreads {
    private HostThreads() {}

    /** @param name as thread dumps show it, behind {@code linkctl-} */
    public static Thread start(String name, Runnable work) {
        Thread thread = factory(name).newThread(work);
        thread.start();
        return thread;
    }

    public static ThreadFactory factory(String name) {
        return Thread.ofPlatform().daemon().name("linkctl-" + name).factory();
    }
}

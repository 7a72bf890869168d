package org.linkctl.engine;

import java.util.concurrent.ThreadFactory;

/**
 * Threads that work for one host: they read, write, wait and close. Always platform threads. Virtual threads share as
 * many carriers as there are cores, and one keeps its carrier until it waits for something (JEP 444), which one that
 * reads from a host that never stops sending does not: a few such hosts would keep the threads of all others, timers
 * included, from running.
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

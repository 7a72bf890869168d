package org.linkctl.lab;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What must still be undone if this program is ended now, by Ctrl-C or otherwise. Use in a try block: at its end the
 * matter is settled and the action is forgotten, not run.
 */
final class OnExit implements AutoCloseable {
    private static final Set<OnExit> OPEN = ConcurrentHashMap.newKeySet();
    private static final AtomicBoolean HOOKED = new AtomicBoolean();

    private final Runnable action;

    private OnExit(Runnable action) {
        this.action = action;
    }

    static OnExit run(Runnable action) {
        OnExit guard = new OnExit(action);
        OPEN.add(guard);
        if (HOOKED.compareAndSet(false, true)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(OnExit::perform), "lab-cleanup"));
        }
        return guard;
    }

    private void perform() {
        try {
            action.run();
        } catch (RuntimeException e) {
            System.err.println("while cleaning up: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        OPEN.remove(this);
    }
}

package org.linkctl.lab;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Something that happens if the try block that it heads takes too long, such as closing what the block reads from. The
 * limit stretches where the machine is slow.
 */
final class OnTimeout implements AutoCloseable {
    private static final long LOOK_MILLIS = 200;

    private final CountDownLatch ended = new CountDownLatch(1);

    private OnTimeout(Patience patience, Runnable action) {
        Thread.ofVirtual().start(() -> {
            try {
                while (!ended.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    if (patience.over()) {
                        action.run();
                        return;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    static OnTimeout run(Patience patience, Runnable action) {
        return new OnTimeout(patience, action);
    }

    static OnTimeout run(Duration limit, Runnable action) {
        return run(Patience.of(limit), action);
    }

    @Override
    public void close() {
        ended.countDown();
    }
}

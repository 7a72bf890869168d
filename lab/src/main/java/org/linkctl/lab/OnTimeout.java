package org.linkctl.lab;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Something that happens if the try block that it heads takes too long, such as closing what the block reads from. */
final class OnTimeout implements AutoCloseable {
    private final CompletableFuture<Void> clock;

    private OnTimeout(CompletableFuture<Void> clock) {
        this.clock = clock;
    }

    static OnTimeout run(Duration limit, Runnable action) {
        return new OnTimeout(CompletableFuture.runAsync(
                action, CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS)));
    }

    @Override
    public void close() {
        clock.cancel(false);
    }
}

package org.linkctl.lab;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The one place that waits by asking again, for what sends no event. */
public final class Poll {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private Poll() {}

    /**
     * Asks until something is true.
     *
     * @param what what is waited for, for the error message
     * @param limit how long to go on asking
     * @param condition the question; asked at least once
     * @throws LabException if the limit passed first, or the thread was interrupted
     */
    public static void until(String what, Duration limit, BooleanSupplier condition) {
        boolean _ = untilPresent(what, limit, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /**
     * Asks until there is an answer.
     *
     * @param what what is waited for, for the error message
     * @param limit how long to go on asking
     * @param question asked at least once
     * @param <T> what the answer is
     * @return the first answer
     * @throws LabException if the limit passed first, or the thread was interrupted
     */
    public static <T> T untilPresent(String what, Duration limit, Supplier<Optional<T>> question) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<T> answer = question.get();
            if (answer.isPresent()) {
                return answer.get();
            }
            if (System.nanoTime() > deadline) {
                throw new LabException("waited " + limit.toSeconds() + " s in vain for: " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            if (Thread.currentThread().isInterrupted()) {
                throw new LabException("interrupted while waiting for: " + what);
            }
        }
    }
}

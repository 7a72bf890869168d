package org.linkctl.lab;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The one place that waits by asking again, for what sends no event. Limits stretch where the machine is slow. */
public final class Poll {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private Poll() {}

    /**
     * Asks until something is true.
     *
     * @param what what is waited for, for the error message
     * @param limit how long to go on asking on a machine that has nothing else to do
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
     * @param limit how long to go on asking on a machine that has nothing else to do
     * @param question asked at least once
     * @param <T> what the answer is
     * @return the first answer
     * @throws LabException if the limit passed first, or the thread was interrupted
     */
    public static <T> T untilPresent(String what, Duration limit, Supplier<Optional<T>> question) {
        return untilPresent(what, Patience.of(limit), question);
    }

    static <T> T untilPresent(String what, Patience patience, Supplier<Optional<T>> question) {
        while (true) {
            Optional<T> answer = question.get();
            if (answer.isPresent()) {
                return answer.get();
            }
            if (patience.over()) {
                throw new LabException("waited " + patience.told() + " in vain for: " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            if (Thread.currentThread().isInterrupted()) {
                throw new LabException("interrupted while waiting for: " + what);
            }
        }
    }
}

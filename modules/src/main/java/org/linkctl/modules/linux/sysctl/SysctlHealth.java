package org.linkctl.modules.linux.sysctl;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.spi.Finding;

/** What {@code linkctl verify} says of a kernel parameter. */
final class SysctlHealth {
    private SysctlHealth() {}

    static List<Finding> findings(SysctlWant want, SysctlModule.Facts have) {
        String subject = want.key().dotted();
        List<Finding> out = new ArrayList<>();
        if (!runs(want, have)) {
            String running = have.running() == null ? "is not there" : "is " + have.running();
            out.add(Finding.bad(subject, running + ", not " + want.value()));
        }
        if (!running(want, have).equals(want.value())) out.add(Finding.doubtful(subject, running(want, have)));
        if (want.needed() != null) {
            out.add(Finding.doubtful(
                    subject, "is " + want.value() + " as the inventory says; the rest of it needs " + want.needed()));
        }
        have.boot()
                .last(want.key())
                .filter(line ->
                        !line.file().equals(want.key().file()) && !want.value().equals(line.value()))
                .ifPresent(line -> out.add(Finding.doubtful(
                        subject,
                        "will be " + line.value() + " after a boot: " + line.file() + " comes after linkctl's")));
        return out.isEmpty() ? List.of(Finding.good(subject, "is " + want.value())) : out;
    }

    /** Where the greater value counts, it may be the other one that makes ours true. */
    static boolean runs(SysctlWant want, SysctlModule.Facts have) {
        String running = have.running();
        if (running == null) return false;
        return running.equals(want.value()) || greatest(running, have.all()).equals(want.value());
    }

    private static String greatest(String one, @Nullable String other) {
        if (other == null || !one.matches("[0-9]{1,3}") || !other.matches("[0-9]{1,3}")) return one;
        return Integer.valueOf(one).compareTo(Integer.valueOf(other)) < 0 ? other : one;
    }

    static String running(SysctlWant want, SysctlModule.Facts have) {
        String counts = greatest(want.value(), have.all());
        return counts.equals(want.value())
                ? want.value()
                : want.value() + " (no effect: " + counts + " for all interfaces is greater)";
    }
}

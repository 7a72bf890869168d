package org.linkctl.spread;

import org.jspecify.annotations.Nullable;

/**
 * By which member of its host's bond a tunnel is expected to leave.
 *
 * @param bond null where the host has none on the way
 * @param member an interface name where the kernel's order is known, else {@code #n}; null where it cannot be told
 * @param why why it cannot be told; empty where it can
 */
public record Departure(
        String tunnel,
        String host,
        @Nullable String bond,
        @Nullable String member,
        String why) {}

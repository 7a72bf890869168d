package org.linkctl.engine;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Pair;

/**
 * One of several runs that share the hosts of an inventory. A host's name alone decides which of them has it, so that it
 * stays where it is when others come or go; the hosts of a pair are always in one, which changes them one after the other.
 *
 * @param index from 1 to {@code count}
 */
public record Shard(int index, int count) {
    public Shard {
        if (index < 1 || index > count) throw new IllegalArgumentException("no shard " + index + " of " + count);
    }

    /** The names of those of these hosts that it has. */
    public Set<String> of(Fabric fabric, Collection<Host> hosts) {
        Set<String> out = new LinkedHashSet<>();
        for (Host host : hosts) {
            if (number(first(fabric, host.name())) == index) out.add(host.name());
        }
        return out;
    }

    /** CRC-32 (ISO 3309), since a hash of Java's own is as good as none for names that differ in a digit. */
    private int number(String name) {
        CRC32 sum = new CRC32();
        sum.update(name.getBytes(StandardCharsets.UTF_8));
        return (int) (sum.getValue() % count) + 1;
    }

    /** The name that stands for a host and those that it is paired with. */
    private static String first(Fabric fabric, String host) {
        return paired(fabric, Set.of(host)).getFirst();
    }

    /** These hosts and those that they are paired with, directly or by another one. */
    public static TreeSet<String> paired(Fabric fabric, Collection<String> hosts) {
        TreeSet<String> out = new TreeSet<>(hosts);
        boolean more = true;
        while (more) {
            more = false;
            for (Pair pair : fabric.pairs()) {
                if (pair.hosts().stream().anyMatch(out::contains)) more |= out.addAll(pair.hosts());
            }
        }
        return out;
    }
}

package org.linkctl.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Prefixes by which things are found that contain an address or overlap another prefix. Two prefixes are disjoint or one
 * contains the other, so that what contains one has one of its shorter forms, and what it contains stands next to it in
 * order: each question takes as many steps as there are prefix lengths, and one for each thing that is found.
 *
 * @param <T> what has a prefix
 */
public final class Prefixes<T> {
    private record Entry<T>(int order, T what) {}

    /** By the prefix without host bits. */
    private final NavigableMap<Cidr, List<Entry<T>>> byPrefix = new TreeMap<>();

    private final NavigableSet<Integer> lengthsV4 = new TreeSet<>();
    private final NavigableSet<Integer> lengthsV6 = new TreeSet<>();
    private int size;

    /** @param prefix with or without host bits */
    public void add(Cidr prefix, T what) {
        byPrefix.computeIfAbsent(prefix.network(), _ -> new ArrayList<>()).add(new Entry<>(size++, what));
        lengths(prefix).add(prefix.length());
    }

    /** What has a prefix that contains the address, in the order in which it was added. */
    public List<T> containing(Ip address) {
        List<Entry<T>> out = new ArrayList<>();
        around(Cidr.host(address), out);
        return inOrder(out);
    }

    /** Whether anything contains the address. */
    public boolean contain(Ip address) {
        Cidr host = Cidr.host(address);
        for (int length : lengths(host)) if (byPrefix.containsKey(new Cidr(address, length).network())) return true;
        return false;
    }

    /** What has a prefix that contains this one, is contained in it or equal, in the order in which it was added. */
    public List<T> overlapping(Cidr prefix) {
        List<Entry<T>> out = new ArrayList<>();
        around(prefix, out);
        within(prefix, false, out);
        return inOrder(out);
    }

    /** What has a prefix that is contained in this one or equal, in the order in which it was added. */
    public List<T> within(Cidr prefix) {
        List<Entry<T>> out = new ArrayList<>();
        within(prefix, true, out);
        return inOrder(out);
    }

    private NavigableSet<Integer> lengths(Cidr prefix) {
        return prefix.isV6() ? lengthsV6 : lengthsV4;
    }

    /** With the same prefix, or one that contains it. */
    private void around(Cidr prefix, List<Entry<T>> out) {
        for (int length : lengths(prefix).headSet(prefix.length(), true)) {
            out.addAll(byPrefix.getOrDefault(new Cidr(prefix.address(), length).network(), List.of()));
        }
    }

    /** @param equal the prefix itself counts, too */
    private void within(Cidr prefix, boolean equal, List<Entry<T>> out) {
        // The order is that of addresses, then of lengths: what a prefix contains follows it.
        for (Map.Entry<Cidr, List<Entry<T>>> each :
                byPrefix.tailMap(prefix.network(), equal).entrySet()) {
            if (!prefix.contains(each.getKey().address())) return;
            out.addAll(each.getValue());
        }
    }

    private static <T> List<T> inOrder(List<Entry<T>> found) {
        found.sort((one, other) -> Integer.compare(one.order(), other.order()));
        return found.stream().map(Entry::what).toList();
    }
}

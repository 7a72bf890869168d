package org.linkctl.net;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A set of addresses of one family, as ranges that neither meet nor adjoin, in ascending order. */
public final class IpSet {
    private record Range(BigInteger first, BigInteger last) {}

    private final boolean v6;
    private final List<Range> ranges;

    private IpSet(boolean v6, List<Range> ranges) {
        this.v6 = v6;
        this.ranges = List.copyOf(ranges);
    }

    /** The addresses of those prefixes that are of the family. */
    public static IpSet of(Collection<Cidr> prefixes, boolean v6) {
        List<Range> ranges = prefixes.stream()
                .filter(prefix -> prefix.isV6() == v6)
                .map(IpSet::range)
                .sorted(Comparator.comparing(Range::first))
                .toList();
        return new IpSet(v6, joined(ranges));
    }

    /** Every address of the family. */
    public static IpSet any(boolean v6) {
        return new IpSet(v6, List.of(new Range(BigInteger.ZERO, power(bits(v6)).subtract(BigInteger.ONE))));
    }

    private static Range range(Cidr prefix) {
        int host = bits(prefix.isV6()) - prefix.length();
        BigInteger first =
                new BigInteger(1, prefix.address().bytes()).shiftRight(host).shiftLeft(host);
        return new Range(first, first.add(power(host)).subtract(BigInteger.ONE));
    }

    private static int bits(boolean v6) {
        return v6 ? 128 : 32;
    }

    private static BigInteger power(int exponent) {
        return BigInteger.ONE.shiftLeft(exponent);
    }

    /** Ranges in ascending order, where those that meet or adjoin are one. */
    private static List<Range> joined(List<Range> ranges) {
        List<Range> out = new ArrayList<>();
        for (Range next : ranges) {
            Range before = out.isEmpty() ? null : out.getLast();
            if (before == null || next.first().compareTo(before.last().add(BigInteger.ONE)) > 0) out.add(next);
            else out.set(out.size() - 1, new Range(before.first(), before.last().max(next.last())));
        }
        return out;
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** What is in both. */
    public IpSet and(IpSet other) {
        List<Range> out = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (v6 == other.v6 && i < ranges.size() && j < other.ranges.size()) {
            Range one = ranges.get(i);
            Range two = other.ranges.get(j);
            BigInteger first = one.first().max(two.first());
            BigInteger last = one.last().min(two.last());
            if (first.compareTo(last) <= 0) out.add(new Range(first, last));
            if (one.last().compareTo(two.last()) < 0) i++;
            else j++;
        }
        return new IpSet(v6, out);
    }

    /** What is in one of them, or in both. */
    public IpSet or(IpSet other) {
        List<Range> all = Stream.concat(ranges.stream(), other.ranges.stream())
                .sorted(Comparator.comparing(Range::first))
                .toList();
        return new IpSet(v6, joined(all));
    }

    /** What is in this one, and not in the other. */
    public IpSet without(IpSet other) {
        List<Range> rest = new ArrayList<>();
        BigInteger next = BigInteger.ZERO;
        for (Range range : other.ranges) {
            if (next.compareTo(range.first()) < 0)
                rest.add(new Range(next, range.first().subtract(BigInteger.ONE)));
            next = range.last().add(BigInteger.ONE);
        }
        BigInteger end = power(bits(v6));
        if (next.compareTo(end) < 0) rest.add(new Range(next, end.subtract(BigInteger.ONE)));
        return and(new IpSet(v6, rest));
    }

    public boolean meets(IpSet other) {
        return !and(other).isEmpty();
    }

    public boolean contains(IpSet other) {
        return and(other).ranges.equals(other.ranges);
    }

    /** How this one lies to another one. */
    public Relation to(IpSet other) {
        if (!meets(other)) return Relation.APART;
        boolean in = other.contains(this);
        boolean around = contains(other);
        if (in && around) return Relation.EQUAL;
        return in ? Relation.NARROWER : around ? Relation.WIDER : Relation.CROSSING;
    }

    /** The same as prefixes, as few as there can be, in ascending order. */
    public List<Cidr> prefixes() {
        List<Cidr> out = new ArrayList<>();
        for (Range range : ranges) {
            BigInteger first = range.first();
            while (first.compareTo(range.last()) <= 0) {
                int host = first.signum() == 0 ? bits(v6) : Math.min(first.getLowestSetBit(), bits(v6));
                while (first.add(power(host)).subtract(BigInteger.ONE).compareTo(range.last()) > 0) host--;
                out.add(new Cidr(Ip.of(first.toByteArray(), v6), bits(v6) - host));
                first = first.add(power(host));
            }
        }
        return out;
    }
}

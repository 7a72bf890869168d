package org.linkctl.net;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An address with a prefix length, as in {@code 10.2.3.4/24}: an interface's address, or, with no host bits, a prefix.
 *
 * @param length in bits: 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Cidr(Ip address, int length) implements Comparable<Cidr> {
    /** Of IPv4-mapped addresses, {@code ::ffff:0:0/96} (RFC 4291, section 2.5.5.2). */
    public static final Cidr V4_MAPPED = new Cidr(Ip.v6(0, 0xffffL << 32), 96);

    /** All addresses of a family: {@code 0.0.0.0/0} and {@code ::/0}. */
    public static final List<Cidr> ANY = List.of(new Cidr(Ip.v4(0), 0), new Cidr(Ip.v6(0, 0), 0));

    /** Empty where the text is no address, or has no prefix length. */
    public static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) return Optional.empty();
        Optional<Ip> address = Ip.parse(text.substring(0, slash));
        String length = text.substring(slash + 1);
        if (address.isEmpty() || !isNumber(length)) return Optional.empty();
        int bits = Integer.parseInt(length);
        return bits > (address.get().isV6() ? 128 : 32) ? Optional.empty() : Optional.of(new Cidr(address.get(), bits));
    }

    /** Without a leading zero, and short enough to be read. */
    private static boolean isNumber(String text) {
        if (text.isEmpty() || text.length() > 3) return false;
        for (int i = 0; i < text.length(); i++) if (text.charAt(i) < '0' || text.charAt(i) > '9') return false;
        return text.length() == 1 || text.charAt(0) != '0';
    }

    /** @throws IllegalArgumentException where the text is none; for texts that were checked before */
    public static Cidr of(String text) {
        return parse(text)
                .orElseThrow(() -> new IllegalArgumentException("not an address with a prefix length: '" + text + "'"));
    }

    /** The prefix of one address: /32 or /128. */
    public static Cidr host(Ip address) {
        return new Cidr(address, address.isV6() ? 128 : 32);
    }

    public boolean isV6() {
        return address.isV6();
    }

    /** The same with the host bits cleared. */
    public Cidr network() {
        if (isNetwork()) return this;
        return new Cidr(isV6() ? Ip.v6(highOf(address), lowOf(address)) : Ip.v4(lowOf(address)), length);
    }

    public boolean isNetwork() {
        return highOf(address) == address.high() && lowOf(address) == address.low();
    }

    /** The upper 64 bits of an address of this family, with what is behind this prefix length cleared. */
    private long highOf(Ip one) {
        if (!one.isV6() || length == 0) return 0;
        return length >= 64 ? one.high() : one.high() & -1L << (64 - length);
    }

    /** The lower 64 bits, which are 32 for IPv4, likewise. */
    private long lowOf(Ip one) {
        int kept = one.isV6() ? length - 64 : length + 32;
        return kept <= 0 ? 0 : kept >= 64 ? one.low() : one.low() & -1L << (64 - kept);
    }

    /** The IPv4 address or prefix that an IPv4-mapped one stands for; empty for any other. */
    public Optional<Cidr> unmapped() {
        if (!address.isV4Mapped() || length < 96) return Optional.empty();
        return Optional.of(new Cidr(Ip.v4(address.low()), length - 96));
    }

    public boolean contains(Ip other) {
        return other.isV6() == isV6() && highOf(other) == highOf(address) && lowOf(other) == lowOf(address);
    }

    public boolean contains(Cidr other) {
        return other.length >= length && contains(other.address);
    }

    public boolean overlaps(Cidr other) {
        return contains(other) || other.contains(this);
    }

    /** The prefix of the given length that lies {@code index} such prefixes into this one; empty past its end. */
    public Optional<Cidr> subnet(int bits, long index) {
        int host = (isV6() ? 128 : 32) - bits;
        if (bits < length || (bits - length < 63 && index >= (1L << (bits - length)))) return Optional.empty();
        long low = host < 64 ? index << host : 0;
        long high = host == 0 ? 0 : host < 64 ? index >>> (64 - host) : index << (host - 64);
        return Optional.of(new Cidr(plus(high, low), bits));
    }

    /** The address that lies {@code offset} addresses into this prefix, with this prefix length. */
    public Cidr at(long offset) {
        return new Cidr(plus(0, offset), length);
    }

    /** The first address of this prefix, and 128 bits added to it. */
    private Ip plus(long high, long low) {
        long sum = lowOf(address) + low;
        if (!isV6()) return Ip.v4(sum);
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        return Ip.v6(highOf(address) + high + carry, sum);
    }

    // By hand as in Place, for the sake of each start.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cidr cidr && length == cidr.length && address.equals(cidr.address);
    }

    @Override
    public int hashCode() {
        return address.hashCode() * 31 + length;
    }

    @Override
    public int compareTo(Cidr other) {
        int byAddress = address.compareTo(other.address);
        return byAddress != 0 ? byAddress : Integer.compare(length, other.length);
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}

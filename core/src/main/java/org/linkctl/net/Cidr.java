package org.linkctl.net;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.util.Optional;

/**
 * An address with a prefix length, as in {@code 10.2.3.4/24}: an interface's address, or, with no host bits, a prefix.
 *
 * @param length in bits: 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Cidr(Ip address, int length) implements Comparable<Cidr> {
    /** Empty where the text is no address, or has no prefix length. */
    public static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) return Optional.empty();
        Optional<Ip> address = Ip.parse(text.substring(0, slash));
        String length = text.substring(slash + 1);
        if (address.isEmpty() || !length.matches("0|[1-9][0-9]{0,2}")) return Optional.empty();
        int bits = Integer.parseInt(length);
        return bits > (address.get().isV6() ? 128 : 32) ? Optional.empty() : Optional.of(new Cidr(address.get(), bits));
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
        return new Cidr(Ip.of(address.address().toPrefixBlock(length).getLower()), length);
    }

    public boolean isNetwork() {
        return equals(network());
    }

    /** The IPv4 address or prefix that an IPv4-mapped one stands for; empty for any other. */
    public Optional<Cidr> unmapped() {
        if (!address.isV4Mapped() || length < 96) return Optional.empty();
        Ip plain = Ip.of(address.address().toIPv6().getEmbeddedIPv4Address());
        return Optional.of(new Cidr(plain, length - 96));
    }

    public boolean contains(Ip other) {
        return other.isV6() == isV6() && block().contains(other.address());
    }

    public boolean contains(Cidr other) {
        return other.isV6() == isV6() && other.length >= length && block().contains(other.address.address());
    }

    public boolean overlaps(Cidr other) {
        return contains(other) || other.contains(this);
    }

    /** The prefix of the given length that lies {@code index} such prefixes into this one; empty past its end. */
    public Optional<Cidr> subnet(int bits, long index) {
        IPAddress first = new IPAddressString(network().address.text()).getAddress();
        int host = (isV6() ? 128 : 32) - bits;
        if (bits < length || (bits - length < 63 && index >= (1L << (bits - length)))) return Optional.empty();
        IPAddress start = index == 0
                ? first
                : first.increment(Math.multiplyExact(index, host < 62 ? 1L << host : Long.MAX_VALUE));
        return start == null ? Optional.empty() : Optional.of(new Cidr(Ip.of(start), bits));
    }

    /** The address that lies {@code offset} addresses into this prefix, with this prefix length. */
    public Cidr at(long offset) {
        return new Cidr(Ip.of(network().address.address().increment(offset)), length);
    }

    private IPAddress block() {
        return address.address().toPrefixBlock(length);
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

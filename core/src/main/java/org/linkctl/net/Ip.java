package org.linkctl.net;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressNetwork.IPAddressGenerator;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One IPv4 or IPv6 address, without a prefix length. Its text was parsed once: what is asked of it afterwards is
 * computed from its bits.
 */
public final class Ip implements Comparable<Ip> {
    /** Dotted quads and RFC 4291 text only: none of the octal, hexadecimal or shortened forms inet_aton(3) takes. */
    static final IPAddressStringParameters STRICT = new IPAddressStringParameters.Builder()
            .allowAll(false)
            .allowEmpty(false)
            .allowPrefix(true)
            .allowMask(false)
            .allowPrefixOnly(false)
            .allowWildcardedSeparator(false)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(false)
            .allowLeadingZeros(false)
            .setRangeOptions(inet.ipaddr.AddressStringParameters.RangeParameters.NO_RANGE)
            .getParentBuilder()
            .getIPv6AddressParametersBuilder()
            .allowZone(false)
            .allowBase85(false)
            .setRangeOptions(inet.ipaddr.AddressStringParameters.RangeParameters.NO_RANGE)
            .getParentBuilder()
            .toParams();

    /** The upper 16 of the lower 64 bits of an IPv4-mapped address, with the bits of the IPv4 address behind them. */
    private static final long MAPPED = 0xffffL;

    /** Null until somebody asks for it. */
    private @Nullable String text;

    private final boolean v6;
    /** The upper 64 bits; 0 for IPv4. */
    private final long high;
    /** The lower 64 bits; those of IPv4 are the lowest 32. */
    private final long low;

    private Ip(@Nullable String text, boolean v6, long high, long low) {
        this.text = text;
        this.v6 = v6;
        this.high = high;
        this.low = low;
    }

    /** Empty where the text is no address, or says more than one. */
    public static Optional<Ip> parse(String text) {
        Ip quad = quad(text);
        if (quad != null) return Optional.of(quad);
        if (!mayBeAddress(text)) return Optional.empty();
        IPAddress address = new IPAddressString(text, STRICT).getAddress();
        return address == null || address.isPrefixed() || address.isMultiple()
                ? Optional.empty()
                : Optional.of(of(address));
    }

    /** For texts that were checked before.
     *
     * @throws IllegalArgumentException where the text is no address
     */
    public static Ip of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("not an address: '" + text + "'"));
    }

    /** Host names, which are asked for as often as addresses, and blanks. */
    private static boolean mayBeAddress(String text) {
        if (text.indexOf(':') < 0 || text.length() > 50) return false; // an IPv4 address was read before
        return text.equals(text.strip());
    }

    /** Four decimal numbers without leading zeros, which is also their canonical form; null: it is something else. */
    private static @Nullable Ip quad(String text) {
        int length = text.length();
        if (length < 7 || length > 15) return null;
        long bits = 0;
        int octet = -1;
        int dots = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == '.') {
                if (octet < 0 || ++dots > 3) return null;
                bits = bits << 8 | octet;
                octet = -1;
            } else {
                if (c < '0' || c > '9' || octet == 0) return null;
                octet = octet < 0 ? c - '0' : octet * 10 + c - '0';
                if (octet > 255) return null;
            }
        }
        return dots == 3 && octet >= 0 ? new Ip(text, false, 0, bits << 8 | octet) : null;
    }

    /** @param value unsigned, in network order, with as many leading zeros as there are */
    static Ip of(byte[] value, boolean v6) {
        byte[] bytes = new byte[v6 ? 16 : 4];
        int length = Math.min(value.length, bytes.length);
        System.arraycopy(value, value.length - length, bytes, bytes.length - length, length);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return v6 ? v6(buffer.getLong(), buffer.getLong()) : v4(Integer.toUnsignedLong(buffer.getInt()));
    }

    /** @param bits the lowest 32 of them */
    static Ip v4(long bits) {
        String text =
                (bits >>> 24 & 0xff) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
        return new Ip(text, false, 0, bits & 0xffff_ffffL);
    }

    static Ip v6(long high, long low) {
        return new Ip(null, true, high, low);
    }

    static Ip of(IPAddress address) {
        IPAddress plain = address.withoutPrefixLength();
        return of(plain.getBytes(), plain.isIPv6());
    }

    /** RFC 5952; IPv4-mapped ones in mixed notation: section 5. */
    private static String text(IPAddress plain) {
        boolean mapped = plain.isIPv6() && plain.toIPv6().isIPv4Mapped();
        return mapped ? plain.toIPv6().toMixedString() : plain.toCanonicalString();
    }

    /** The canonical form (RFC 5952 for IPv6). */
    public String text() {
        String known = text;
        if (known == null) text = known = text(new IPAddressGenerator().from(bytes())); // of IPv6 alone
        return known;
    }

    public boolean isV6() {
        return v6;
    }

    /** An IPv4 address in IPv6's clothes, {@code ::ffff:0:0/96} (RFC 4291, section 2.5.5.2): a host means IPv4 by it. */
    public boolean isV4Mapped() {
        return v6 && high == 0 && low >>> 32 == MAPPED;
    }

    /** 4 or 16 bytes in network order. */
    public byte[] bytes() {
        return v6
                ? ByteBuffer.allocate(16).putLong(high).putLong(low).array()
                : ByteBuffer.allocate(4).putInt((int) low).array();
    }

    long high() {
        return high;
    }

    long low() {
        return low;
    }

    /** IPv4 before IPv6, then by number. */
    @Override
    public int compareTo(Ip other) {
        if (v6 != other.v6) return v6 ? 1 : -1;
        int upper = Long.compareUnsigned(high, other.high);
        return upper != 0 ? upper : Long.compareUnsigned(low, other.low);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Ip ip && v6 == ip.v6 && high == ip.high && low == ip.low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high * 31 + low) * 31 + (v6 ? 1 : 0);
    }

    @Override
    public String toString() {
        return text();
    }
}

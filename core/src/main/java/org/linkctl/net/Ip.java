package org.linkctl.net;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.util.Optional;

/**
 * One IPv4 or IPv6 address, without a prefix length.
 *
 * @param text the canonical form (RFC 5952 for IPv6), so that equal addresses are equal records
 */
public record Ip(String text) implements Comparable<Ip> {
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

    /** Empty where the text is no address, or says more than one. */
    public static Optional<Ip> parse(String text) {
        if (!text.equals(text.strip())) return Optional.empty();
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

    /** @param value unsigned, in network order, with as many leading zeros as there are */
    static Ip of(byte[] value, boolean v6) {
        byte[] bytes = new byte[v6 ? 16 : 4];
        int length = Math.min(value.length, bytes.length);
        System.arraycopy(value, value.length - length, bytes, bytes.length - length, length);
        return of(new inet.ipaddr.IPAddressNetwork.IPAddressGenerator().from(bytes));
    }

    static Ip of(IPAddress address) {
        IPAddress plain = address.withoutPrefixLength();
        boolean mapped = plain.isIPv6() && plain.toIPv6().isIPv4Mapped(); // in mixed notation: RFC 5952, section 5
        return new Ip(mapped ? plain.toIPv6().toMixedString() : plain.toCanonicalString());
    }

    public boolean isV6() {
        return text.indexOf(':') >= 0;
    }

    /** An IPv4 address in IPv6's clothes, {@code ::ffff:0:0/96} (RFC 4291, section 2.5.5.2): a host means IPv4 by it. */
    public boolean isV4Mapped() {
        return isV6() && address().toIPv6().isIPv4Mapped();
    }

    /** 4 or 16 bytes in network order. */
    public byte[] bytes() {
        return address().getBytes();
    }

    IPAddress address() {
        return new IPAddressString(text).getAddress();
    }

    @Override
    public int compareTo(Ip other) {
        return address().compareTo(other.address());
    }

    @Override
    public String toString() {
        return text;
    }
}

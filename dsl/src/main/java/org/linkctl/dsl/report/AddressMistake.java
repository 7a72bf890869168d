package org.linkctl.dsl.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/**
 * Explains why a text is not an address with a prefix length.
 *
 * @param meant the address that was probably meant; null where none is similar
 */
public record AddressMistake(String detail, @Nullable String meant) {
    private static final String FORM = "for instance '10.2.3.4/24' or 'fd00:a::4/64'";

    /** @param prefix whether a prefix is expected, with no bit set after its length */
    public static AddressMistake of(String text, boolean prefix) {
        int slash = text.indexOf('/');
        List<String> parts = List.of(text.strip().split("[,\\s]+"));
        if (parts.size() > 1 && parts.stream().allMatch(part -> Cidr.parse(part).isPresent())) {
            return new AddressMistake("several are a list: ['" + String.join("', '", parts) + "']", null);
        }
        if (slash < 0) return unended(text, prefix);
        Optional<Ip> address = Ip.parse(text.substring(0, slash).strip());
        if (address.isEmpty()) return new AddressMistake(FORM, null);
        int most = address.get().isV6() ? 128 : 32;
        Optional<Cidr> meant = length(text.substring(slash + 1).strip(), most)
                .flatMap(length -> Cidr.parse(address.get() + "/" + length));
        String family = address.get().isV6() ? "IPv6" : "IPv4";
        String detail = "the prefix length is a number from 0 to " + most + " for " + family
                + ", without blanks or zeros before it";
        return new AddressMistake(detail, meant.map(cidr -> shown(cidr, prefix)).orElse(null));
    }

    private static AddressMistake unended(String text, boolean prefix) {
        Optional<Ip> address = Ip.parse(text.strip());
        if (address.isEmpty()) return new AddressMistake(FORM, null);
        Cidr likely = Cidr.of(address.get() + (address.get().isV6() ? "/64" : "/24"));
        return new AddressMistake("its prefix length is missing", shown(likely, prefix));
    }

    private static String shown(Cidr cidr, boolean prefix) {
        return (prefix ? cidr.network() : cidr).toString();
    }

    /** A prefix length that is written with leading zeros, or as a netmask. */
    private static Optional<Integer> length(String text, int most) {
        if (text.matches("[0-9]{1,9}")) {
            return Optional.of(Integer.parseInt(text)).filter(length -> length <= most);
        }
        return IntStream.rangeClosed(1, 32)
                .filter(length -> most == 32 && mask(length).equals(text))
                .boxed()
                .findFirst();
    }

    private static String mask(int length) {
        int bits = -1 << (32 - length);
        return (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
    }
}

package org.linkctl.dsl.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
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
    private static final String MISSING = "its prefix length is missing";
    private static final String ZONES = "an address has no zone here: its word says which interface it is on";
    private static final String LEADING =
            "no part of an IPv4 address has a 0 before it: some programs would read it as octal";
    private static final String FORM = "for instance '10.2.3.4/24' or 'fd00:a::4/64'";
    private static final String PREFIX_FORM = "for instance '10.2.3.0/24' or 'fd00:a::/64'";

    private static final Cidr LINK_LOCAL = Cidr.of("fe80::/10");
    private static final Pattern ZONE = Pattern.compile("%[^/]*");
    private static final Pattern ZEROS = Pattern.compile("(?<![0-9])0+(?=[0-9])");
    private static final Pattern IPV4 = Pattern.compile("[0-9]+(?:\\.[0-9]+){3}(?:/.*)?");

    /** What other tools call all addresses. */
    private static final Set<String> ALL = Set.of("any", "all", "default", "*", "0/0");

    /**
     * @param prefix whether a prefix is expected, with no bit set after its length
     * @param nets addresses with lengths, one of which the text may belong to
     * @param length of an IPv4 address that none of these has, beside the one of IPv6; 0 where none is likely
     */
    public static AddressMistake of(String text, boolean prefix, List<Cidr> nets, int length, int length6) {
        String bare = text.strip();
        List<String> parts = List.of(bare.split("[,\\s]+"));
        if (parts.size() > 1 && parts.stream().allMatch(part -> Cidr.parse(part).isPresent())) {
            return new AddressMistake("several are a list: ['" + String.join("', '", parts) + "']", null);
        }
        String plain = plain(bare);
        if (!plain.equals(bare)) {
            String detail = bare.contains("%") ? ZONES : LEADING;
            if (isLinkLocal(plain)) return new AddressMistake(detail, null);
            Cidr whole = Cidr.parse(plain).orElse(null);
            String meant = whole != null
                    ? shown(whole, prefix)
                    : unended(plain, prefix, nets, length, length6).meant();
            return new AddressMistake(detail, meant);
        }
        int slash = text.indexOf('/');
        if (slash < 0) return unended(text, prefix, nets, length, length6);
        Optional<Ip> address = Ip.parse(text.substring(0, slash).strip());
        if (address.isEmpty()) return new AddressMistake(form(prefix), null);
        int most = address.get().isV6() ? 128 : 32;
        Optional<Cidr> meant = length(text.substring(slash + 1).strip(), most)
                .flatMap(found -> Cidr.parse(address.get() + "/" + found));
        String family = address.get().isV6() ? "IPv6" : "IPv4";
        String detail = "the prefix length is a number from 0 to " + most + " for " + family
                + ", without blanks or zeros before it";
        return new AddressMistake(detail, meant.map(cidr -> shown(cidr, prefix)).orElse(null));
    }

    /** Why a text is no address, where one stands without a prefix length. */
    public static AddressMistake ofAlone(String text) {
        String bare = text.strip();
        String plain = plain(bare);
        int slash = plain.indexOf('/');
        String address = Ip.parse(slash < 0 ? plain : plain.substring(0, slash))
                .filter(_ -> !plain.equals(bare) || slash >= 0 || !bare.equals(text))
                .map(Ip::text)
                .orElse(null);
        String detail = !plain.equals(bare)
                ? bare.contains("%") ? ZONES : LEADING
                : address != null && slash >= 0 ? "here an address has no prefix length" : "";
        return new AddressMistake(detail, isLinkLocal(plain) && bare.contains("%") ? null : address);
    }

    /**
     * Why a text is neither an address nor one with a prefix length, where both may stand.
     *
     * @param prefix whether a prefix is expected, with no bit set after its length
     */
    public static AddressMistake ofEither(String text, boolean prefix) {
        return Ip.parse(plain(text.strip())).isPresent() ? ofAlone(text) : of(text, prefix, List.of(), 0, 0);
    }

    /** Whether every address there is was meant, in the word of another tool. */
    public static boolean isAll(String text) {
        return ALL.contains(text.strip().toLowerCase(Locale.ROOT));
    }

    /**
     * An address without its zone (RFC 4007, section 11: of use on the very host alone), and without a 0 before a part
     * of an IPv4 address (RFC 6943, section 3.1.1: some read it as octal).
     */
    private static String plain(String text) {
        String unzoned = ZONE.matcher(text).replaceAll("");
        if (Ip.parse(unzoned.replaceFirst("/.*", "")).isEmpty()
                && !IPV4.matcher(unzoned).matches()) return text;
        if (!IPV4.matcher(unzoned).matches()) return unzoned;
        int slash = unzoned.indexOf('/');
        String address = slash < 0 ? unzoned : unzoned.substring(0, slash);
        return ZEROS.matcher(address).replaceAll("") + (slash < 0 ? "" : unzoned.substring(slash));
    }

    private static boolean isLinkLocal(String text) {
        return Ip.parse(text.replaceFirst("/.*", ""))
                .filter(LINK_LOCAL::contains)
                .isPresent();
    }

    private static AddressMistake unended(String text, boolean prefix, List<Cidr> nets, int length, int length6) {
        Optional<Ip> address = Ip.parse(text.strip());
        if (address.isEmpty()) return new AddressMistake(form(prefix), null);
        Ip ip = address.get();
        List<Cidr> family = nets.stream().filter(net -> net.isV6() == ip.isV6()).toList();
        Optional<Cidr> around = family.stream().filter(net -> net.contains(ip)).findFirst();
        int likely = around.map(Cidr::length).orElse(ip.isV6() ? length6 : length);
        if (around.isEmpty() && (!family.isEmpty() || likely == 0)) return new AddressMistake(MISSING, null);
        return new AddressMistake(MISSING, shown(new Cidr(ip, likely), prefix));
    }

    private static String form(boolean prefix) {
        return prefix ? PREFIX_FORM : FORM;
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

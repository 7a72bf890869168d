package org.linkctl.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.net.Ip;

/**
 * Where an end is found that linkctl does not configure, as wg(8) writes it: {@code vendor.example:51820}, {@code
 * [2001:db8::1]:51820}.
 *
 * @param host an address or a name
 * @param port UDP port
 */
public record Endpoint(String host, int port) {
    private static final Pattern FORM = Pattern.compile("(?:\\[([^\\[\\]]+)]|([^:\\[\\]]+)):([0-9]{1,5})");

    /** Nothing where it has no port, or the address is not in the brackets that IPv6 needs. */
    public static Optional<Endpoint> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) return Optional.empty();
        String bracketed = parts.group(1);
        String host = bracketed == null ? parts.group(2) : bracketed;
        int port = Integer.parseInt(parts.group(3));
        if (port < 1 || port > 65_535) return Optional.empty();
        if (bracketed != null && Ip.parse(bracketed).filter(Ip::isV6).isEmpty()) return Optional.empty();
        return Optional.of(new Endpoint(host, port));
    }
}

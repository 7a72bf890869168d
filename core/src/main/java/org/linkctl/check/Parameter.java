package org.linkctl.check;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Sysctl;

/**
 * A kernel parameter of Linux that is there for each interface (ip-sysctl.rst, conf/interface).
 *
 * @param v6 below net.ipv6, not net.ipv4
 * @param device an interface; {@link #ALL}, or {@link #LATER} for those that are made later
 * @param name such as {@code forwarding}
 */
record Parameter(boolean v6, String device, String name) {
    static final String ALL = "all";
    static final String LATER = "default";

    /** A dot in the interface's name is written as a slash (sysctl(8)). */
    private static final Pattern CONF = Pattern.compile("net\\.ipv([46])\\.conf\\.([^.]+)\\.([^.]+)");

    private static final Pattern NUMBER = Pattern.compile("-?(?:0[xX][0-9a-fA-F]{1,8}|0[0-7]{0,10}|[1-9][0-9]{0,9})");

    static Optional<Parameter> of(String key) {
        Matcher match = CONF.matcher(key);
        if (!match.matches()) return Optional.empty();
        String device = match.group(2).replace('/', '.');
        return Optional.of(new Parameter(match.group(1).equals("6"), device, match.group(3)));
    }

    static boolean isNumber(String value) {
        return NUMBER.matcher(value).matches();
    }

    /** Whether a value is the number 0, as the kernel reads it: octal and hexadecimal as in C (kernel/sysctl.c). */
    static boolean isOff(String value) {
        return isNumber(value) && Long.decode(value) == 0;
    }

    /** Whether it is another number. */
    static boolean isOn(String value) {
        return isNumber(value) && Long.decode(value) != 0;
    }

    /** What the inventory says of this one. */
    Optional<Sysctl> on(Fabric fabric, Host host) {
        return fabric.of(Sysctl.class, host).stream()
                .filter(sysctl -> of(sysctl.key()).filter(this::equals).isPresent())
                .findFirst();
    }

    /**
     * What counts for this interface of those that are set for it, for all, and for what is made later.
     *
     * @param made linkctl makes the interface, after those for all were set
     */
    Optional<Sysctl> counts(Fabric fabric, Host host, boolean made) {
        return Stream.of(device, made ? LATER : ALL, made ? ALL : LATER)
                .flatMap(one -> new Parameter(v6, one, name).on(fabric, host).stream())
                .findFirst();
    }
}

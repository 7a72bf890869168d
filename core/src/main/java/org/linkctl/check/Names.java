package org.linkctl.check;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.net.Ip;

/** What names may look like: everything that reaches a file name, a configuration file or a command on a host. */
public final class Names {
    /** The longest interface name: IFNAMSIZ is 16 with the final NUL (linux/if.h; FreeBSD net/if.h). */
    public static final int INTERFACE_LENGTH = 15;

    /** What {@link #isName} asks for. */
    public static final String NAME_RULE =
            "letters, digits, '_', '.' and '-', the first a letter or a digit, 63 characters at most";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");
    private static final Pattern INTERFACE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.=+-]{0,14}");
    /** These mean something else below /proc/sys/net and /sys/class/net. */
    private static final Set<String> RESERVED = Set.of("all", "default", "lo", "bonding_masters");

    private static final Pattern FREEBSD_LOOPBACK = Pattern.compile("lo[0-9]+");
    private static final Pattern FREEBSD_OWN = Pattern.compile("(?:pfsync|pflog|enc|ipfw|usbus|carp)[0-9]*");

    private static final Pattern SYSCTL = Pattern.compile("[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*)+");
    private static final Pattern PRINTABLE = Pattern.compile("[!-~](?:[ -~]*[!-~])?");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
    private static final int LONGEST_SHOWN = 60;

    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*");

    /** Of a name of a file or of an item there are 255 characters at most nearly everywhere. */
    private static final int LONGEST_SECRET = 200;

    private Names() {}

    /** Of a fabric, site or host. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** A name for a fabric, site or host that is like a text which is none; null where nothing is left of it. */
    public static @Nullable String nameLike(String text) {
        String name = text.strip().replaceAll("[^A-Za-z0-9_.-]+", "-").replaceAll("^[^A-Za-z0-9]+|-+$", "");
        return isName(name) && !name.equals(text) ? name : null;
    }

    /** Narrower than the kernel (dev_valid_name in net/core/dev.c) and as wg-quick(8) wants it, so that it needs no quotes. */
    public static boolean isInterface(String text) {
        return INTERFACE.matcher(text).matches();
    }

    /** Whether the kernel means something of its own by it. */
    public static boolean isReserved(String name) {
        return RESERVED.contains(name);
    }

    /** Whether an interface of that name leads back to the host itself: lo(4) on FreeBSD. */
    public static boolean isLoopback(String name, Os os) {
        return os == Os.FREEBSD ? FREEBSD_LOOPBACK.matcher(name).matches() : name.equals("lo");
    }

    /**
     * Whether FreeBSD's kernel has it for itself: pfsync(4), pflog(4), enc(4), usbus(4); carp(4) has been no interface
     * since 10.0.
     */
    static boolean isFreebsdOwn(String name) {
        return FREEBSD_OWN.matcher(name).matches();
    }

    /** The first name of a word and a number that is not taken. */
    static String free(String word, Collection<String> taken) {
        return IntStream.iterate(0, number -> number + 1)
                .mapToObj(number -> word + number)
                .filter(name -> !taken.contains(name))
                .findFirst()
                .orElseThrow();
    }

    /** What stands before the number of a VLAN, as in {@code bond0.100}. */
    static Optional<String> parent(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? Optional.of(name.substring(0, dot)) : Optional.empty();
    }

    /** With dots between the parts; a slash stands for a dot within a part (sysctl(8)). */
    public static boolean isSysctl(String key) {
        return SYSCTL.matcher(key).matches();
    }

    /** A kernel parameter's name that begins with a slash between its parts, as sysctl(8) prints it; another one as it is. */
    static String dotted(String key) {
        int slash = key.indexOf('/');
        int dot = key.indexOf('.');
        if (slash < 0 || (dot >= 0 && dot < slash)) return key;
        return key.replace('.', '\0').replace('/', '.').replace('\0', '/');
    }

    /** One line of printable ASCII without blanks around it. */
    public static boolean isPrintable(String value) {
        return PRINTABLE.matcher(value).matches();
    }

    /** Of a secret: parts with slashes between them, none of which is an option, hidden, or leads upwards. */
    public static boolean isSecret(String text) {
        return text.length() <= LONGEST_SECRET && SECRET.matcher(text).matches();
    }

    /** An address, or a host name as RFC 1123 section 2.1 has it, whose last label is not all digits. */
    public static boolean isEndpoint(String text) {
        if (Ip.parse(text).isPresent()) return true;
        String[] labels = text.split("\\.", -1);
        for (String label : labels) if (!LABEL.matcher(label).matches()) return false;
        return text.length() <= 253 && !labels[labels.length - 1].matches("[0-9]+");
    }

    /** What would have to be a list: several words in one text, between commas or blanks. */
    static Optional<List<String>> several(String text) {
        List<String> parts = Arrays.stream(text.split("[,\\s]+"))
                .filter(part -> !part.isEmpty())
                .toList();
        return parts.size() > 1 ? Optional.of(parts) : Optional.empty();
    }

    /** As an inventory has it: {@code ['a', 'b']}. */
    static String list(List<String> names) {
        return names.stream().map(name -> "'" + shown(name) + "'").collect(Collectors.joining(", ", "[", "]"));
    }

    /** A text as it may be printed on a terminal: control and invisible characters as escapes, and not too long. */
    public static String shown(String text) {
        return shown(text, LONGEST_SHOWN);
    }

    /** @param longest how many characters are shown at the most */
    public static String shown(String text, int longest) {
        StringBuilder out = new StringBuilder();
        text.codePoints().limit(longest).forEach(c -> {
            if (c == '\n') out.append("\\n");
            else if (c == '\t') out.append("\\t");
            else if ((c >= ' ' && c < 0x7f) || Character.isLetterOrDigit(c)) out.appendCodePoint(c);
            else out.append(String.format("\\u%04x", c));
        });
        return text.codePointCount(0, text.length()) > longest ? out + "…" : out.toString();
    }
}

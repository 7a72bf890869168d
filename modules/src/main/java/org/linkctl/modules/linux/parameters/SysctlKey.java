package org.linkctl.modules.linux.parameters;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.spi.Question;

/**
 * The name of a kernel parameter.
 *
 * @param path below /proc/sys, such as {@code net/ipv4/conf/eth0.100/rp_filter}
 */
public record SysctlKey(String path) {
    private static final Pattern SEGMENTS = Pattern.compile("[A-Za-z0-9_.@:+=-]+(?:/[A-Za-z0-9_.@:+=-]+)+");
    private static final Pattern INTERFACE =
            Pattern.compile("net/ipv[46]/(?:conf|neigh)/(?<name>[^/]+)/(?<parameter>[^/]+)");
    private static final Set<String> RESETTING =
            Set.of("net/ipv4/ip_forward", "net/ipv4/conf/all/forwarding", "net/ipv6/conf/all/forwarding");
    private static final int ALONE = 3;

    /** What stands in the place of an interface without being one. */
    public static final Set<String> NO_INTERFACES = Set.of("all", "default");

    /** @throws IllegalArgumentException where it leads out of /proc/sys, or cannot be a name */
    public SysctlKey {
        if (!isOne(path)) {
            throw new IllegalArgumentException("'" + path + "' is no kernel parameter below /proc/sys");
        }
    }

    /**
     * Either separator will do. Where the first one is a dot, a slash in the rest stands for a dot (sysctl.d(5)):
     * {@code net.ipv4.conf.eth0/100.rp_filter}.
     */
    public static SysctlKey parse(String text) {
        return new SysctlKey(path(text));
    }

    public static boolean isOne(String path) {
        return SEGMENTS.matcher(path).matches() && !path.contains("/../") && !path.contains("/./");
    }

    /** Below /proc/sys; a pattern stays one. */
    public static String path(String text) {
        int slash = text.indexOf('/');
        int dot = text.indexOf('.');
        return slash >= 0 && (dot < 0 || slash < dot) ? text : swap(text);
    }

    private static String swap(String text) {
        StringBuilder out = new StringBuilder();
        for (char c : text.toCharArray()) out.append(c == '.' ? '/' : c == '/' ? '.' : c);
        return out.toString();
    }

    /** The kernel's file. */
    public String proc() {
        return "/proc/sys/" + path;
    }

    /** Asks for its value now. */
    public Question.ReadFile value() {
        return Question.file(proc());
    }

    /** As sysctl(8) prints it. */
    public String dotted() {
        return dotted(path);
    }

    /** A name or a pattern below /proc/sys, with dots. */
    public static String dotted(String path) {
        return swap(path);
    }

    /**
     * How much else it sets, or may reset, in the kernel: 0 most. Forwarding for all interfaces sets that of each and
     * others with it; a value for all or by default may be handed on to each; what is set for one stays (kernel:
     * ip-sysctl.rst, ip_forward, conf/all/forwarding and conf/all/disable_ipv6; net/ipv4/devinet.c,
     * devinet_copy_dflt_conf).
     */
    public int rank() {
        if (RESETTING.contains(path)) return 0;
        Matcher match = INTERFACE.matcher(path);
        if (!match.matches()) return ALONE;
        return switch (match.group("name")) {
            case "all" -> 1;
            case "default" -> 2;
            default -> ALONE;
        };
    }

    /** Whether setting the other one afterwards would undo this one. */
    public boolean isResetBy(SysctlKey other) {
        if (other.rank() >= rank()) return false;
        Matcher own = INTERFACE.matcher(path);
        if (!own.matches()) return false;
        String parameter = own.group("parameter");
        return switch (other.path()) {
            case "net/ipv4/ip_forward", "net/ipv4/conf/all/forwarding" ->
                path.startsWith("net/ipv4/conf/") && parameter.equals("forwarding");
            case "net/ipv6/conf/all/forwarding", "net/ipv6/conf/all/disable_ipv6" ->
                path.startsWith("net/ipv6/conf/") && other.path().endsWith("/" + parameter);
            default -> false;
        };
    }

    /**
     * The file that sets it at boot, where systemd-sysctl(8) goes by the order of the names: what resets others comes
     * before them. A slash cannot be in a name.
     */
    public String file() {
        String first = rank() == ALONE ? "" : rank() + "-";
        return "/etc/sysctl.d/99-zz-linkctl-" + first + path.replace('/', '.') + ".conf";
    }

    /** The interface that it is about; it is only there while the interface is. */
    public Optional<String> device() {
        Matcher match = INTERFACE.matcher(path);
        return match.matches() && !NO_INTERFACES.contains(match.group("name"))
                ? Optional.of(match.group("name"))
                : Optional.empty();
    }

    /** Whether it is the value that interfaces get when they appear. */
    public boolean isDefault() {
        Matcher match = INTERFACE.matcher(path);
        return match.matches() && match.group("name").equals("default");
    }

    /** Its last part: of an interface's parameter what it is for any interface. */
    public String parameter() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The same parameter of an interface, of {@code all} or of {@code default}. */
    public SysctlKey of(String device) {
        return new SysctlKey(pathOf(device));
    }

    private String pathOf(String device) {
        Matcher match = INTERFACE.matcher(path);
        if (!match.matches()) throw new IllegalStateException(path + " is no parameter of an interface");
        return path.substring(0, match.start("name")) + device + path.substring(match.end("name"));
    }

    /** What stands for the same parameter of any interface, below /proc/sys: sysctl.d(5). */
    public String pattern() {
        return pathOf("*");
    }

    /** The file that keeps the pattern from {@code all}: read before any other, so that each may set the value for all. */
    public String exceptionFile() {
        return "/etc/sysctl.d/00-linkctl-" + path.replace('/', '.') + ".conf";
    }

    /** The same parameter for all interfaces, where the greater of the two counts (kernel: ip-sysctl.rst, rp_filter). */
    public Optional<SysctlKey> greater() {
        Matcher match = INTERFACE.matcher(path);
        boolean rpFilter = match.matches() && match.group("parameter").equals("rp_filter");
        return rpFilter && device().isPresent()
                ? Optional.of(new SysctlKey("net/ipv4/conf/all/rp_filter"))
                : Optional.empty();
    }

    /**
     * The text of a file of linkctl's that sets it at boot (sysctl.d(5)).
     *
     * @param why a comment's text; empty: none
     */
    public String fileText(String value, String why) {
        // In a name with dots only the slashes tell where it is parted.
        String name = path.indexOf('.') < 0 ? dotted() : path;
        return OurFiles.MARK + "\n" + (why.isEmpty() ? "" : "# " + why + "\n") + name + " = " + value + "\n";
    }
}

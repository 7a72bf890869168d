package org.linkctl.modules.freebsd.bond;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Bond;
import org.linkctl.model.Bond.LacpRate;
import org.linkctl.model.Bond.Mode;
import org.linkctl.model.Bond.XmitHash;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.rc.RcNames;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Refused;
import org.linkctl.spi.UnreadableFacts;

/**
 * How an interface of lagg(4) is set up.
 *
 * @param hash the layers, as ifconfig(8) has them
 * @param fast the partner is asked to send every second; of LACP alone
 */
record LaggSetup(String proto, String hash, boolean fast, List<String> members) {
    static final String LACP = "lacp";

    private static final Pattern PROTO =
            Pattern.compile("(?m)^\\tlaggproto (?<proto>\\S+)(?: lagghash (?<hash>[l234,]+))?$");
    private static final Pattern OPTIONS = Pattern.compile("(?m)^\\t\\tflags=[0-9a-f]+(?:<(?<flags>[A-Z_,]*)>)?$");
    private static final Pattern SHIFT = Pattern.compile("(?m)^\\t\\tflowid_shift: (?<bits>[0-9]+)$");
    private static final String USUAL_SHIFT = "16";
    private static final Pattern PORT =
            Pattern.compile("(?m)^\\tlaggport: (?<name>\\S+) flags=[0-9a-f]+(?:<(?<flags>[A-Z,]*)>)?(?: .*)?$");

    static LaggSetup of(Bond bond) {
        String proto = switch (bond.mode()) {
            case LACP -> LACP;
            case ACTIVE_BACKUP -> "failover";
            case BALANCE_XOR -> "loadbalance";
        };
        boolean fast = bond.mode() == Mode.LACP && bond.lacpRate() == LacpRate.FAST;
        return new LaggSetup(proto, hash(bond.hash()), fast, bond.members());
    }

    /** Where packets are in packets already, lagg looks at the outer ones. */
    private static String hash(XmitHash hash) {
        return switch (hash) {
            case LAYER2 -> "l2";
            case LAYER2_3 -> "l2,l3";
            case LAYER3_4 -> "l3,l4";
            case ENCAP2_3, ENCAP3_4 ->
                throw new Refused("lagg(4) has no hash " + hash + "; right would be LAYER2, LAYER2_3 or LAYER3_4");
        };
    }

    /** Null: there is no such interface. */
    static @Nullable LaggSetup read(String name, Answer.Output shown) {
        if (!shown.ok() && shown.stderr().contains("does not exist")) return null;
        Matcher proto = PROTO.matcher(shown.stdout());
        Matcher options = OPTIONS.matcher(shown.stdout());
        if (!shown.ok() || !shown.stdout().startsWith(name + ": ") || !proto.find() || !options.find()) {
            throw new UnreadableFacts("ifconfig " + name + ": no lagg: " + (shown.stderr() + shown.stdout()).strip());
        }
        String hash = proto.group("hash");
        String flags = options.group("flags");
        boolean fast = flags != null && List.of(flags.split(",")).contains("LACP_FAST_TIMO");
        List<String> members = List.copyOf(ports(shown.stdout()).keySet());
        return new LaggSetup(proto.group("proto"), hash == null ? "" : hash, fast, members);
    }

    /**
     * The options that no attribute says and that are not as lagg(4) has them by itself, as ifconfig(8) takes them
     * (sys/net/if_lagg.c: USE_NUMA since FreeBSD 13, LACP_STRICT, a shift of 16).
     */
    static List<String> otherwise(String shown) {
        Matcher options = OPTIONS.matcher(shown);
        Matcher proto = PROTO.matcher(shown);
        List<String> out = new ArrayList<>();
        if (!options.find() || !proto.find()) return out;
        String flags = options.group("flags");
        List<String> set = flags == null ? List.of() : List.of(flags.split(",", -1));
        if (set.contains("USE_FLOWID")) out.add("use_flowid");
        if (proto.group("proto").equals(LACP) && !set.contains("LACP_STRICT")) out.add("-lacp_strict");
        Matcher shift = SHIFT.matcher(shown);
        if (shift.find() && !shift.group("bits").equals(USUAL_SHIFT)) out.add("flowid_shift " + shift.group("bits"));
        return out;
    }

    /** The members, and of each whether it carries packets. */
    static Map<String, Boolean> ports(String shown) {
        Map<String, Boolean> out = new LinkedHashMap<>();
        Matcher port = PORT.matcher(shown);
        while (port.find()) {
            String flags = port.group("flags");
            out.put(
                    port.group("name"),
                    flags != null && List.of(flags.split(",")).contains("ACTIVE"));
        }
        return out;
    }

    /** All of it, as ifconfig(8) takes it: a timeout is one of LACP, and is no word before that is set. */
    List<String> words() {
        List<String> out = new ArrayList<>(List.of("laggproto", proto, "lagghash", hash));
        if (fast) out.add("lacp_fast_timeout");
        for (String member : members) out.addAll(List.of("laggport", member));
        out.add("up");
        return out;
    }

    /** The same with its members in another order. */
    LaggSetup in(List<String> order) {
        return new LaggSetup(proto, hash, fast, order);
    }

    String shown() {
        return proto + ", " + hash + (fast ? ", fast timeout" : "") + ", over " + String.join(", ", members);
    }

    /** What rc.d/netif reads. */
    String file(String name) {
        return OurFiles.MARK + "\ncloned_interfaces=\"${cloned_interfaces} " + name + "\"\n"
                + members.stream()
                        .map(member -> "ifconfig_" + RcNames.of(member) + "=\"up\"\n")
                        .collect(Collectors.joining())
                + "ifconfig_" + RcNames.of(name) + "=\"" + String.join(" ", words()) + "\"\n";
    }
}

package org.linkctl.modules.freebsd.pfrules;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.KeptSources;
import org.linkctl.model.Link;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/**
 * An interface, and the neighbour of one address family through which is answered what was asked by it (pf.conf(5), reply-to).
 * Where answers go is said by the rule that lets a connection in, the last one that fits: so each such rule has a second one for
 * each of these interfaces, which differs in nothing else. Whoever is on a network of the interface is answered there, and so is
 * who asks by a link-local address, for whom there is a third one.
 */
public record PfReplies(String device, Ip gateway, List<Cidr> networks) {
    /** A rule that lets something in: whether at once, by which interface, of which family, and the rest. */
    private static final Pattern PASS =
            Pattern.compile("pass in(?<quick> quick)?(?: on (?<device>\\S+))?(?<family> inet6?)?(?<rest>(?: .*)?)");

    private static final Pattern FROM = Pattern.compile(" from (?<source>[0-9a-f.:/]+) ");

    private static final String ANYBODY = " from any ";

    /** It has a meaning on its link alone (RFC 4291, section 2.5.6), and is none of a network of pf's (pf_if.c, pfi_instance_add). */
    private static final Cidr LINK_LOCAL = Cidr.of("fe80::/10");

    private static final String NEAR = " from " + LINK_LOCAL + " ";

    public static List<PfReplies> of(Fabric fabric, Host host) {
        List<PfReplies> out = new ArrayList<>();
        for (Link link : fabric.links(host)) {
            List<Cidr> networks = link.addresses().stream().map(Cidr::network).toList();
            for (Ip gateway : link.replyTo()) out.add(new PfReplies(link.name(), gateway, networks));
        }
        for (KeptSources kept : KeptSources.of(fabric, host)) hub(out, kept);
        return out;
    }

    /** What is asked over a hub by whoever calls is answered over it: wg(4) sends to the peer that takes the destination. */
    private static void hub(List<PfReplies> out, KeptSources kept) {
        for (Cidr own : kept.hub().addresses()) {
            if (own.isV6() == kept.v6())
                out.add(new PfReplies(kept.hub().name(), own.address(), List.of(own.network())));
        }
    }

    public PfReplies {
        networks = List.copyOf(networks);
    }

    private String family() {
        return PfRule.family(gateway.isV6());
    }

    private String on() {
        return PfRule.on(device);
    }

    private String to() {
        return on() + " reply-to (" + PfWords.name(device) + " " + gateway + ")" + family();
    }

    private String elsewhere() {
        return " from ! (" + PfWords.name(device) + ":network) ";
    }

    /** A rule with those that say where its answers go. Of rules that end the search, the narrower ones come first. */
    static List<String> with(List<PfReplies> all, String rule) {
        List<String> out = new ArrayList<>();
        Matcher pass = PASS.matcher(rule);
        if (!pass.matches() || rule.contains(" route-to ")) return List.of(rule);
        String rest = pass.group("rest");
        boolean quick = pass.group("quick") != null;
        if (!quick) out.add(rule);
        for (PfReplies one : all) {
            String device = pass.group("device");
            String family = pass.group("family");
            if (device != null && !(" on " + device).equals(one.on())) continue;
            if (family != null && !family.equals(one.family())) continue;
            if (one.isNear(rest)) continue;
            String in = "pass in" + (quick ? " quick" : "");
            String answered = in + one.to() + from(rest, one.elsewhere());
            List<String> both = new ArrayList<>(List.of(answered));
            if (one.gateway.isV6() && isForAnybody(rest))
                both.add(quick ? 0 : 1, in + one.on() + one.family() + from(rest, NEAR));
            out.addAll(both);
        }
        if (quick) out.add(rule);
        return out;
    }

    private static boolean isForAnybody(String rest) {
        return !rest.contains(" from ") || rest.contains(ANYBODY);
    }

    /** The rest of a rule for these sources in the place of anybody. */
    private static String from(String rest, String sources) {
        return rest.contains(" from ") ? rest.replace(ANYBODY, sources) : sources + "to any" + rest;
    }

    /** Whether a rule is for sources on a network of the interface alone. */
    private boolean isNear(String rest) {
        Matcher from = FROM.matcher(rest);
        if (!from.find()) return false;
        String text = from.group("source");
        Cidr source = Cidr.parse(text).or(() -> Ip.parse(text).map(Cidr::host)).orElse(null);
        return source != null
                && (LINK_LOCAL.contains(source) || networks.stream().anyMatch(near -> near.contains(source)));
    }

    /** The rules of a host that stops nothing: what it begins there is known as such, so that answers to that are none. */
    List<String> alone() {
        List<String> out = new ArrayList<>(
                List.of("pass out" + on() + family() + " all", "pass in" + to() + elsewhere() + "to any"));
        if (gateway.isV6()) out.add("pass in" + on() + family() + NEAR + "to any");
        return out;
    }

    /** One answer, or ten packets a second apart: as long as a neighbour that was rebooted may take to be found. */
    public List<String> ping() {
        String scope = gateway.isV6() && gateway.text().startsWith("fe80:") ? "%" + device : "";
        return List.of("ping", "-n", "-o", "-c", "10", "-W", "1000", gateway.text() + scope);
    }

    /** For messages. */
    public String subject() {
        return "replyTo " + gateway + " on " + device;
    }
}

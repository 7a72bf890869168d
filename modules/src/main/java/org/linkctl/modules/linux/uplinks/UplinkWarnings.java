package org.linkctl.modules.linux.uplinks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.linux.iprules.EarlierRules;
import org.linkctl.modules.linux.iprules.IpRule;
import org.linkctl.modules.routes.DependentRoutes;
import org.linkctl.net.Ip;

/** What stands in the way of answers, and what of linkctl's own session depends on them. */
final class UplinkWarnings {
    private UplinkWarnings() {}

    /** Rules of others that come first and have an answer for whatever is asked: the first one that leads somewhere counts (ip-rule(8)). */
    static List<IpRule> before(Uplink uplink, Collection<IpRule> all, DependentRoutes routes) {
        return EarlierRules.before(Uplink.FIRST, uplink.v6(), uplink.addresses(), all, routes);
    }

    static List<String> of(UplinksModule.Want want, UplinksModule.Facts have) {
        List<String> out = new ArrayList<>();
        for (Uplink uplink : want.uplinks()) {
            for (IpRule rule : before(uplink, have.all(), have.going()))
                out.add("the rule of ip-rule(8) '" + rule.shown()
                        + "' comes before those of linkctl and has an answer for all: what is asked by "
                        + uplink.device() + " is not answered through " + uplink.gateway()
                        + ". Take it away, or give it a priority above " + Uplink.LAST);
        }
        session(want, have).ifPresent(out::add);
        return out;
    }

    /** Where linkctl's own session is answered only by what goes. */
    private static Optional<String> session(UplinksModule.Want want, UplinksModule.Facts have) {
        Ip to = have.going().session().to();
        Ip client = have.going().session().client().orElse(null);
        if (to == null || client == null) return Optional.empty();
        String now = way(to, have.rules(), have.routes());
        if (now == null || now.equals(way(to, want.rules(), want.routes()))) return Optional.empty();
        String after = way(to, want.rules(), want.routes());
        DependentRoutes.Hop main = have.going().towards(client).orElse(null);
        if (main != null && (main.prefix().length() > 0 || (after == null && now.equals(way(main)))))
            return Optional.empty();
        return Optional.of("linkctl's own session comes to " + to + " and is answered by the route " + now
                + ", which goes: what it sends back to "
                + client + " leaves by " + (after != null ? after : main == null ? "no route" : main.shown())
                + " then. Where nobody passes that on, the host is out of reach and undoes the change by itself");
    }

    /** The way that the rules have for what is sent from an address. */
    private static @Nullable String way(Ip from, Set<IpRule> rules, Set<String> routes) {
        for (IpRule rule : rules) {
            if (!rule.words().startsWith("from " + from + " " + IpRule.LOOKUP) || !Uplink.isTable(rule.last()))
                continue;
            for (String route : routes)
                if (route.endsWith(" table " + rule.last()) && route.startsWith(rule.family()))
                    return route.substring(rule.family().length() + 1).replaceFirst(" table .*", "");
        }
        return null;
    }

    private static String way(DependentRoutes.Hop hop) {
        return "default via " + hop.via() + " dev " + hop.device();
    }
}

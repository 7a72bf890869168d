package org.linkctl.modules.linux.uplinks;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.linux.iprules.IpRule;
import org.linkctl.modules.linux.replyrouting.ReplyRouting;
import org.linkctl.modules.routes.DependentRoutes;
import org.linkctl.net.Ip;

/** What of linkctl's own session depends on the ways of answers. */
final class OwnSession {
    private OwnSession() {}

    /** Where linkctl's own session is answered only by what goes. */
    static Optional<String> warning(ReplyRouting want, ReplyRouting.Found have) {
        Ip to = have.others().session().to();
        Ip client = have.others().session().client().orElse(null);
        if (to == null || client == null) return Optional.empty();
        String now = way(to, have.rules(), have.routes());
        if (now == null || now.equals(way(to, want.rules(), want.routes()))) return Optional.empty();
        String after = way(to, want.rules(), want.routes());
        DependentRoutes.Hop main = have.others().towards(client).orElse(null);
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
            if (!rule.words().startsWith("from " + from + " " + IpRule.LOOKUP) || !Uplink.KIND.isTable(rule.last()))
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

package org.linkctl.modules.frr;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.linkctl.modules.linux.kernel.Json;
import org.linkctl.net.Cidr;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Question;

/** Whether the sessions are there, whether all tunnels are in the routes, and whether nothing else was taken. */
final class BgpHealth {
    private static final String ESTABLISHED = "Established";

    private final String vtysh;

    BgpHealth(String vtysh) {
        this.vtysh = vtysh;
    }

    List<Question<?>> questions(BgpWant want) {
        List<Question<?>> out = new ArrayList<>(List.of(sessions()));
        for (boolean v6 : new boolean[] {false, true}) if (want.carries(v6)) out.add(taken(v6));
        for (Cidr lan : want.far()) out.add(route(lan));
        return out;
    }

    private Question.Command ask(String command) {
        return Question.command(vtysh, "-c", command);
    }

    Question.Command sessions() {
        return ask("show bgp neighbors json");
    }

    boolean isEstablished(Neighbor neighbor, Answers answers) {
        return state(session(neighbor, Json.object("show bgp neighbors", answers.stdout(sessions()))))
                .equals(ESTABLISHED);
    }

    private static JsonNode session(Neighbor neighbor, JsonNode sessions) {
        return sessions.path(neighbor.address().toString());
    }

    private static String state(JsonNode session) {
        return session.path("bgpState").asText("not configured");
    }

    private Question.Command taken(boolean v6) {
        return ask("show bgp " + (v6 ? "ipv6" : "ipv4") + " unicast json");
    }

    private Question.Command route(Cidr lan) {
        return ask("show " + (lan.isV6() ? "ipv6" : "ip") + " route " + lan + " json");
    }

    List<Finding> findings(BgpWant want, BgpFacts have, Answers answers) {
        if (!have.running().containsAll(want.daemons())) {
            return List.of(Finding.bad("FRR", "does not run, or not all of " + String.join(", ", want.daemons())));
        }
        List<Finding> out = new ArrayList<>();
        JsonNode sessions = Json.object("show bgp neighbors", answers.stdout(sessions()));
        for (Neighbor neighbor : want.neighbors()) {
            session(out, neighbor, session(neighbor, sessions));
        }
        for (Cidr lan : want.far()) out.add(paths(want, lan, answers));
        for (boolean v6 : new boolean[] {false, true}) if (want.carries(v6)) foreign(out, want, v6, answers);
        return out;
    }

    private static void session(List<Finding> out, Neighbor neighbor, JsonNode session) {
        String subject = "BGP over " + neighbor.tunnel();
        String state = state(session);
        if (neighbor.drained()) {
            out.add(Finding.doubtful(
                    subject, "session with " + neighbor.address() + " is shut down: the tunnel is drained"));
            return;
        }
        if (!state.equals(ESTABLISHED)) {
            out.add(Finding.bad(subject, "session with " + neighbor.address() + " is " + state));
            return;
        }
        long up = session.path("bgpTimerUpMsec").asLong() / 1000;
        String since = "session with " + neighbor.address() + " for " + shown(up);
        long agreed = session.path("bgpTimerHoldTimeMsecs").asLong() / 1000;
        if (agreed != neighbor.hold()) {
            out.add(Finding.doubtful(
                    subject,
                    since + ", with a hold time of " + agreed + " s: " + neighbor.hold()
                            + " s count when it begins anew"));
        } else out.add(Finding.good(subject, since));
        String bfd = session.path("peerBfdInfo").path("status").asText("");
        if (neighbor.bfd() && !bfd.equals("Up")) {
            out.add(Finding.bad(
                    "BFD over " + neighbor.tunnel(),
                    "is " + (bfd.isEmpty() ? "not there" : bfd) + ": a dead tunnel is noticed after " + neighbor.hold()
                            + " s only"));
        }
    }

    private static String shown(long seconds) {
        long days = seconds / 86_400;
        String clock = String.format("%02d:%02d:%02d", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
        return days == 0 ? clock : days + " d " + clock;
    }

    /** A next hop that zebra has from the kernel as installed has "fib". */
    private Finding paths(BgpWant want, Cidr lan, Answers answers) {
        String subject = "route " + lan;
        Set<String> wanted = new LinkedHashSet<>();
        for (Neighbor neighbor : want.neighbors()) {
            if (neighbor.announced().contains(lan) && !neighbor.drained()) wanted.add(neighbor.tunnel());
        }
        Set<String> used = new TreeSet<>();
        boolean chosen = false;
        for (JsonNode route : Json.object(subject, answers.stdout(route(lan))).path(lan.toString())) {
            if (!route.path("protocol").asText().equals("bgp")) continue;
            chosen |= route.path("selected").asBoolean();
            if (!route.path("installed").asBoolean()) continue;
            for (JsonNode hop : route.path("nexthops")) {
                if (hop.path("fib").asBoolean())
                    used.add(hop.path("interfaceName").asText());
            }
        }
        if (used.isEmpty() && chosen)
            return Finding.bad(
                    subject,
                    "is learned by BGP, and not in the kernel: what is meant for it goes nowhere, or by another route. zebra tries"
                            + " it again when a session of BGP begins anew (vtysh -c 'clear bgp *')");
        if (used.isEmpty())
            return Finding.bad(subject, "is not learned by BGP: the fallback over all tunnels counts, dead ones too");
        String count = used.size() + " of " + wanted.size() + " paths in the kernel";
        if (used.containsAll(wanted)) return Finding.good(subject, count + ": " + String.join(", ", used));
        wanted.removeAll(used);
        return Finding.bad(subject, count + ", not over " + String.join(", ", wanted));
    }

    private void foreign(List<Finding> out, BgpWant want, boolean v6, Answers answers) {
        Set<String> neighbors = new HashSet<>();
        want.neighbors().forEach(neighbor -> neighbors.add(neighbor.address().toString()));
        Set<String> declared = new HashSet<>();
        want.far().forEach(lan -> declared.add(lan.toString()));
        JsonNode routes = Json.object("show bgp", answers.stdout(taken(v6))).path("routes");
        Set<String> foreign = new TreeSet<>();
        for (Map.Entry<String, JsonNode> one : routes.properties()) {
            for (JsonNode path : one.getValue()) {
                boolean ours = neighbors.contains(path.path("peerId").asText());
                if (ours && !declared.contains(one.getKey())) foreign.add(one.getKey());
            }
        }
        String subject = "BGP " + (v6 ? "IPv6" : "IPv4");
        if (foreign.isEmpty()) out.add(Finding.good(subject, "no prefixes but those that are declared"));
        else out.add(Finding.bad(subject, "takes what is not declared: " + String.join(", ", foreign)));
    }
}

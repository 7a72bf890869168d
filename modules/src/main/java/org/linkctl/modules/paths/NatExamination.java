package org.linkctl.modules.paths;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.linkctl.model.Endpoint;
import org.linkctl.model.Fabric;
import org.linkctl.net.Ip;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Diagnosis;
import org.linkctl.spi.Examination;
import org.linkctl.spi.Question;
import org.linkctl.spi.Scope;
import org.linkctl.spi.Sight;

/** Whether addresses are translated between the ends of tunnels, and whether they can find each other all the same. */
@AutoService(Examination.class)
public final class NatExamination implements Examination {
    private static final String SUBJECT = "NAT";

    @Override
    public String name() {
        return SUBJECT;
    }

    /** By which addresses an interface sees the other ends now. */
    private static Question.Command seen(String link) {
        return Question.command("wg", "show", link, "endpoints");
    }

    @Override
    public List<Question<?>> questions(Scope scope, Look look, Sight sight) {
        Fabric fabric = scope.fabric();
        if (look != Look.FIRST || !fabric.hasWireguard(scope.host())) return List.of();
        Set<Question<?>> out = new LinkedHashSet<>();
        out.add(OwnAddresses.question(scope.host().os()));
        for (Call call : Call.to(fabric, scope.host())) if (isTunnel(fabric, call)) out.add(seen(call.link()));
        return List.copyOf(out);
    }

    /** A hub has several peers, and nothing says here which of them is which host. */
    private static boolean isTunnel(Fabric fabric, Call call) {
        return !fabric.tunnelsNamed(call.link()).isEmpty();
    }

    @Override
    public List<Diagnosis> diagnoses(Scope scope, Sight sight) {
        Set<Ip> own = OwnAddresses.of(scope.host(), sight);
        if (own.isEmpty()) return List.of();
        List<Diagnosis> out = new ArrayList<>();
        called(scope, own, out);
        calls(scope, own, sight, out);
        if (out.isEmpty() && scope.fabric().hasWireguard(scope.host()))
            out.add(Diagnosis.fine(SUBJECT, "none is seen between this host and the other ends"));
        return out;
    }

    /** It is called by an address that it does not have: a router has to pass the ports on. */
    private static void called(Scope scope, Set<Ip> own, List<Diagnosis> out) {
        Map<Ip, Set<Integer>> ports = new LinkedHashMap<>();
        for (Call call : Call.to(scope.fabric(), scope.host())) {
            Ip.parse(call.endpoint())
                    .filter(ip -> !own.contains(ip) && !OwnAddresses.isDeclared(scope.fabric(), scope.host(), ip))
                    .ifPresent(ip ->
                            ports.computeIfAbsent(ip, _ -> new TreeSet<>()).add(call.port()));
        }
        ports.forEach((ip, all) -> out.add(Diagnosis.doubtful(
                SUBJECT,
                "it is called by " + ip + ", which it does not have itself",
                "have the router that has " + ip + " pass UDP " + shown(all)
                        + " on to this host, with the same ports; where there is no such router, correct endpoint:")));
    }

    /** It has private addresses only and calls a public one: its address is translated, or nothing comes back. */
    private static void calls(Scope scope, Set<Ip> own, Sight sight, List<Diagnosis> out) {
        Map<String, List<Call>> texts = new LinkedHashMap<>();
        for (Call call : Call.from(scope.fabric(), scope.host())) {
            how(scope, call, own, sight)
                    .ifPresent(how ->
                            texts.computeIfAbsent(how, _ -> new ArrayList<>()).add(call));
        }
        texts.forEach((how, calls) -> {
            String text =
                    how + " (" + calls.stream().map(Call::link).distinct().collect(Collectors.joining(", ")) + ")";
            boolean kept = calls.stream().allMatch(call -> call.keepalive() != null);
            out.add(
                    kept
                            ? Diagnosis.fine(SUBJECT, text + "; keepalives keep the way back open")
                            : Diagnosis.doubtful(
                                    SUBJECT,
                                    text + ", and without keepalives the way back closes after some minutes of silence",
                                    "declare keepalive: 25, and no endpoint: for this end where no router passes its port on"));
        });
    }

    private static Optional<String> how(Scope scope, Call call, Set<Ip> own, Sight sight) {
        for (String far : call.to()) {
            Optional<Ip> seen = isTunnel(scope.fabric(), call) ? seenBy(far, call.link(), sight) : Optional.empty();
            if (seen.isPresent() && !own.contains(seen.get()))
                return Optional.of(far + " sees it as " + seen.get() + ", which it does not have itself");
            if (seen.isPresent()) return Optional.empty();
        }
        Optional<Ip> to = Ip.parse(call.endpoint()).filter(ip -> !OwnAddresses.isPrivate(ip));
        if (to.isEmpty()) return Optional.empty();
        boolean hasPublic = own.stream().anyMatch(ip -> ip.isV6() == to.get().isV6() && !OwnAddresses.isPrivate(ip));
        return hasPublic ? Optional.empty() : Optional.of("it has private addresses only and calls " + to.get());
    }

    /** wg(8): a key, a tab, and an endpoint or {@code (none)}. */
    private static Optional<Ip> seenBy(String host, String link, Sight sight) {
        return sight.to(host, Look.FIRST, seen(link))
                .filter(Answer.Output::ok)
                .map(answer -> answer.stdout().strip())
                .filter(text -> text.indexOf('\n') < 0 && text.indexOf('\t') > 0)
                .flatMap(text -> Endpoint.parse(text.substring(text.indexOf('\t') + 1)))
                .flatMap(endpoint -> Ip.parse(endpoint.host()));
    }

    static String shown(Set<Integer> ports) {
        List<String> out = new ArrayList<>();
        int first = 0;
        int last = 0;
        for (int port : ports) {
            if (last == 0 || port != last + 1) {
                if (last != 0) out.add(range(first, last));
                first = port;
            }
            last = port;
        }
        if (last != 0) out.add(range(first, last));
        return String.join(", ", out);
    }

    private static String range(int first, int last) {
        return first == last ? Integer.toString(first) : first + "-" + last;
    }
}

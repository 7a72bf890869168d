package org.linkctl.modules.linux;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.model.Route;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.shell.Question;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Module;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;
import org.linkctl.spi.UnreadableFacts;

/** The far sites' LANs, on a host that reaches them through its site's gateway (ip-route(8)). */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class Gateway implements Module<Gateway.Want, Gateway.Facts> {
    /** One prefix and the neighbour it goes through. */
    record Hop(Cidr prefix, Ip via) {
        String[] question() {
            return new String[] {"ip", "-j", prefix.isV6() ? "-6" : "-4", "route", "show", "exact", prefix.toString()};
        }
    }

    /** All hops of a host. */
    public record Want(List<Hop> hops) implements Resource {
        @Override
        public String id() {
            return "linux.gateway";
        }
    }

    /**
     * What was found.
     *
     * @param now what each prefix goes through, as a plan shows it; absent: no route
     * @param device the interface towards the gateway; empty where the kernel knows none
     */
    public record Facts(Map<Cidr, String> now, String device, StackFacts stack) {}

    @Override
    public String name() {
        return "linux.gateway";
    }

    @Override
    public List<Want> want(Scope scope) {
        String name = scope.host().gateway();
        if (scope.host().os() != Os.LINUX || name == null) return List.of();
        Fabric fabric = scope.fabric();
        Host gateway = fabric.host(name).orElseThrow();
        List<Hop> hops = new ArrayList<>();
        for (Route route : fabric.routes(gateway)) {
            for (Cidr prefix : fabric.farLans(route, gateway)) {
                fabric.lanAddress(gateway, prefix.isV6()).ifPresent(via -> hops.add(new Hop(prefix, via)));
            }
        }
        return hops.isEmpty() ? List.of() : List.of(new Want(hops));
    }

    private static String[] towards(Want want) {
        return new String[] {
            "ip", "-j", "route", "get", want.hops().getFirst().via().text()
        };
    }

    @Override
    public List<Question> probe(Want want) {
        List<Question> out = new ArrayList<>(StackFacts.questions());
        want.hops().forEach(hop -> out.add(Question.command(hop.question())));
        out.add(Question.command(towards(want)));
        return out;
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        Map<Cidr, String> now = new LinkedHashMap<>();
        for (Hop hop : want.hops()) {
            for (JsonNode route : Json.objects("ip route show", answers.stdout(hop.question()))) {
                String via = route.has("gateway")
                        ? "via " + Json.text(route, "gateway")
                        : route.has("nexthops") ? "several nexthops" : "dev " + Json.text(route, "dev");
                now.merge(hop.prefix(), via, (one, other) -> one + ", " + other);
            }
        }
        Answer.Output towards = answers.to(towards(want));
        String device = towards.ok()
                ? Json.objects("ip route get", towards.stdout()).stream()
                        .findFirst()
                        .map(route -> Json.text(route, "dev"))
                        .orElseThrow(() -> new UnreadableFacts("ip route get: no route in it"))
                : "";
        return new Facts(now, device, StackFacts.from(answers));
    }

    @Override
    public Facts bare(Want want) {
        StackFacts stack =
                new StackFacts(new Networkd(), "", Map.of(), Map.of("eth0", "/etc/systemd/network/eth0.network"));
        return new Facts(Map.of(), "eth0", stack);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        NetworkStack stack = have.stack().require();
        if (have.device().isEmpty()) {
            throw new Refused(
                    "it has no way to its gateway " + want.hops().getFirst().via());
        }
        List<Change> out = new ArrayList<>();
        for (Hop hop : want.hops()) {
            String wanted = "via " + hop.via();
            String now = have.now().get(hop.prefix());
            if (!wanted.equals(now)) out.add(Change.state("route " + hop.prefix(), now, wanted));
        }
        StackDiff.files(
                stack.routes(want.hops(), have.device(), have.stack()),
                have.stack().files(),
                "linkctl-gateway",
                out);
        return out;
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        for (Hop hop : want.hops()) {
            boolean changed =
                    changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, "route " + hop.prefix()));
            if (!changed) continue;
            out.add(Step.run(
                    "ip",
                    "route",
                    "replace",
                    hop.prefix().toString(),
                    "via",
                    hop.via().text(),
                    "proto",
                    "static"));
        }
        // No reload: it would reconfigure an interface that is somebody else's, and what runs is right already.
        if (!changes.isEmpty()) StackDiff.write(have.stack().require(), changes, out);
        return out;
    }

    private static String[] ping(Hop hop) {
        return new String[] {"ping", "-n", "-c", "2", "-W", "2", hop.via().text()};
    }

    @Override
    public List<Question> examine(Want want) {
        return want.hops().stream()
                .<Question>map(hop -> Question.command(ping(hop)))
                .toList();
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        List<Finding> out = new ArrayList<>();
        for (Hop hop : want.hops()) {
            String subject = "route " + hop.prefix();
            String now = Optional.ofNullable(have.now().get(hop.prefix())).orElse("missing");
            if (!now.equals("via " + hop.via())) out.add(Finding.bad(subject, now));
            else if (!answers.to(ping(hop)).ok()) out.add(Finding.bad(subject, hop.via() + " does not answer"));
            else out.add(Finding.good(subject, now));
        }
        return out;
    }
}

package org.linkctl.modules.linux.ecmp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.linkctl.model.Route;
import org.linkctl.modules.linux.kernel.Json;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Question;

/** Does a route over several tunnels use them all? */
final class EcmpHealth {
    /** With two equal tunnels, this many flows all leave by one of them once in 2048 times. */
    private static final int FLOWS = 12;

    private EcmpHealth() {}

    static List<Question<?>> questions(EcmpWant want) {
        List<Question<?>> out = new ArrayList<>();
        for (EcmpWant.Target target : want.targets()) {
            out.add(policy(target));
            out.addAll(flows(target));
        }
        return out;
    }

    private static Question.ReadFile policy(EcmpWant.Target target) {
        return Question.file(
                "/proc/sys/net/" + (target.prefix().isV6() ? "ipv6" : "ipv4") + "/fib_multipath_hash_policy");
    }

    /** Asks the kernel which way flows would go that differ in their source port alone. */
    private static List<Question.Command> flows(EcmpWant.Target target) {
        EcmpWant.Inside inside = target.inside();
        String from = inside == null ? "" : " from " + inside.from() + " iif " + inside.device();
        List<String> get = List.of(("ip -j -" + (target.prefix().isV6() ? 6 : 4) + " route get " + target.someone()
                        + from + " ipproto 17 dport 5201 sport")
                .split(" "));
        return IntStream.range(0, FLOWS)
                .mapToObj(flow -> {
                    List<String> words = new ArrayList<>(get);
                    words.add(Integer.toString(40001 + flow));
                    return Question.command(words);
                })
                .toList();
    }

    static List<Finding> findings(EcmpWant want, EcmpModule.Facts have, Answers answers) {
        List<Finding> out = new ArrayList<>();
        for (String tunnel : have.dead()) {
            out.add(Finding.bad("tunnel " + tunnel, "is marked dead: left out of the route " + want.label()));
        }
        if (have.standsBy()) {
            String what = "stands by: " + String.join(", ", want.spreads()) + " is down, and no route leads over it";
            return List.of(Finding.good("route " + want.label(), what));
        }
        for (EcmpWant.Target target : want.targets()) {
            EcmpWant.Inside inside = target.inside();
            String subject =
                    "route " + target.prefix() + (inside == null ? "" : " for what comes from " + inside.from());
            out.add(nexthops(want, have, target, subject));
            if (target.source() == null && target.inside() == null && want.over() == EcmpWant.Over.TUNNELS) {
                out.add(Finding.doubtful(
                        subject,
                        "this host has no " + (target.prefix().isV6() ? "IPv6" : "IPv4")
                                + " address on its own LAN: what it sends there itself comes from a tunnel's address"));
            }
            if (want.turn(have.dead()).size() < 2) continue;
            out.add(policy(want, answers, target, subject));
            if (want.hash() == Route.Hash.L4) out.add(flows(want, have, answers, target, subject));
        }
        return out;
    }

    private static Finding nexthops(EcmpWant want, EcmpModule.Facts have, EcmpWant.Target target, String subject) {
        KernelRoute route = have.routes().getOrDefault(target.prefix(), List.of()).stream()
                .filter(KernelRoute::isOrdinary)
                .findFirst()
                .orElse(null);
        if (route == null) return Finding.bad(subject, "is not there");
        List<String> used = route.nexthops().stream()
                .filter(hop -> !hop.lost())
                .map(KernelRoute.Nexthop::dev)
                .toList();
        List<String> turn =
                want.turn(have.dead()).stream().map(EcmpWant.Hop::tunnel).toList();
        List<String> missing = turn.stream()
                .filter(tunnel -> !used.contains(tunnel) && !want.drained().contains(tunnel))
                .toList();
        List<String> spare = want.hops().stream()
                .map(EcmpWant.Hop::tunnel)
                .filter(tunnel -> !turn.contains(tunnel))
                .toList();
        String others = spare.isEmpty() ? "" : "; " + String.join(", ", spare) + " not in use now (prefer:)";
        return missing.isEmpty()
                ? Finding.good(subject, "over " + String.join(", ", used) + others)
                : Finding.bad(subject, "not over " + String.join(", ", missing) + " (" + route.shown() + ")");
    }

    private static Finding policy(EcmpWant want, Answers answers, EcmpWant.Target target, String subject) {
        String found = answers.to(policy(target)).map(String::strip).orElse("not there");
        String wanted = Integer.toString(want.hash().policy());
        String what = policy(target).path() + " is " + found;
        return found.equals(wanted)
                ? Finding.good(subject, what)
                : Finding.bad(subject, what + ", not " + wanted + ": flows are not spread as they should be");
    }

    private static Finding flows(
            EcmpWant want, EcmpModule.Facts have, Answers answers, EcmpWant.Target target, String subject) {
        Map<String, Integer> byTunnel = new TreeMap<>();
        for (Question.Command flow : flows(target)) {
            Answer.Output out = answers.to(flow);
            if (!out.ok())
                return Finding.bad(subject, "no way there: " + out.stderr().strip());
            String dev = Json.objects("ip route get", out.stdout()).stream()
                    .map(one -> Json.text(one, "dev"))
                    .findFirst()
                    .orElse("nowhere");
            byTunnel.merge(dev, 1, Integer::sum);
        }
        String what = FLOWS + " flows to " + target.someone() + " leave by "
                + byTunnel.entrySet().stream()
                        .map(one -> one.getKey() + " (" + one.getValue() + ")")
                        .collect(Collectors.joining(", "));
        if (have.nexthops()
                .unbalanced()
                .contains(NexthopGroup.id(want.first(), target.prefix().isV6())))
            what += "; flows still move to a tunnel that came back, each in a pause of " + NexthopGroup.IDLE + " s";
        boolean all = want.turn(have.dead()).stream()
                .filter(hop ->
                        !have.dead().contains(hop.tunnel()) && !want.drained().contains(hop.tunnel()))
                .allMatch(hop -> byTunnel.containsKey(hop.tunnel()));
        return all ? Finding.good(subject, what) : Finding.doubtful(subject, what);
    }
}

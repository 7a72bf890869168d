package org.linkctl.modules.linux.ecmp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Route;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Found;
import org.linkctl.spi.Question;

/** The routes that a person, wg-quick(8) or linkctl set on a host, as {@code linkctl import} has to know them. */
final class RoutesFound {
    private static final Question.ReadFile POLICY = Question.file("/proc/sys/net/ipv4/fib_multipath_hash_policy");

    private static final List<Question.Command> ROUTES =
            List.of(show("-4", "boot"), show("-6", "boot"), show("-4", "static"), show("-6", "static"));

    private RoutesFound() {}

    private static Question.Command show(String family, String protocol) {
        return Question.command("ip", "-j", family, "route", "show", "table", "main", "proto", protocol);
    }

    static List<Question<?>> questions() {
        List<Question<?>> out = new ArrayList<>(ROUTES);
        out.addAll(EcmpModule.OURS);
        out.add(POLICY);
        return List.copyOf(out);
    }

    static List<Found> read(Answers answers) {
        List<Found> out = new ArrayList<>();
        List<Question.Command> all = new ArrayList<>(ROUTES);
        all.addAll(EcmpModule.OURS);
        Map<Cidr, Found> byPrefix = new LinkedHashMap<>();
        for (Question.Command question : all) {
            for (KernelRoute route : KernelRoute.specific(answers, question)) {
                if (route.type() == null && !route.nexthops().isEmpty())
                    byPrefix.put(route.prefix(), new Found.Routed(route.prefix(), hops(route)));
            }
        }
        out.addAll(byPrefix.values());
        String policy = answers.to(POLICY).orElse("").strip();
        for (Route.Hash hash : Route.Hash.values())
            if (policy.equals(Integer.toString(hash.policy()))) out.add(new Found.Hash(hash));
        return List.copyOf(out);
    }

    private static List<Found.Hop> hops(KernelRoute route) {
        return route.nexthops().stream()
                .map(hop -> new Found.Hop(hop.dev(), via(hop.via()), hop.weight()))
                .toList();
    }

    private static @Nullable Ip via(@Nullable String text) {
        return text == null ? null : Ip.parse(text).orElse(null);
    }
}

package org.linkctl.modules.freebsd.sysctl;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Balance;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.HubLans;
import org.linkctl.model.Os;
import org.linkctl.model.ProxyArp;
import org.linkctl.model.Sysctl;
import org.linkctl.model.Vip;
import org.linkctl.modules.freebsd.pfrules.PfPublish;
import org.linkctl.modules.freebsd.rc.RcConf;
import org.linkctl.modules.freebsd.routes.RouteWay;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Found;
import org.linkctl.spi.Imported;
import org.linkctl.spi.Module;
import org.linkctl.spi.Question;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;
import org.linkctl.spi.UnreadableFacts;

/**
 * Kernel parameters: the running value, and a block of ours in sysctl.conf(5), where the rest of the file stays as it
 * is. What the kernel runs with stays until the next boot when nothing asks for it any more.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class SysctlModule implements Rendered<SysctlModule.Want, SysctlModule.Facts>, Imported {
    static final String FORWARDING = "net.inet.ip.forwarding";
    static final String FORWARDING_V6 = "net.inet6.ip6.forwarding";
    static final String PREEMPT = "net.inet.carp.preempt";
    private static final String FILE = "/etc/sysctl.conf";
    static final Question.ReadFile WRITTEN = Question.file(FILE);

    /** rc.d/routing writes these after every sysctl.conf, from variables that are NO unless they are set. */
    static final Map<String, String> BY_ROUTING =
            Map.of(FORWARDING, "gateway_enable", FORWARDING_V6, "ipv6_gateway_enable");

    /** @param values by name, in the order in which they are set */
    public record Want(Map<String, String> values) implements Resource {
        public Want {
            values = new LinkedHashMap<>(values);
        }

        @Override
        public String id() {
            return "freebsd.sysctl";
        }

        @Override
        public Set<String> needs() {
            return values.containsKey(PREEMPT) ? Set.of("kernel-module:carp") : Set.of();
        }

        /** -i: a parameter that is not there is no error (sysctl(8)). */
        Question.Command running() {
            List<String> words = new ArrayList<>(List.of("sysctl", "-e", "-i"));
            words.addAll(values.keySet());
            return Question.command(words);
        }

        /** What rc.d/routing is told instead of sysctl.conf. */
        Map<String, String> variables() {
            Map<String, String> out = new LinkedHashMap<>();
            values.forEach((key, value) -> {
                String variable = BY_ROUTING.get(key);
                if (variable != null) out.put(variable, value.equals("1") ? "YES" : "NO");
            });
            return out;
        }

        String lines() {
            StringBuilder out = new StringBuilder();
            values.forEach((key, value) -> {
                if (!BY_ROUTING.containsKey(key))
                    out.append(key).append('=').append(value).append('\n');
            });
            return out.toString();
        }
    }

    /**
     * What was found.
     *
     * @param running by name; a parameter that the kernel does not have now is not there
     */
    public record Facts(
            Map<String, String> running, @Nullable String file, RcConf rc) {}

    @Override
    public String name() {
        return "freebsd.sysctl";
    }

    @Override
    public Os system() {
        return Os.FREEBSD;
    }

    @Override
    public List<Want> want(Scope scope) {
        Host host = scope.host();
        Map<String, String> values = new LinkedHashMap<>(needed(scope.fabric(), host));
        for (Sysctl asked : scope.fabric().of(Sysctl.class, host)) values.put(asked.key(), asked.value());
        return List.of(new Want(values));
    }

    /** A host that passes packets on has to be told so; carp(4) takes the addresses back only if it is told so. */
    private static Map<String, String> needed(Fabric fabric, Host host) {
        Map<String, String> out = new LinkedHashMap<>();
        List<Balance> balances = fabric.of(Balance.class, host);
        boolean v4 =
                balances.stream().flatMap(balance -> balance.over().stream()).anyMatch(hop -> !hop.isV6());
        boolean v6 =
                balances.stream().flatMap(balance -> balance.over().stream()).anyMatch(hop -> hop.isV6());
        List<PfPublish> published = PfPublish.of(fabric, host);
        if (published.stream().anyMatch(PfPublish::v6)) v6 = true;
        if (published.stream().anyMatch(one -> !one.v6())) v4 = true;
        v4 |= translates(fabric, host, false);
        v6 |= translates(fabric, host, true);
        if (v4 || !fabric.of(ProxyArp.class, host).isEmpty() || carries(fabric, host, false)) out.put(FORWARDING, "1");
        if (v6 || carries(fabric, host, true)) out.put(FORWARDING_V6, "1");
        if (fabric.routes(host).stream()
                .anyMatch(route -> fabric.tunnels(route, host).size() > 1)) {
            out.put(RouteWay.MULTIPATH, "1");
        }
        List<Vip> vips = fabric.of(Vip.class, host);
        if (!vips.isEmpty()) out.put(PREEMPT, vips.stream().anyMatch(Vip::preempt) ? "1" : "0");
        return out;
    }

    /** What is translated is passed on. */
    private static boolean translates(Fabric fabric, Host host, boolean v6) {
        return fabric.one(Firewall.class, host)
                .filter(one -> one.redirects().stream()
                                .anyMatch(redirect -> redirect.to().isV6() == v6)
                        || one.nats().stream()
                                .flatMap(nat -> nat.from().stream())
                                .anyMatch(prefix -> prefix.isV6() == v6))
                .isPresent();
    }

    /** Other hosts' traffic goes between sites over its tunnels and hubs. */
    private static boolean carries(Fabric fabric, Host host, boolean v6) {
        Stream<Cidr> behind = HubLans.all(fabric, host).stream().flatMap(one -> one.near().stream());
        return Stream.concat(fabric.farLans(host).stream(), behind).anyMatch(prefix -> prefix.isV6() == v6);
    }

    @Override
    public List<Question<?>> probe(Want want) {
        List<Question<?>> out = new ArrayList<>(List.of(WRITTEN));
        if (!want.values().isEmpty()) out.add(want.running());
        List<String> variables = List.copyOf(want.variables().keySet());
        if (!variables.isEmpty()) out.add(RcConf.question(variables));
        return out;
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        Map<String, String> running = new LinkedHashMap<>();
        if (!want.values().isEmpty()) {
            for (String line : answers.stdout(want.running()).lines().toList()) {
                int equals = line.indexOf('=');
                String key = equals < 0 ? line : line.substring(0, equals);
                if (equals < 0 || !want.values().containsKey(key)) {
                    throw new UnreadableFacts("sysctl: not a parameter that was asked for: '" + line + "'");
                }
                running.put(key, line.substring(equals + 1).strip());
            }
        }
        List<String> variables = List.copyOf(want.variables().keySet());
        RcConf rc = variables.isEmpty() ? new RcConf(Map.of()) : RcConf.read(variables, answers);
        return new Facts(running, answers.to(WRITTEN).orElse(null), rc);
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(Map.of(), null, new RcConf(Map.of()));
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        List<Change> out = new ArrayList<>();
        want.values().forEach((key, value) -> {
            String now = have.running().get(key);
            if (!value.equals(now)) out.add(Change.state(key, now, value));
        });
        String file = have.file();
        String text = Block.put(file == null ? "" : file, want.lines());
        if (!text.equals(file == null ? "" : file)) {
            out.add(Change.file(FILE, file, text.isEmpty() ? null : text));
        }
        out.addAll(have.rc().diff(want.variables()));
        return out;
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        for (Change change : changes) {
            String after = change.after();
            String before = change.before();
            if (RcConf.isOurs(change)) out.add(RcConf.step(change));
            else if (change.kind() == Change.Kind.FILE) {
                out.add(after == null ? new Step.RemoveFile(FILE) : Step.put(FILE, "0644", after));
            } else {
                Argv set = Argv.of("sysctl", change.subject() + "=" + after);
                out.add(
                        before == null
                                ? Step.run(set)
                                : Step.run(set, Argv.of("sysctl", change.subject() + "=" + before)));
            }
        }
        return out;
    }

    @Override
    public List<Question<?>> importing() {
        return SysctlFound.questions();
    }

    @Override
    public List<Question<?>> importing(Answers first) {
        return SysctlFound.questions(first);
    }

    @Override
    public List<Found> found(Answers answers) {
        return SysctlFound.read(answers);
    }
}

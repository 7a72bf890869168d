package org.linkctl.modules.linux.policyrules;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Everything;
import org.linkctl.model.Os;
import org.linkctl.model.Route;
import org.linkctl.modules.linux.iprules.IpRule;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Module;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/**
 * Rules of ip-rule(8) by which everything from some sources goes over the tunnels of a route, and the service that keeps
 * them. They are about what comes in by the LAN's interfaces, so that what the host sends itself, the tunnels' own packets
 * and linkctl's session with it, goes as it went. The route's own program has the tunnels in the table; a rule behind it
 * lets nothing leave in clear while there is no tunnel.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class PolicyRulesModule
        implements Remembered<PolicyRulesModule.Want, PolicyRulesModule.Facts>,
                Examined<PolicyRulesModule.Want, PolicyRulesModule.Facts>,
                Rendered<PolicyRulesModule.Want, PolicyRulesModule.Facts> {
    private static final String RULES = "rules of ip-rule(8) of the priorities 991 to 993";
    private static final Argv CLEAR = Argv.of(PolicyRulesService.PATH, "clear");

    /** @param routes the labels of those that it is about */
    record Want(List<String> routes, List<IpRule> rules) implements Resource {
        Want {
            routes = List.copyOf(routes);
            rules = List.copyOf(rules);
        }

        @Override
        public String id() {
            return "linux.policy-rules";
        }

        /** The tables lead somewhere before packets are sent there. */
        @Override
        public Set<String> needs() {
            Set<String> out = new LinkedHashSet<>();
            routes.forEach(route -> out.add("route:" + route));
            return out;
        }

        KeptService service() {
            KeptService service = PolicyRulesService.of(rules);
            return rules.isEmpty() ? service.none() : service;
        }
    }

    /** What was found. */
    record Facts(KeptService.Found service, Set<IpRule> rules) {}

    @Override
    public String name() {
        return "linux.policy-rules";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Want> want(Scope scope) {
        List<IpRule> rules = PolicyRules.of(scope.fabric(), scope.host());
        if (rules.isEmpty()) return List.of();
        List<String> routes = scope.fabric().staticRoutes(scope.host()).stream()
                .filter(route ->
                        !Everything.sources(scope.fabric(), route, scope.host()).isEmpty())
                .map(Route::label)
                .toList();
        return List.of(new Want(routes, rules));
    }

    @Override
    public List<Question<?>> probe(Want want) {
        List<Question<?>> out = new ArrayList<>(want.service().questions());
        out.addAll(IpRule.questions());
        return out;
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        return new Facts(want.service().read(answers), PolicyRules.among(IpRule.read(answers)));
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(KeptService.Found.NONE, Set.of());
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        Set<IpRule> wanted = new TreeSet<>(want.rules());
        boolean rules = !wanted.equals(have.rules());
        List<Change> out = new ArrayList<>(want.service().diff(have.service(), rules));
        if (rules) out.add(Change.state(RULES, lines(have.rules()), lines(wanted)));
        return out;
    }

    private static @Nullable String lines(Set<IpRule> rules) {
        return rules.isEmpty() ? null : rules.stream().map(IpRule::shown).collect(Collectors.joining("\n"));
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        boolean program = have.service().texts().containsKey(PolicyRulesService.PATH);
        List<Step> stopped = new ArrayList<>();
        if (program) stopped.add(new Step.Run(CLEAR, List.of(Argv.of(PolicyRulesService.PATH, "load"))));
        // Where somebody has taken the program away, nothing else knows which they were.
        else have.rules().forEach(rule -> stopped.addAll(PolicyRulesService.removal(rule)));
        return want.service()
                .steps(have.service(), changes, have.rules().isEmpty() ? List.of(CLEAR) : List.of(), stopped);
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        return want.rules().isEmpty() ? Optional.empty() : Optional.of(Memory.OWNED);
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(List.of(), List.of()));
    }

    @Override
    public List<String> adopts(Want want, Facts have) {
        return want.service().foreign(have.service());
    }

    @Override
    public List<Question<?>> examine(Want want) {
        return List.of();
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        if (want.rules().isEmpty()) return List.of();
        boolean complete = new TreeSet<>(want.rules()).equals(have.rules());
        String subject = "everything from "
                + want.rules().stream()
                        .map(rule -> rule.words().split(" ", -1)[1])
                        .distinct()
                        .collect(Collectors.joining(", "));
        return List.of(
                complete
                        ? Finding.good(subject, "goes over the route " + String.join(", ", want.routes()))
                        : Finding.bad(subject, "does not go over tunnels: rules are missing, or there are others"),
                have.service().running()
                        ? Finding.good(PolicyRulesService.UNIT, "keeps the rules")
                        : Finding.bad(PolicyRulesService.UNIT, "does not run: nobody keeps the rules"));
    }
}

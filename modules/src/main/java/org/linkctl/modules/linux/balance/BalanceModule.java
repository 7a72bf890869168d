package org.linkctl.modules.linux.balance;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.modules.linux.nftables.TableService;
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
 * What is spread over next hops: a table of nftables that marks packets, a rule and a routing table for each mark
 * (ip-rule(8)), and the service that loads them and takes the slots of next hops that do not answer. Which slots those are
 * is the service's alone, so that it is no difference.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class BalanceModule
        implements Remembered<BalanceModule.Want, BalanceModule.Facts>,
                Examined<BalanceModule.Want, BalanceModule.Facts>,
                Rendered<BalanceModule.Want, BalanceModule.Facts> {
    private static final String RULES = "rules of ip-rule(8) of priority " + BalanceService.PRIORITY;
    private static final Argv CLEAR = Argv.of(BalanceService.PATH, "clear");

    /** What is spread; nothing: there shall be no rules, no routes, and no service. */
    record Want(List<SpreadConnections> spread) implements Resource {
        @Override
        public String id() {
            return "linux.balance";
        }

        @Override
        public Set<String> needs() {
            if (spread.isEmpty()) return Set.of();
            Set<String> out = new LinkedHashSet<>(
                    List.of("package:nftables", "package:conntrack", "package:iputils-ping", "forwarding"));
            for (NextHop hop : SpreadConnections.hops(spread)) out.add("interface:" + hop.device());
            return out;
        }

        TableService service() {
            KeptService service = BalanceService.of(spread);
            return new TableService(spread.isEmpty() ? service.none() : service, BalanceRules.TABLE, CLEAR);
        }

        Set<String> rules() {
            return SpreadConnections.hops(spread).stream()
                    .map(hop -> MarkRules.shown(hop.address().isV6(), hop.shownMark(), Integer.toString(hop.mark())))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** @param rules of ip-rule(8) that are the service's */
    record Facts(TableService.Found found, Set<String> rules) {}

    @Override
    public String name() {
        return "linux.balance";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Want> want(Scope scope) {
        List<SpreadConnections> spread = SpreadConnections.of(scope.fabric(), scope.host());
        return spread.isEmpty() ? List.of() : List.of(new Want(spread));
    }

    @Override
    public List<Question<?>> probe(Want want) {
        List<Question<?>> out = new ArrayList<>(want.service().questions());
        out.addAll(MarkRules.questions());
        return out;
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        return new Facts(want.service().read(answers), MarkRules.read(answers));
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(TableService.Found.NONE, Set.of());
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        boolean rules = !want.rules().equals(have.rules());
        List<Change> out = want.service().diff(have.found(), rules);
        if (rules) out.add(Change.state(RULES, lines(have.rules()), lines(want.rules())));
        return out;
    }

    private static @Nullable String lines(Set<String> rules) {
        return rules.isEmpty() ? null : String.join("\n", rules);
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        boolean loaded = have.found().table().now() != null || !have.rules().isEmpty();
        boolean runs = have.found().service().texts().containsKey(BalanceService.PATH);
        // Where somebody has taken the program away, its rules of ip-rule(8) lead to tables that lead nowhere.
        return loaded && !runs && want.spread().isEmpty()
                ? TableService.of(want.service().service(), BalanceRules.TABLE).steps(have.found(), changes)
                : want.service().steps(have.found(), changes, loaded);
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        return want.spread().isEmpty() ? Optional.empty() : Optional.of(Memory.OWNED);
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(List.of()));
    }

    @Override
    public List<String> adopts(Want want, Facts have) {
        return want.service().service().foreign(have.found().service());
    }

    @Override
    public List<Question<?>> examine(Want want) {
        return BalanceHealth.questions(want.spread());
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        if (want.spread().isEmpty()) return List.of();
        List<Finding> out = new ArrayList<>();
        out.add(
                have.found().service().running()
                        ? Finding.good(BalanceService.UNIT, "watches the next hops")
                        : Finding.bad(BalanceService.UNIT, "does not run: nobody watches the next hops"));
        out.addAll(BalanceHealth.findings(want.spread(), answers));
        return out;
    }
}

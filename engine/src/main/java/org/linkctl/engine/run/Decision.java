package org.linkctl.engine.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.linkctl.engine.HostPlan;
import org.linkctl.model.Host;
import org.linkctl.plan.Planned;
import org.linkctl.plan.Undeclared;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Resource;

/** What one host's answers mean: what has to go, what has to be made, and what the host has to remember of it. */
final class Decision {
    private final Judge judge;
    private final Host host;
    private final Answers answers;
    private final Ownership owned;
    private final List<Planned<?, ?>> wanted;
    private final Set<String> atWork;
    private final Ledger ledger;
    private final List<HostPlan.Item> items = new ArrayList<>();
    private final List<HostPlan.Warning> warnings = new ArrayList<>();

    Decision(Judge judge, Host host, Answers answers, Ownership owned, List<Planned<?, ?>> wanted, Set<String> atWork) {
        this.judge = judge;
        this.atWork = atWork;
        this.host = host;
        this.answers = answers;
        this.owned = owned;
        this.wanted = wanted;
        this.ledger = new Ledger(owned, judge.fabric(), judge.undeclared());
    }

    /** Removals first: something new may want the port or the member of something old. */
    HostPlan plan() {
        remove();
        make();
        return new HostPlan(host, ledger.around(items), warnings);
    }

    /**
     * Judges one resource. One that is refused stands in the plan as that, beside what would be done otherwise: nothing is
     * done on the host then.
     */
    private boolean judged(Planned<?, ?> planned, Runnable work) {
        String id = planned.resource().id();
        try {
            work.run();
            return true;
        } catch (Refused e) {
            String why = String.valueOf(e.getMessage());
            String named = id + ": ";
            items.add(HostPlan.Item.refused(
                    planned.module(), id, why.startsWith(named) ? why.substring(named.length()) : why));
            ledger.stays(id);
            return false;
        }
    }

    private void warn(Planned<?, ?> planned) {
        String id = planned.resource().id();
        for (String text : judge.guarded(host, planned, () -> planned.warnings(answers))) {
            warnings.add(new HostPlan.Warning(id, text));
        }
    }

    private void make() {
        Map<String, List<String>> missing = new HashMap<>();
        Paths paths = new Paths();
        for (Planned<?, ?> planned : wanted) {
            Resource resource = planned.resource();
            Set<String> over = paths.over(resource);
            if (!judge.selects(planned.module())) {
                ledger.stays(resource.id());
                continue;
            }
            boolean[] ready = {true};
            boolean planable = judged(planned, () -> ready[0] = make(planned, over, missing(resource, missing)));
            if (planable && ready[0]) continue;
            for (String provided : resource.provides()) {
                missing.computeIfAbsent(provided, token -> new ArrayList<>()).add(resource.id());
            }
        }
    }

    /** Whether what needs it can go on: it differs in nothing, or can be made now. */
    private boolean make(Planned<?, ?> planned, Set<String> over, List<String> after) {
        Resource resource = planned.resource();
        Planned.Assessment found = judge.guarded(host, planned, () -> planned.assess(answers));
        warn(planned);
        List<String> adopts = claim(planned);
        if (found.changes().isEmpty()) {
            ledger.adopts(adopts);
            return true;
        }
        ledger.leavesUnlessWanted(resource.id());
        var ways = new HostPlan.Ways(resource.way(), resource.spreads(), over, found.exists());
        HostPlan.Item item = item(planned, found, ways, after, adopts);
        items.add(item);
        return item.ready();
    }

    /** A path goes in a stage of its own, once nothing is sent over it; what it needed goes after it. */
    private void remove() {
        Set<String> going = new LinkedHashSet<>();
        Set<String> paths = new LinkedHashSet<>();
        for (Planned<?, ?> planned : judge.absences(host, wanted, owned)) {
            going.add(planned.resource().id());
            judged(planned, () -> remove(planned, paths));
        }
        if (judge.undeclared() == Undeclared.FORGOTTEN) return;
        for (Owned one : owned.without(ids(wanted))) {
            // What another inventory owns, too, stays there, and is its alone.
            boolean shared = judge.selects(one.module())
                    && owned.otherOwner(one.resource()).isPresent();
            if (!shared && !going.contains(one.resource())) ledger.stays(one.resource());
        }
    }

    private void remove(Planned<?, ?> planned, Set<String> paths) {
        Planned.Assessment found = judge.guarded(host, planned, () -> planned.assess(answers));
        warn(planned);
        if (found.changes().isEmpty()) return;
        ledger.leaves(planned.resource().id());
        Optional<String> path = planned.resource().way();
        HostPlan.Ways ways = new HostPlan.Ways(path, Set.of(), Set.copyOf(paths), true);
        items.add(item(planned, found, ways, List.of(), List.of()));
        path.ifPresent(paths::add);
    }

    /**
     * Remembers what is wanted; tells what of it was there before and is taken over. Of what another inventory made, that
     * one's memory is taken over as well: whoever owns it last puts back what was found at first.
     */
    private List<String> claim(Planned<?, ?> planned) {
        String id = planned.resource().id();
        Optional<Memory> before = owned.memory(id);
        Optional<Memory> known = before.or(() -> owned.otherMemory(id));
        Optional<Memory> memory = judge.guarded(host, planned, () -> planned.memory(answers, known));
        ledger.wants(id, memory);
        if (memory.isEmpty() || before.isPresent()) return List.of();
        List<String> adopts = new ArrayList<>();
        for (String what : judge.guarded(host, planned, () -> planned.adopts(answers))) {
            adopts.add(what + ", which linkctl did not make");
        }
        owned.otherOwner(id).ifPresent(other -> adopts.add(id + ", which inventory '" + other + "' owns, too"));
        return adopts;
    }

    private static List<String> missing(Resource resource, Map<String, List<String>> missing) {
        return resource.needs().stream()
                .flatMap(need -> missing.getOrDefault(need, List.of()).stream())
                .distinct()
                .sorted()
                .toList();
    }

    private List<String> unknowns(Resource resource, Set<String> partners) {
        List<String> out = new ArrayList<>(resource.unknowns());
        partners.stream()
                .filter(partner -> !atWork.contains(partner))
                .sorted()
                .forEach(partner -> out.add(partner + ", which has to change in the same run"));
        return out;
    }

    private HostPlan.Item item(
            Planned<?, ?> planned,
            Planned.Assessment found,
            HostPlan.Ways ways,
            List<String> after,
            List<String> adopts) {
        List<String> unknowns = unknowns(planned.resource(), found.partners());
        return new HostPlan.Item(
                planned.module(),
                planned.resource().id(),
                found.changes(),
                unknowns.isEmpty() ? found.steps() : List.of(),
                unknowns,
                after,
                planned.guarded(),
                ways,
                adopts,
                found.partners(),
                null);
    }

    static Set<String> ids(List<Planned<?, ?>> wanted) {
        Set<String> out = new LinkedHashSet<>();
        wanted.forEach(planned -> out.add(planned.resource().id()));
        return out;
    }
}

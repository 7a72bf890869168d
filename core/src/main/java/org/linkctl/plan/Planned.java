package org.linkctl.plan;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.shell.Step;
import org.linkctl.spi.Abilities;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Diagnosis;
import org.linkctl.spi.Drainable;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Module;
import org.linkctl.spi.Published;
import org.linkctl.spi.Question;
import org.linkctl.spi.Resource;

/** One resource together with the module that wants it, so that nobody else needs to know their types. */
public final class Planned<R extends Resource, F extends Record> {
    private final Module<R, F> module;
    private final Abilities<R, F> abilities;
    private final R want;
    /** What was read last: several questions about one host's answers follow each other. */
    private volatile @Nullable Read<F> read;

    private record Read<F>(Answers answers, F facts) {}

    Planned(Module<R, F> module, R want) {
        this.module = module;
        this.abilities = new Abilities<>(module);
        this.want = want;
    }

    public String module() {
        return module.name();
    }

    /** Why its module refuses to say what it wants: then it stands for all of that. */
    public Optional<String> refusal() {
        return module instanceof RefusedWants refused ? Optional.of(refused.why()) : Optional.empty();
    }

    public boolean guarded() {
        return abilities.guarded();
    }

    public R resource() {
        return want;
    }

    public List<Question<?>> probe() {
        return module.probe(want);
    }

    public List<Question<?>> examine() {
        return abilities.examine(want);
    }

    /** Pure, so that the same answers need not be read again. */
    @SuppressWarnings("ReferenceEquality") // to compare what they say would take as long as to read it
    private F facts(Answers answers) {
        Read<F> last = read;
        if (last != null && last.answers() == answers) return last.facts();
        F facts = module.facts(want, answers);
        read = new Read<>(answers, facts);
        return facts;
    }

    /** Reads the answers and decides: pure, and the only way from answers to a plan. */
    public Assessment assess(Answers answers) {
        return assess(facts(answers));
    }

    /** What the host shall keep of it; empty where nothing has to be kept. */
    public Optional<Memory> memory(Answers answers, Optional<Memory> before) {
        return abilities.memory(want, facts(answers), before);
    }

    /** What of it is there already and was not made by linkctl. */
    public List<String> adopts(Answers answers) {
        return abilities.adopts(want, facts(answers));
    }

    /**
     * The same for a host on which nothing was configured yet.
     *
     * @throws org.linkctl.spi.Refused where the module does not say what such a host has
     */
    public Assessment assessBare() {
        return assess(abilities.bare(want));
    }

    private Assessment assess(F facts) {
        List<Change> changes = module.diff(want, facts);
        boolean acts = !changes.isEmpty() && want.unknowns().isEmpty();
        boolean exists = changes.isEmpty() || abilities.exists(want, facts);
        return new Assessment(
                changes,
                acts ? module.steps(want, facts, changes) : List.of(),
                exists,
                changes.isEmpty() ? Set.of() : abilities.partners(want, facts));
    }

    public Published.Values publish(Answers answers) {
        return abilities.publish(want, facts(answers));
    }

    public List<Finding> findings(Answers answers) {
        return abilities.findings(want, facts(answers), answers);
    }

    /** What {@code linkctl doctor} asks beside {@link #probe}. */
    public List<Question<?>> diagnose() {
        return abilities.diagnose(want);
    }

    public List<Diagnosis> diagnoses(Answers answers) {
        return abilities.diagnoses(want, facts(answers), answers);
    }

    /** What else is asked where something that it spreads traffic over is to be drained. */
    public List<Question<?>> beforeDraining() {
        return abilities.beforeDraining(want);
    }

    /** What it gives over several paths. */
    public List<Drainable.Shared> shared(Answers answers) {
        return abilities.shared(want, facts(answers), answers);
    }

    /** What whoever lets linkctl go on has to know beside the changes. */
    public List<String> warnings(Answers answers) {
        return abilities.warnings(want, facts(answers));
    }

    /**
     * What differs, and the steps that end it; no steps while something that is wanted is not known yet.
     *
     * @param exists whether it is there already, however it may differ
     * @param partners the hosts that have to change in the same run
     */
    public record Assessment(List<Change> changes, List<Step> steps, boolean exists, Set<String> partners) {
        public Assessment {
            partners = Set.copyOf(partners);
            changes = List.copyOf(changes);
            steps = List.copyOf(steps);
        }
    }
}

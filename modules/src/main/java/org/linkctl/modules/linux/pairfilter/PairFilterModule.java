package org.linkctl.modules.linux.pairfilter;

import com.google.auto.service.AutoService;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.model.StateSync;
import org.linkctl.model.Vip;
import org.linkctl.modules.linux.nftables.TableService;
import org.linkctl.modules.linux.systemd.KeptService;
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

/** Rules by which the other host of a pair alone is heard, in a table of nftables that is linkctl's own. */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class PairFilterModule
        implements Remembered<PairFilterModule.Want, TableService.Found>,
                Examined<PairFilterModule.Want, TableService.Found>,
                Rendered<PairFilterModule.Want, TableService.Found> {
    /** @param rules null: none of ours */
    public record Want(@Nullable String rules) implements Resource {
        @Override
        public String id() {
            return "linux.pair-filter";
        }

        @Override
        public Set<String> provides() {
            return rules == null ? Set.of() : Set.of("pair-filter");
        }

        @Override
        public Set<String> needs() {
            return rules == null ? Set.of() : Set.of("package:nftables");
        }

        TableService service() {
            KeptService service = PairRules.service(rules == null ? "" : rules);
            return TableService.of(rules == null ? service.none() : service, PairRules.TABLE);
        }
    }

    @Override
    public String name() {
        return "linux.pair-filter";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Want> want(Scope scope) {
        boolean needed = !scope.fabric().of(Vip.class, scope.host()).isEmpty()
                || scope.fabric().one(StateSync.class, scope.host()).isPresent();
        return needed ? List.of(new Want(PairRules.text(scope.fabric(), scope.host()))) : List.of();
    }

    @Override
    public List<Question<?>> probe(Want want) {
        return want.service().questions();
    }

    @Override
    public TableService.Found facts(Want want, Answers answers) {
        return want.service().read(answers);
    }

    @Override
    public TableService.Found bare(Want want) {
        return TableService.Found.NONE;
    }

    @Override
    public List<Change> diff(Want want, TableService.Found have) {
        return want.service().diff(have, false);
    }

    @Override
    public List<Step> steps(Want want, TableService.Found have, List<Change> changes) {
        return want.service().steps(have, changes);
    }

    @Override
    public Optional<Memory> memory(Want want, TableService.Found have, Optional<Memory> before) {
        return want.rules() == null ? Optional.empty() : Optional.of(Memory.OWNED);
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(null));
    }

    @Override
    public List<String> adopts(Want want, TableService.Found have) {
        return want.service().service().foreign(have.service());
    }

    @Override
    public List<Finding> findings(Want want, TableService.Found have, Answers answers) {
        if (want.rules() == null) return List.of();
        return List.of(
                have.table().isAsLoaded() && have.service().running()
                        ? Finding.good(PairRules.TABLE.subject(), "lets the other host of the pair speak alone")
                        : Finding.bad(
                                PairRules.TABLE.subject(),
                                "is not as it should be: others may speak for the other host of the pair"));
    }
}

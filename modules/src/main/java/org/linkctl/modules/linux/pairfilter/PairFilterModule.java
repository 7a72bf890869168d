package org.linkctl.modules.linux.pairfilter;

import com.google.auto.service.AutoService;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.StateSync;
import org.linkctl.model.Vip;
import org.linkctl.modules.linux.nftables.TableModule;
import org.linkctl.modules.linux.nftables.TableService;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Module;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Scope;

/** Rules by which the other host of a pair alone is heard, in a table of nftables that is linkctl's own. */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class PairFilterModule
        implements TableModule<PairFilterModule.Want>, Examined<PairFilterModule.Want, TableService.Found> {
    /** @param rules null: none of ours */
    public record Want(@Nullable String rules) implements TableModule.Loaded {
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

        @Override
        public TableService service() {
            KeptService service = PairRules.service(rules == null ? "" : rules);
            return TableService.of(rules == null ? service.none() : service, PairRules.TABLE);
        }
    }

    @Override
    public String name() {
        return "linux.pair-filter";
    }

    @Override
    public List<Want> want(Scope scope) {
        boolean needed = !scope.fabric().of(Vip.class, scope.host()).isEmpty()
                || scope.fabric().one(StateSync.class, scope.host()).isPresent();
        return needed ? List.of(new Want(PairRules.text(scope.fabric(), scope.host()))) : List.of();
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(null));
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

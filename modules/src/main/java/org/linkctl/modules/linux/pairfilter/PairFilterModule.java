package org.linkctl.modules.linux.pairfilter;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
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
import org.linkctl.spi.UnreadableFacts;

/** Rules by which the other host of a pair alone is heard, in a table of nftables that is linkctl's own. */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class PairFilterModule
        implements Remembered<PairFilterModule.Want, PairFilterModule.Facts>,
                Examined<PairFilterModule.Want, PairFilterModule.Facts>,
                Rendered<PairFilterModule.Want, PairFilterModule.Facts> {
    private static final String RULES = "nft table " + PairRules.NAME;
    private static final Question.Command TABLES = Question.command("nft", "list", "tables");
    private static final Question.Command LOADED =
            Question.command("nft", "-n", "-s", "list", "table", "inet", "linkctl_pair");
    private static final Argv DELETE = Argv.of("nft", "delete", "table", "inet", "linkctl_pair");

    /** @param table null: no rules of ours */
    public record Want(@Nullable String table) implements Resource {
        @Override
        public String id() {
            return "linux.pair-filter";
        }

        @Override
        public Set<String> provides() {
            return table == null ? Set.of() : Set.of("pair-filter");
        }

        @Override
        public Set<String> needs() {
            return table == null ? Set.of() : Set.of("package:nftables");
        }

        KeptService service() {
            KeptService service = PairRules.service(table == null ? "" : table);
            return table == null ? service.none() : service;
        }
    }

    /** @param table as nft(8) lists it; null: there is none */
    public record Facts(KeptService.Found service, @Nullable String table) {}

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
        boolean needed = !scope.fabric().vips(scope.host()).isEmpty()
                || scope.fabric().stateSync(scope.host()).isPresent();
        return needed ? List.of(new Want(PairRules.table(scope.fabric(), scope.host()))) : List.of();
    }

    @Override
    public List<Question<?>> probe(Want want) {
        List<Question<?>> out = new ArrayList<>(want.service().questions());
        out.addAll(List.of(TABLES, LOADED));
        return out;
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        return new Facts(want.service().read(answers), table(answers));
    }

    /** That a table is not there is told by the list of all: what nft(8) says of a missing one depends on the locale. */
    private static @Nullable String table(Answers answers) {
        Answer.Output tables = answers.to(TABLES);
        if (tables.exit() == 127) return null;
        String name = "table " + PairRules.NAME;
        if (answers.stdout(TABLES).lines().map(String::strip).noneMatch(name::equals)) return null;
        String text = answers.stdout(LOADED);
        if (!text.startsWith(name + " {")) throw new UnreadableFacts("nft list does not begin with " + name);
        return text;
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(KeptService.Found.NONE, null);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        boolean differs = !Objects.equals(want.table(), have.table());
        List<Change> out = new ArrayList<>(want.service().diff(have.service(), want.table() != null && differs));
        if (differs) out.add(Change.state(RULES, have.table(), want.table()));
        return out;
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        List<Argv> undone = have.table() == null ? List.of(DELETE) : List.of();
        List<Step> out = new ArrayList<>(want.service().steps(have.service(), changes, undone));
        if (want.table() == null && have.table() != null && !changes.isEmpty()) out.add(Step.run(DELETE));
        return out;
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        return want.table() == null ? Optional.empty() : Optional.of(Memory.OWNED);
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(null));
    }

    @Override
    public List<String> adopts(Want want, Facts have) {
        return want.service().foreign(have.service());
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        if (want.table() == null) return List.of();
        return List.of(
                want.table().equals(have.table())
                        ? Finding.good(RULES, "lets the other host of the pair speak alone")
                        : Finding.bad(
                                RULES, "is not as it should be: others may speak for the other host of the pair"));
    }
}

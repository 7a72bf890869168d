package org.linkctl.modules.linux.firezonenat;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.FirezoneGateway;
import org.linkctl.model.Os;
import org.linkctl.modules.files.OurFiles;
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

/**
 * What clients of a Firezone gateway send leaves the host with its own address (masquerade): nobody at the site has a route
 * to the clients' addresses, and the gateway itself does not translate them. The rules live in a table of their own.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class FirezoneNatModule
        implements Remembered<FirezoneNatModule.Want, FirezoneNatModule.Facts>,
                Examined<FirezoneNatModule.Want, FirezoneNatModule.Facts>,
                Rendered<FirezoneNatModule.Want, FirezoneNatModule.Facts> {
    private static final String RULES = "nft table " + NatTable.NAME;

    /** @param wanted false: there shall be no such table */
    public record Want(boolean wanted) implements Resource {
        @Override
        public String id() {
            return "linux.firezone-nat";
        }

        @Override
        public Set<String> provides() {
            return wanted ? Set.of("firezone-nat") : Set.of();
        }

        @Override
        public Set<String> needs() {
            return wanted ? Set.of("package:nftables", "forwarding") : Set.of();
        }

        KeptService service() {
            return wanted ? NatTable.SERVICE : NatTable.SERVICE.none();
        }
    }

    /** @param table as nft(8) lists it; null where there is none */
    public record Facts(KeptService.Found service, @Nullable String table) {
        /** The table is not what the unit's file would load. */
        boolean stale() {
            return !Objects.equals(table, NatTable.TEXT);
        }
    }

    @Override
    public String name() {
        return "linux.firezone-nat";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Want> want(Scope scope) {
        return scope.fabric().of(FirezoneGateway.class, scope.host()).isEmpty() ? List.of() : List.of(new Want(true));
    }

    @Override
    public List<Question<?>> probe(Want want) {
        List<Question<?>> out = new ArrayList<>(want.service().questions());
        out.add(NatTable.ALL);
        out.add(NatTable.LOADED);
        return out;
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        return new Facts(want.service().read(answers), NatTable.read(answers));
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(KeptService.Found.NONE, null);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        List<Change> out = new ArrayList<>(want.service().diff(have.service(), have.stale()));
        boolean left = !want.wanted() && have.table() != null;
        if (left) out.add(Change.state(RULES, have.table(), null));
        else if (want.wanted() && have.stale()) out.add(Change.state(RULES, have.table(), NatTable.TEXT));
        return out;
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>(want.service().steps(have.service(), changes, List.of()));
        boolean left =
                changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, RULES) && change.after() == null);
        // Where the service runs, its stop has taken the table away.
        if (left && !have.service().running()) out.add(Step.run(NatTable.DELETE));
        if (!want.wanted() && !changes.isEmpty())
            out.add(OurFiles.unfold(List.of("/etc/linkctl/nftables", "/etc/linkctl")));
        return out;
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        return want.wanted() ? Optional.of(Memory.OWNED) : Optional.empty();
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(false));
    }

    @Override
    public List<String> adopts(Want want, Facts have) {
        List<String> out = new ArrayList<>(want.service().foreign(have.service()));
        if (have.table() != null && have.service().texts().isEmpty()) out.add(RULES);
        return out;
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        if (!want.wanted()) return List.of();
        String subject = "masquerade of Firezone's clients";
        return List.of(
                have.stale()
                        ? Finding.bad(subject, RULES + " is not as it should be: the site cannot answer clients")
                        : Finding.good(subject, "by " + RULES));
    }
}

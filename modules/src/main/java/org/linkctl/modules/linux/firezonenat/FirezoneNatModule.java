package org.linkctl.modules.linux.firezonenat;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.linkctl.model.FirezoneGateway;
import org.linkctl.model.Os;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.nftables.TableService;
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
        implements Remembered<FirezoneNatModule.Want, TableService.Found>,
                Examined<FirezoneNatModule.Want, TableService.Found>,
                Rendered<FirezoneNatModule.Want, TableService.Found> {
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

        TableService service() {
            return TableService.of(wanted ? NatTable.SERVICE : NatTable.SERVICE.none(), NatTable.TABLE);
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
        List<Step> out = new ArrayList<>(want.service().steps(have, changes));
        if (!want.wanted() && !changes.isEmpty())
            out.add(OurFiles.unfold(List.of("/etc/linkctl/nftables", "/etc/linkctl")));
        return out;
    }

    @Override
    public Optional<Memory> memory(Want want, TableService.Found have, Optional<Memory> before) {
        return want.wanted() ? Optional.of(Memory.OWNED) : Optional.empty();
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(false));
    }

    @Override
    public List<String> adopts(Want want, TableService.Found have) {
        List<String> out = new ArrayList<>(want.service().service().foreign(have.service()));
        if (have.table().now() != null && have.service().texts().isEmpty()) out.add(NatTable.TABLE.subject());
        return out;
    }

    @Override
    public List<Finding> findings(Want want, TableService.Found have, Answers answers) {
        if (!want.wanted()) return List.of();
        String subject = "masquerade of Firezone's clients";
        String table = NatTable.TABLE.subject();
        return List.of(
                have.table().isAsLoaded()
                        ? Finding.good(subject, "by " + table)
                        : Finding.bad(subject, table + " is not as it should be: the site cannot answer clients"));
    }
}

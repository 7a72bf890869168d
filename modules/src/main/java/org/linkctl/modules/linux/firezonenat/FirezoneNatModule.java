package org.linkctl.modules.linux.firezonenat;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.linkctl.model.FirezoneGateway;
import org.linkctl.modules.linux.nftables.TableModule;
import org.linkctl.modules.linux.nftables.TableService;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Module;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Scope;

/**
 * What clients of a Firezone gateway send leaves the host with its own address (masquerade): nobody at the site has a route
 * to the clients' addresses, and the gateway itself does not translate them. The rules live in a table of their own.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class FirezoneNatModule
        implements TableModule<FirezoneNatModule.Want>, Examined<FirezoneNatModule.Want, TableService.Found> {
    /** @param wanted false: there shall be no such table */
    public record Want(boolean wanted) implements TableModule.Loaded {
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

        @Override
        public TableService service() {
            return TableService.of(wanted ? NatTable.SERVICE : NatTable.SERVICE.none(), NatTable.TABLE);
        }
    }

    @Override
    public String name() {
        return "linux.firezone-nat";
    }

    @Override
    public List<Want> want(Scope scope) {
        return scope.fabric().of(FirezoneGateway.class, scope.host()).isEmpty() ? List.of() : List.of(new Want(true));
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

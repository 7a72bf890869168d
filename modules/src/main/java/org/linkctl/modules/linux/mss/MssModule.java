package org.linkctl.modules.linux.mss;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.HubLans;
import org.linkctl.model.Tunnel;
import org.linkctl.modules.linux.nftables.TableModule;
import org.linkctl.modules.linux.nftables.TableService;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.publishing.PublishedService;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Module;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Scope;

/**
 * Forwarded TCP agrees on segments that fit through the tunnels (nft(8), "rt mtu": it looks at the way there and the
 * way back, so both directions of a SYN are right). The rules live in a table of their own, loaded whole in one
 * transaction; nobody else's table is touched, and a {@code flush ruleset} by nftables.service is followed by a load of
 * ours.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class MssModule implements TableModule<MssModule.Want>, Examined<MssModule.Want, TableService.Found> {
    /** @param tunnels that something is forwarded through, by name; where there are none, nothing of ours stays */
    public record Want(List<String> tunnels) implements TableModule.Loaded {
        @Override
        public String id() {
            return "linux.mss";
        }

        @Override
        public Set<String> needs() {
            return tunnels.isEmpty() ? Set.of() : Set.of("package:nftables");
        }

        @Override
        public boolean stray() {
            return tunnels.isEmpty();
        }

        @Override
        public TableService service() {
            KeptService service = MssTable.service(tunnels);
            return TableService.of(tunnels.isEmpty() ? service.none() : service, MssTable.TABLE);
        }
    }

    @Override
    public String name() {
        return "linux.mss";
    }

    @Override
    public List<Want> want(Scope scope) {
        Host host = scope.host();
        Set<String> tunnels = new TreeSet<>();
        scope.fabric().routes(host).stream()
                .flatMap(route -> scope.fabric().tunnels(route, host).stream())
                .map(Tunnel::name)
                .forEach(tunnels::add);
        HubLans.all(scope.fabric(), host).forEach(lans -> tunnels.add(lans.hub().name()));
        PublishedService.of(scope.fabric(), host).stream()
                .flatMap(one -> one.hubs().stream())
                .map(Hub::name)
                .forEach(tunnels::add);
        return List.of(new Want(List.copyOf(tunnels)));
    }

    /** Where nothing of ours is wanted or there, systemd(1) need not be either. */
    @Override
    public TableService.Found facts(Want want, Answers answers) {
        TableService service = want.service();
        return want.tunnels().isEmpty() && MssTable.isUnknown(answers)
                ? new TableService.Found(KeptService.Found.NONE, service.table().read(answers))
                : service.read(answers);
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(List.of()));
    }

    @Override
    public List<String> adopts(Want want, TableService.Found have) {
        List<String> out = new ArrayList<>(want.service().service().foreign(have.service()));
        if (have.table().now() != null && have.service().texts().isEmpty()) out.add(MssTable.TABLE.subject());
        return out;
    }

    @Override
    public List<Finding> findings(Want want, TableService.Found have, Answers answers) {
        if (want.tunnels().isEmpty()) return List.of();
        return List.of(
                have.table().isAsLoaded()
                        ? Finding.good("MSS", "forwarded TCP is fitted to " + String.join(", ", want.tunnels()))
                        : Finding.bad(
                                "MSS", MssTable.TABLE.subject() + " is not as it should be: forwarded TCP may stall"));
    }
}

package org.linkctl.modules.linux.hubhandover;

import com.google.auto.service.AutoService;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.linux.systemd.ServiceModule;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Module;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/**
 * A hub's interface on the two hosts of a pair: it is up on the master alone, and who takes over knows from the other host
 * where the spokes are.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class HubHandoverModule extends ServiceModule<HubHandoverModule.Want> {
    /** The service of a hub, or that there is none. */
    record Want(SharedHub hub, boolean shared) implements Resource, ServiceModule.Want {
        @Override
        public String id() {
            return "linux.hub-handover[" + hub.tunnel() + "]";
        }

        @Override
        public Set<String> needs() {
            if (!shared) return Set.of();
            Set<String> out = new LinkedHashSet<>(List.of("package:wireguard-tools", "pair-role"));
            out.add("tunnel:" + hub.tunnel());
            return out;
        }

        @Override
        public KeptService service() {
            KeptService service = HubService.of(hub);
            return shared ? service : service.none();
        }
    }

    public HubHandoverModule() {
        super("linux.hub-handover");
    }

    @Override
    public List<Want> want(Scope scope) {
        return SharedHub.all(scope.fabric(), scope.host()).stream()
                .map(hub -> new Want(hub, true))
                .toList();
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(new SharedHub(owned.name(), 0, List.of(), List.of(), null, null), false));
    }

    @Override
    protected Finding finding(Want want, KeptService.Found have) {
        String unit = want.service().unit();
        if (!have.running()) {
            return Finding.bad(
                    unit, "is " + have.state().active() + ": " + want.hub().tunnel() + " does not follow the role");
        }
        return want.hub().wire() == null
                ? Finding.doubtful(
                        unit, "follows the role; without stateSync the other host is not told where the spokes are")
                : Finding.good(unit, "follows the role, and tells the other host where the spokes are");
    }
}

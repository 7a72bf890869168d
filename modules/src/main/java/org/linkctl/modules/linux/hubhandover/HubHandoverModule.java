package org.linkctl.modules.linux.hubhandover;

import com.google.auto.service.AutoService;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.linkctl.model.Os;
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
 * A hub's interface on the two hosts of a pair: it is up on the master alone, and who takes over knows from the other host
 * where the spokes are.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class HubHandoverModule
        implements Remembered<HubHandoverModule.Want, KeptService.Found>,
                Examined<HubHandoverModule.Want, KeptService.Found>,
                Rendered<HubHandoverModule.Want, KeptService.Found> {
    /** The service of a hub, or that there is none. */
    record Want(SharedHub hub, boolean shared) implements Resource {
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

        KeptService service() {
            KeptService service = HubService.of(hub);
            return shared ? service : service.none();
        }
    }

    @Override
    public String name() {
        return "linux.hub-handover";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Want> want(Scope scope) {
        return SharedHub.all(scope.fabric(), scope.host()).stream()
                .map(hub -> new Want(hub, true))
                .toList();
    }

    @Override
    public List<Question<?>> probe(Want want) {
        return want.service().questions();
    }

    @Override
    public KeptService.Found facts(Want want, Answers answers) {
        return want.service().read(answers);
    }

    @Override
    public KeptService.Found bare(Want want) {
        return KeptService.Found.NONE;
    }

    @Override
    public List<Change> diff(Want want, KeptService.Found have) {
        return want.service().diff(have, false);
    }

    @Override
    public List<Step> steps(Want want, KeptService.Found have, List<Change> changes) {
        return want.service().steps(have, changes, List.of());
    }

    @Override
    public Optional<Memory> memory(Want want, KeptService.Found have, Optional<Memory> before) {
        return want.shared() ? Optional.of(Memory.OWNED) : Optional.empty();
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(new SharedHub(owned.name(), 0, List.of(), null), false));
    }

    @Override
    public List<String> adopts(Want want, KeptService.Found have) {
        return want.service().foreign(have);
    }

    @Override
    public List<Finding> findings(Want want, KeptService.Found have, Answers answers) {
        if (!want.shared()) return List.of();
        String unit = want.service().unit();
        if (!have.running())
            return List.of(Finding.bad(
                    unit, "is " + have.state().active() + ": " + want.hub().tunnel() + " does not follow the role"));
        return List.of(
                want.hub().wire() == null
                        ? Finding.doubtful(
                                unit,
                                "follows the role; without stateSync the other host is not told where the spokes are")
                        : Finding.good(unit, "follows the role, and tells the other host where the spokes are"));
    }
}

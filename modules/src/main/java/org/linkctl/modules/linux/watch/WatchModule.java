package org.linkctl.modules.linux.watch;

import com.google.auto.service.AutoService;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.linkctl.model.Os;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.routes.WatchedRoute;
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
 * The watcher of a route's tunnels. A WireGuard interface stays up when its peer is dead, so the kernel goes on sending
 * flows into it: something has to ask the far side and take the tunnel out of the route. A route without failover has
 * none, and one that it had before goes away.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class WatchModule
        implements Remembered<WatchModule.Want, KeptService.Found>,
                Examined<WatchModule.Want, KeptService.Found>,
                Rendered<WatchModule.Want, KeptService.Found> {
    /** The watcher of a route, or that there is none. */
    public record Want(WatchedRoute route) implements Resource {
        @Override
        public String id() {
            return "linux.watch[" + route.label() + "]";
        }

        @Override
        public Set<String> needs() {
            if (!route.watched()) return Set.of();
            Set<String> out = new LinkedHashSet<>(route.needs());
            out.add("package:iputils-ping");
            return out;
        }

        KeptService service() {
            KeptService service = WatchScript.service(route);
            return route.watched() ? service : service.none();
        }
    }

    @Override
    public String name() {
        return "linux.watch";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Want> want(Scope scope) {
        return WatchedRoute.all(scope).stream().map(Want::new).toList();
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
        return want.route().watched() ? Optional.of(Memory.OWNED) : Optional.empty();
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(WatchedRoute.gone(owned.name())));
    }

    @Override
    public List<String> adopts(Want want, KeptService.Found have) {
        return want.service().foreign(have);
    }

    @Override
    public List<Finding> findings(Want want, KeptService.Found have, Answers answers) {
        if (!want.route().watched()) return List.of();
        String tunnels = String.join(", ", want.route().tunnels());
        String unit = want.service().unit();
        return List.of(
                have.running()
                        ? Finding.good(unit, "watches " + tunnels)
                        : Finding.bad(unit, "is " + have.state().active() + ": nobody watches " + tunnels));
    }
}

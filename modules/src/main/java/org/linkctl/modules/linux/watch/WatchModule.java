package org.linkctl.modules.linux.watch;

import com.google.auto.service.AutoService;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.linux.systemd.ServiceModule;
import org.linkctl.modules.routes.WatchedRoute;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Module;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/**
 * The watcher of a route's tunnels. A WireGuard interface stays up when its peer is dead, so the kernel goes on sending
 * flows into it: something has to ask the far side and take the tunnel out of the route. A route without failover has
 * none, and one that it had before goes away.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class WatchModule extends ServiceModule<WatchModule.Want> {
    /** The watcher of a route, or that there is none. */
    public record Want(WatchedRoute route) implements Resource, ServiceModule.Want {
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

        @Override
        public KeptService service() {
            KeptService service = WatchScript.service(route);
            return route.watched() ? service : service.none();
        }
    }

    public WatchModule() {
        super("linux.watch");
    }

    @Override
    public List<Want> want(Scope scope) {
        return WatchedRoute.all(scope).stream().map(Want::new).toList();
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(WatchedRoute.gone(owned.name())));
    }

    @Override
    protected Finding finding(Want want, KeptService.Found have) {
        String tunnels = String.join(", ", want.route().tunnels());
        String unit = want.service().unit();
        return have.running()
                ? Finding.good(unit, "watches " + tunnels)
                : Finding.bad(unit, "is " + have.state().active() + ": nobody watches " + tunnels);
    }
}

package org.linkctl.modules.freebsd.tunnelwatch;

import com.google.auto.service.AutoService;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.linkctl.modules.freebsd.rc.RcProgram;
import org.linkctl.modules.freebsd.rc.RcServiceModule;
import org.linkctl.modules.routes.WatchedRoute;
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
public final class TunnelWatchModule extends RcServiceModule<TunnelWatchModule.Want> {
    /** The watcher of a route, or that there is none. */
    public record Want(WatchedRoute route) implements Resource, RcServiceModule.Want {
        @Override
        public String id() {
            return "freebsd.tunnel-watch[" + route.label() + "]";
        }

        @Override
        public Set<String> needs() {
            return route.needs();
        }

        @Override
        public String service() {
            return TunnelWatchScript.service(route.label());
        }

        @Override
        public RcProgram program() {
            return new RcProgram(route.program(), TunnelWatchScript.rcPath(route.label()));
        }

        @Override
        public RcProgram.Texts texts() {
            return TunnelWatchScript.texts(route);
        }

        private String tunnels() {
            return String.join(", ", route.tunnels());
        }
    }

    public TunnelWatchModule() {
        super("freebsd.tunnel-watch");
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
    protected String does(Want want) {
        return "watches " + want.tunnels();
    }

    @Override
    protected String missing(Want want) {
        return "nobody watches " + want.tunnels();
    }
}

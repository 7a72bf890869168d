package org.linkctl.modules.freebsd.tunnelwatch;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.linkctl.model.Os;
import org.linkctl.modules.freebsd.rc.RcProgram;
import org.linkctl.modules.freebsd.rc.RcService;
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
public final class TunnelWatchModule
        implements Remembered<TunnelWatchModule.Want, TunnelWatchModule.Facts>,
                Examined<TunnelWatchModule.Want, TunnelWatchModule.Facts>,
                Rendered<TunnelWatchModule.Want, TunnelWatchModule.Facts> {
    /** The watcher of a route, or that there is none. */
    public record Want(WatchedRoute route) implements Resource {
        @Override
        public String id() {
            return "freebsd.tunnel-watch[" + route.label() + "]";
        }

        @Override
        public Set<String> needs() {
            return route.needs();
        }

        String service() {
            return TunnelWatchScript.service(route.label());
        }

        RcProgram program() {
            return new RcProgram(route.program(), TunnelWatchScript.rcPath(route.label()));
        }
    }

    /** What was found. */
    public record Facts(RcProgram.Texts files, RcService service) {}

    @Override
    public String name() {
        return "freebsd.tunnel-watch";
    }

    @Override
    public Os system() {
        return Os.FREEBSD;
    }

    @Override
    public List<Want> want(Scope scope) {
        return WatchedRoute.all(scope).stream().map(Want::new).toList();
    }

    @Override
    public List<Question<?>> probe(Want want) {
        List<Question<?>> out = new ArrayList<>(want.program().questions());
        out.addAll(RcService.questions(want.service(), want.program().files()));
        return out;
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        return new Facts(
                want.program().read(answers),
                RcService.read(want.service(), want.program().files(), answers));
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(RcProgram.Texts.NONE, RcService.NONE);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        List<Change> out = want.program().diff(have.files(), TunnelWatchScript.texts(want.route()));
        out.addAll(have.service().diff(want.service(), want.route().watched(), !out.isEmpty()));
        return out;
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        boolean service = changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, want.service()));
        boolean watched = want.route().watched();
        List<Step> out = new ArrayList<>();
        if (!watched && service) out.add(RcService.stop(want.service()));
        out.addAll(RcProgram.steps(changes));
        if (watched && service) out.add(have.service().restart(want.service()));
        return out;
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        return want.route().watched() ? Optional.of(Memory.OWNED) : Optional.empty();
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(WatchedRoute.gone(owned.name())));
    }

    @Override
    public List<String> adopts(Want want, Facts have) {
        return want.program().adopts(have.files());
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        if (!want.route().watched()) return List.of();
        String tunnels = String.join(", ", want.route().tunnels());
        return List.of(
                have.service().running()
                        ? Finding.good(want.service(), "watches " + tunnels)
                        : Finding.bad(want.service(), "does not run: nobody watches " + tunnels));
    }
}

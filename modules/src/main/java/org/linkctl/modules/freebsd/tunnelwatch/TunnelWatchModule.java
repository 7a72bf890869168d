package org.linkctl.modules.freebsd.tunnelwatch;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.model.Route;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.rc.RcService;
import org.linkctl.net.Ip;
import org.linkctl.shell.Argv;
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
    /** The far end of a tunnel, as asked for answers. */
    public record Peer(String tunnel, Ip address) {}

    /** The watcher of a route, or that there is none. */
    public record Want(String label, List<Peer> peers, boolean watched) implements Resource {
        @Override
        public String id() {
            return "freebsd.tunnel-watch[" + label + "]";
        }

        @Override
        public Set<String> needs() {
            if (!watched) return Set.of();
            Set<String> out = new LinkedHashSet<>(List.of("route:" + label));
            peers.forEach(peer -> out.add("tunnel:" + peer.tunnel()));
            return out;
        }

        String service() {
            return TunnelWatchScript.service(label);
        }

        private List<String> files() {
            return List.of(TunnelWatchScript.path(label), TunnelWatchScript.rcPath(label));
        }
    }

    /** What was found. */
    public record Facts(@Nullable String script, @Nullable String rc, RcService service) {}

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
        Host host = scope.host();
        return scope.fabric().routes(host).stream()
                .map(route -> new Want(
                        route.label(),
                        scope.fabric().tunnels(route, host).stream()
                                .map(tunnel -> new Peer(
                                        tunnel.name(),
                                        tunnel.farFrom(host.name())
                                                .addresses()
                                                .getFirst()
                                                .address()))
                                .toList(),
                        route.failover() == Route.Failover.WATCH))
                .toList();
    }

    private static Question.ReadFile script(Want want) {
        return Question.file(TunnelWatchScript.path(want.label()));
    }

    private static Question.ReadFile rc(Want want) {
        return Question.file(TunnelWatchScript.rcPath(want.label()));
    }

    @Override
    public List<Question<?>> probe(Want want) {
        List<Question<?>> out = new ArrayList<>();
        out.add(script(want));
        out.add(rc(want));
        out.addAll(RcService.questions(want.service(), want.files()));
        return out;
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        return new Facts(
                answers.to(script(want)).orElse(null),
                answers.to(rc(want)).orElse(null),
                RcService.read(want.service(), want.files(), answers));
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(null, null, RcService.NONE);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        List<Change> out = new ArrayList<>();
        boolean watched = want.watched();
        OurFiles.diff(
                out,
                TunnelWatchScript.path(want.label()),
                have.script(),
                watched ? TunnelWatchScript.script(want) : null);
        OurFiles.diff(
                out, TunnelWatchScript.rcPath(want.label()), have.rc(), watched ? TunnelWatchScript.rc(want) : null);
        boolean running = have.service().running();
        boolean other = !out.isEmpty() || !have.service().newer().isEmpty();
        if (!watched) {
            if (running) out.add(Change.state(want.service(), "running", null));
        } else if (!running) out.add(Change.state(want.service(), "stopped", "running"));
        else if (other) {
            out.add(Change.state(want.service(), "running, as it was before", "running, as in its files"));
        }
        return out;
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        return want.watched() ? making(want, have, changes) : removing(want, changes);
    }

    private static List<Step> making(Want want, Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        for (Change change : changes) {
            String after = change.after();
            if (change.kind() == Change.Kind.FILE && after != null) {
                out.add(Step.put(change.subject(), "0755", after));
            }
        }
        if (changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, want.service()))) {
            Argv restart = RcService.call(want.service(), "onerestart");
            out.add(Step.run(restart, have.service().running() ? restart : RcService.call(want.service(), "onestop")));
        }
        return out;
    }

    /** rc(8)'s script is needed to stop it. */
    private static List<Step> removing(Want want, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        if (changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, want.service()))) {
            out.add(Step.run(RcService.call(want.service(), "onestop"), RcService.call(want.service(), "onestart")));
        }
        for (Change change : changes) {
            if (change.kind() == Change.Kind.FILE) out.add(new Step.RemoveFile(change.subject()));
        }
        return out;
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        return want.watched() ? Optional.of(Memory.OWNED) : Optional.empty();
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(owned.name(), List.of(), false));
    }

    @Override
    public List<String> adopts(Want want, Facts have) {
        return Stream.of(
                        OurFiles.foreign(TunnelWatchScript.path(want.label()), have.script()),
                        OurFiles.foreign(TunnelWatchScript.rcPath(want.label()), have.rc()))
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        if (!want.watched()) return List.of();
        String tunnels =
                String.join(", ", want.peers().stream().map(Peer::tunnel).toList());
        return List.of(
                have.service().running()
                        ? Finding.good(want.service(), "watches " + tunnels)
                        : Finding.bad(want.service(), "does not run: nobody watches " + tunnels));
    }
}

package org.linkctl.modules.wireguard;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.modules.wireguard.WireguardFiles.Fix;
import org.linkctl.shell.Secret;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Diagnosed;
import org.linkctl.spi.Diagnosis;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Existing;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Partnered;
import org.linkctl.spi.Published;
import org.linkctl.spi.Publishes;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.ReplacesKeys;
import org.linkctl.spi.Scope;
import org.linkctl.spi.Warns;

/**
 * A WireGuard interface and its peers: what every system has of it. How it comes up at boot is each system's own.
 *
 * @param <F> what was found there
 */
public abstract class TunnelModule<F extends Record & TunnelModule.Found>
        implements Remembered<WireguardEnd, F>,
                Examined<WireguardEnd, F>,
                Diagnosed<WireguardEnd, F>,
                Publishes<WireguardEnd, F>,
                Partnered<WireguardEnd, F>,
                Warns<WireguardEnd, F>,
                Existing<WireguardEnd, F>,
                Rendered<WireguardEnd, F>,
                ReplacesKeys<WireguardEnd, F> {
    /** What was found has the tunnel in it. */
    public interface Found {
        WireguardFound tunnel();
    }

    private final Os os;
    private final Set<String> after;

    /** @param after what has to be in place before */
    protected TunnelModule(Os os, Set<String> after) {
        this.os = os;
        this.after = Set.copyOf(after);
    }

    /** What is asked of the interface, and of what brings it up. */
    protected abstract List<Question<?>> questions(WireguardEnd want);

    /** The interface; null where there is none of that name. */
    protected abstract @Nullable Link link(String tunnel, Answers answers);

    protected abstract F facts(WireguardEnd want, WireguardFound tunnel, Answers answers);

    protected abstract List<Fix> fixes(WireguardEnd want, F have);

    @Override
    public final String name() {
        return WireguardFiles.module(os, "wireguard");
    }

    @Override
    public final Os system() {
        return os;
    }

    @Override
    public final Set<Key> replaces() {
        return Set.of(Key.values());
    }

    @Override
    public final List<WireguardEnd> want(Scope scope) {
        return Stream.<WireguardEnd>concat(
                        scope.fabric().tunnels(scope.host()).stream()
                                .map(tunnel -> WireguardWants.of(scope, tunnel, after)),
                        scope.fabric().hubs(scope.host()).stream().map(hub -> WireguardWants.of(scope, hub, after)))
                .toList();
    }

    @Override
    public final List<Question<?>> probe(WireguardEnd want) {
        Set<Question<?>> out = new LinkedHashSet<>();
        out.add(WireguardFiles.access(os, WireguardFiles.conf(want.tunnel())));
        out.add(PeerSection.question(want.tunnel()));
        out.addAll(questions(want));
        out.addAll(WireguardDevice.questions(want.tunnel()));
        out.addAll(EndpointName.questions(want));
        if (want instanceof WireguardEnd.Want made) {
            out.addAll(KeyFacts.questions(made.key()));
            out.addAll(PskFacts.questions(made.psk()));
        }
        return List.copyOf(out);
    }

    @Override
    public final F facts(WireguardEnd want, Answers answers) {
        String access = WireguardFiles.access(os, WireguardFiles.conf(want.tunnel()), answers);
        Link link = link(want.tunnel(), answers);
        WireguardFound tunnel = new WireguardFound(
                access,
                access == null ? null : PeerSection.read(want.tunnel(), answers),
                link == null ? null : WireguardDevice.read(want.tunnel(), link, answers),
                want instanceof WireguardEnd.Want made ? KeyFacts.read(made.key(), answers) : KeyFacts.NONE,
                want instanceof WireguardEnd.Want made ? PskFacts.read(made.psk(), answers) : PskFacts.NONE,
                EndpointName.read(want, answers));
        return facts(want, tunnel, answers);
    }

    @Override
    public final List<Change> diff(WireguardEnd wanted, F have) {
        if (wanted instanceof WireguardEnd.Want want && !want.clones().isEmpty())
            throw new Refused(String.join("\n", want.clones()));
        return Fix.changes(fixes(OfflineSpokes.settled(wanted, have.tunnel()), have));
    }

    @Override
    public final boolean exists(WireguardEnd want, F have) {
        WireguardDevice device = have.tunnel().device();
        return device != null && device.refusal() == null;
    }

    @Override
    public final List<Step> steps(WireguardEnd want, F have, List<Change> changes) {
        return !changes.isEmpty() && want.unknowns().isEmpty()
                ? Fix.steps(fixes(OfflineSpokes.settled(want, have.tunnel()), have))
                : List.of();
    }

    @Override
    public final Optional<Memory> memory(WireguardEnd wanted, F have, Optional<Memory> before) {
        if (!(wanted instanceof WireguardEnd.Want want)) return Optional.empty();
        Integer port = want.port();
        return Optional.of(port == null ? Memory.OWNED : Memory.OWNED.with("port", port.toString()));
    }

    @Override
    public final Optional<WireguardEnd> absent(Scope scope, Owned owned) {
        return Optional.of(WireguardEnd.gone(scope, owned));
    }

    @Override
    public final Set<String> partners(WireguardEnd wanted, F have) {
        return wanted instanceof WireguardEnd.Want want ? FarEnds.needed(want, have.tunnel()) : Set.of();
    }

    @Override
    public final List<String> warnings(WireguardEnd wanted, F have) {
        return wanted instanceof WireguardEnd.Want want ? FarEnds.warnings(want, have.tunnel()) : List.of();
    }

    /** What runs here, and with which pre-shared key: where it fits what the far end shall be, that one follows alone. */
    @Override
    public final Published.Values publish(WireguardEnd wanted, F have) {
        WireguardFound tunnel = have.tunnel();
        if (!(wanted instanceof WireguardEnd.Want want)) return Published.Values.NONE;
        Published.Values live = FarView.of(tunnel)
                .map(view -> Published.Values.of(WireguardFiles.publishedLive(want.tunnel()), view.text()))
                .orElse(Published.Values.NONE);
        Secret secret = tunnel.psk().secret();
        WireguardDevice device = tunnel.device();
        if (!want.usesPsk() || secret == null || device == null || !device.usesPskOfFile()) return live;
        return live.and(Published.Values.of(WireguardFiles.publishedUse(want.tunnel()), secret.line()));
    }

    @Override
    public final List<Question<?>> examine(WireguardEnd wanted) {
        return wanted instanceof WireguardEnd.Want want ? WireguardHealth.questions(want) : List.of();
    }

    @Override
    public final List<Finding> findings(WireguardEnd wanted, F have, Answers answers) {
        if (!(OfflineSpokes.settled(wanted, have.tunnel()) instanceof WireguardEnd.Want want)) return List.of();
        List<Finding> out = new ArrayList<>();
        for (String clone : want.clones()) out.add(Finding.bad(want.tunnel() + " keys", clone));
        out.addAll(WireguardHealth.findings(want, have.tunnel(), standsBy(want, answers), answers));
        return List.copyOf(out);
    }

    @Override
    public final List<Question<?>> diagnose(WireguardEnd wanted) {
        return wanted instanceof WireguardEnd.Want want ? WireguardHealth.latestOnly(want) : List.of();
    }

    @Override
    public final List<Diagnosis> diagnoses(WireguardEnd wanted, F have, Answers answers) {
        return OfflineSpokes.settled(wanted, have.tunnel()) instanceof WireguardEnd.Want want
                ? WireguardHealth.handshakes(want, have.tunnel(), standsBy(want, answers), answers)
                : List.of();
    }

    /** Whether another host of a pair is the one that answers just now. */
    protected boolean standsBy(WireguardEnd.Want want, Answers answers) {
        return false;
    }
}

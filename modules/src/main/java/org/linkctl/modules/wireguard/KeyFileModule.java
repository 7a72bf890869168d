package org.linkctl.modules.wireguard;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.linkctl.model.Hub;
import org.linkctl.model.Os;
import org.linkctl.model.Tunnel;
import org.linkctl.modules.wireguard.WireguardFiles.Fix;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Partnered;
import org.linkctl.spi.Publishes;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Scope;

/** A module of one file of a key for each tunnel and hub of a host. */
abstract class KeyFileModule<W extends KeyFile, F extends Record>
        implements Remembered<W, F>, Publishes<W, F>, Partnered<W, F>, Rendered<W, F> {
    private final Os os;
    private final String kind;

    /** @param kind as {@link KeyFile#kind} has it */
    KeyFileModule(Os os, String kind) {
        this.os = os;
        this.kind = kind;
    }

    abstract W of(Scope scope, Tunnel tunnel);

    abstract W of(Scope scope, Hub hub);

    abstract List<Fix> fixes(W want, F have);

    @Override
    public final String name() {
        return WireguardFiles.module(os, kind);
    }

    @Override
    public final Os system() {
        return os;
    }

    @Override
    public List<W> want(Scope scope) {
        return Stream.concat(
                        scope.fabric().tunnels(scope.host()).stream().map(tunnel -> of(scope, tunnel)),
                        scope.fabric().hubs(scope.host()).stream().map(hub -> of(scope, hub)))
                .toList();
    }

    @Override
    public List<Change> diff(W want, F have) {
        return Fix.changes(fixes(want, have));
    }

    @Override
    public List<Step> steps(W want, F have, List<Change> changes) {
        return changes.isEmpty() ? List.of() : Fix.steps(fixes(want, have));
    }

    @Override
    public Optional<Memory> memory(W want, F have, Optional<Memory> before) {
        return want.gone() ? Optional.empty() : Optional.of(Memory.OWNED);
    }
}

package org.linkctl.cli;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.model.Hub;
import org.linkctl.model.Os;
import org.linkctl.model.Tunnel;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Module;
import org.linkctl.spi.Published;
import org.linkctl.spi.Publishes;
import org.linkctl.spi.Question;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/** Tells the public key of each tunnel and hub of a host, as hosts do that are as the inventory says. */
final class HostKeyModule
        implements Module<HostKeyModule.Want, HostKeyModule.Facts>, Publishes<HostKeyModule.Want, HostKeyModule.Facts> {
    static final String KEY = "VE5evNj0rIkFqsfC7JeD4uD4M8dnAljFGLndg7+DBRo=";

    record Want(String link) implements Resource {
        @Override
        public String id() {
            return "toy.wireguard-key[" + link + "]";
        }
    }

    record Facts() {}

    @Override
    public String name() {
        return "toy.wireguard-key";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Want> want(Scope scope) {
        List<Want> out = new ArrayList<>();
        for (Hub hub : scope.fabric().hubs(scope.host())) out.add(new Want(hub.name()));
        for (Tunnel tunnel : scope.fabric().tunnels(scope.host())) out.add(new Want(tunnel.name()));
        return out;
    }

    @Override
    public List<Question<?>> probe(Want want) {
        return List.of();
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        return new Facts();
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        return List.of();
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        return List.of();
    }

    @Override
    public Published.Values publish(Want want, Facts have) {
        return Published.Values.of("wireguard." + want.link() + ".public-key", KEY);
    }
}

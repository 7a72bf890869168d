package org.linkctl.cli;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.model.Tunnel;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Question;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/** Writes the ports of a tunnel's both ends into a file at each end, which is the tunnel's path. */
final class LinkModule implements Rendered<LinkModule.Want, LinkModule.Facts> {
    private final String root;

    /** @param root where its hosts have their files */
    LinkModule(String root) {
        this.root = root;
    }

    record Want(String tunnel, String path, String text) implements Resource {
        @Override
        public String id() {
            return "toy.link[" + tunnel + "]";
        }

        @Override
        public Optional<String> way() {
            return Optional.of(tunnel);
        }
    }

    record Facts(@Nullable String text) {}

    @Override
    public String name() {
        return "toy.link";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Want> want(Scope scope) {
        String host = scope.host().name();
        return scope.fabric().tunnels(scope.host()).stream()
                .map(tunnel -> new Want(tunnel.name(), root + "/" + host + "/" + tunnel.name(), text(tunnel, host)))
                .toList();
    }

    private static String text(Tunnel tunnel, String host) {
        return tunnel.endOn(host).port() + " " + tunnel.farFrom(host).port() + "\n";
    }

    private static Question.ReadFile held(Want want) {
        return Question.file(want.path());
    }

    @Override
    public List<Question<?>> probe(Want want) {
        return List.of(held(want));
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        return new Facts(answers.to(held(want)).orElse(null));
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(null);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        return Objects.equals(want.text(), have.text())
                ? List.of()
                : List.of(Change.file(want.path(), have.text(), want.text()));
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        return changes.isEmpty() ? List.of() : List.of(Step.put(want.path(), "0644", want.text()));
    }
}

package org.linkctl.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.model.Route;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Question;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/** Writes the tunnels that a host's routes use into a file: those that are drained are not among them. */
final class RouteFileModule implements Examined<RouteFileModule.Want, RouteFileModule.Facts> {
    static final String FILE = "/etc/spread.conf";
    private static final Question.ReadFile HELD = Question.file(FILE);

    record Want(Set<String> all, String text) implements Resource {
        @Override
        public String id() {
            return "toy.spread[toy]";
        }

        @Override
        public Set<String> spreads() {
            return all;
        }
    }

    record Facts(@Nullable String text) {}

    @Override
    public String name() {
        return "toy.spread";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Want> want(Scope scope) {
        Set<String> all = new LinkedHashSet<>();
        for (Route route : scope.fabric().routes(scope.host())) all.addAll(route.via());
        Set<String> used = new LinkedHashSet<>(all);
        used.removeAll(scope.drained());
        return all.isEmpty() ? List.of() : List.of(new Want(all, String.join(" ", used) + "\n"));
    }

    @Override
    public List<Question<?>> probe(Want want) {
        return List.of(HELD);
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        return new Facts(answers.to(HELD).orElse(null));
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        return Objects.equals(want.text(), have.text())
                ? List.of()
                : List.of(Change.file(FILE, have.text(), want.text()));
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        return changes.isEmpty() ? List.of() : List.of(Step.put(FILE, "0644", want.text()));
    }

    /** A tunnel is bad where the host's file {@code /etc/bad} names it. */
    @Override
    public List<Question<?>> examine(Want want) {
        return List.of(Question.file("/etc/bad"));
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        return answers.to(Question.file("/etc/bad")).stream()
                .map(tunnel -> Finding.bad("tunnel " + tunnel.strip(), "no handshake"))
                .toList();
    }
}

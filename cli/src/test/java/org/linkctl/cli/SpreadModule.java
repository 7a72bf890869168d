package org.linkctl.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Os;
import org.linkctl.model.Publish;
import org.linkctl.model.Tunnel;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Drainable;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Question;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/** A module that spreads traffic: a file names the tunnels and the published hosts that are used; another names a dead tunnel, a third a bad one. */
final class SpreadModule
        implements Drainable<SpreadModule.Spread, SpreadModule.Found>,
                Examined<SpreadModule.Spread, SpreadModule.Found> {
    private static final Question.ReadFile FILE = Question.file("/etc/spread");
    private static final Question.ReadFile DEAD = Question.file("/etc/dead");
    private static final Question.ReadFile BAD = Question.file("/etc/bad");

    record Spread(List<String> tunnels, List<String> places, Set<String> drained) implements Resource {
        @Override
        public String id() {
            return "toy.spread";
        }

        @Override
        public Set<String> spreads() {
            Set<String> out = new LinkedHashSet<>(tunnels);
            out.addAll(paths());
            return out;
        }

        Set<String> paths() {
            Set<String> out = new LinkedHashSet<>();
            places.forEach(place -> out.add(Resource.place(place)));
            return out;
        }

        String text() {
            List<String> used = new ArrayList<>(tunnels);
            used.removeAll(drained);
            List<String> called = new ArrayList<>(places);
            called.removeIf(place -> drained.contains(Resource.place(place)));
            return String.join(" ", used.isEmpty() ? tunnels : used) + "\n" + String.join(" ", called) + "\n";
        }
    }

    record Found(@Nullable String text, String dead) {}

    @Override
    public String name() {
        return "toy.spread";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Spread> want(Scope scope) {
        Fabric fabric = scope.fabric();
        List<String> tunnels = fabric.routes(scope.host()).stream()
                .flatMap(route -> fabric.tunnels(route, scope.host()).stream())
                .map(Tunnel::name)
                .toList();
        List<String> places = fabric.of(Publish.class, scope.host()).stream()
                .flatMap(one -> one.to().stream())
                .toList();
        return List.of(new Spread(tunnels, places, scope.drained()));
    }

    @Override
    public List<Question<?>> probe(Spread want) {
        return List.of(FILE, DEAD);
    }

    @Override
    public Found facts(Spread want, Answers answers) {
        return new Found(answers.to(FILE).orElse(null), answers.to(DEAD).orElse(""));
    }

    @Override
    public List<Change> diff(Spread want, Found have) {
        return want.text().equals(have.text())
                ? List.of()
                : List.of(Change.file(FILE.path(), have.text(), want.text()));
    }

    @Override
    public List<Step> steps(Spread want, Found have, List<Change> changes) {
        return changes.isEmpty() ? List.of() : List.of(Step.put(FILE.path(), "0644", want.text()));
    }

    @Override
    public List<Shared> shared(Spread want, Found have, Answers answers) {
        Set<String> tunnels = new LinkedHashSet<>(want.tunnels());
        tunnels.removeAll(want.drained());
        tunnels.remove(have.dead());
        Set<String> places = new LinkedHashSet<>(want.paths());
        places.removeAll(want.drained());
        Shared route = new Shared("the route a-b", Set.copyOf(want.tunnels()), tunnels);
        return want.places().isEmpty()
                ? List.of(route)
                : List.of(route, new Shared("publish web", want.paths(), places));
    }

    @Override
    public List<Question<?>> examine(Spread want) {
        return List.of(BAD);
    }

    @Override
    public List<Finding> findings(Spread want, Found have, Answers answers) {
        List<Finding> out = new ArrayList<>(List.of(Finding.good("spread", String.valueOf(have.text()))));
        answers.to(BAD).ifPresent(tunnel -> out.add(Finding.bad("tunnel " + tunnel.strip(), "no handshake")));
        return out;
    }
}

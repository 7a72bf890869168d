package org.linkctl.modules.linux.ecmp;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Route;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.files.Programs;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.Scope;

/**
 * That a route is there no more: what the kernel has of it, the script that sets it, and what its tunnels were marked
 * with.
 *
 * @param prefixes to where it led, and no other route does now
 * @param tunnels over which; a route of linkctl's over others is another one
 * @param free those of them that no other route uses
 */
record EcmpGone(String label, Set<Cidr> prefixes, Set<String> tunnels, Set<String> free) implements EcmpModule.Wanted {
    private static final String PREFIXES = "to";
    private static final String TUNNELS = "over";

    EcmpGone {
        prefixes = Set.copyOf(prefixes);
        tunnels = Set.copyOf(tunnels);
        free = Set.copyOf(free);
    }

    static Memory memory(EcmpModule.Want want) {
        return Memory.OWNED
                .with(
                        PREFIXES,
                        want.targets().stream()
                                .map(target -> target.prefix().toString())
                                .toList())
                .with(TUNNELS, want.hops().stream().map(EcmpModule.Hop::tunnel).toList());
    }

    static EcmpGone of(Scope scope, Owned owned) {
        Set<Cidr> prefixes = new TreeSet<>();
        for (String word : owned.memory().words(PREFIXES)) Cidr.parse(word).ifPresent(prefixes::add);
        Fabric fabric = scope.fabric();
        Host host = scope.host();
        Set<String> tunnels = new TreeSet<>(owned.memory().words(TUNNELS));
        Set<String> free = new TreeSet<>(tunnels);
        for (Route route : fabric.routes(host)) {
            fabric.farLans(route, host).forEach(prefixes::remove);
            route.via().forEach(free::remove);
        }
        return new EcmpGone(owned.name(), prefixes, tunnels, free);
    }

    /** What would go with it that linkctl did not make. */
    static List<String> adopts(EcmpModule.Wanted wanted, EcmpModule.Facts have) {
        List<String> out = new ArrayList<>();
        OurFiles.foreign(Programs.route(wanted.label()), have.script()).ifPresent(out::add);
        have.routes()
                .forEach((prefix, routes) -> routes.stream()
                        .filter(route -> !route.protocol().equals(EcmpModule.PROTOCOL))
                        .forEach(route -> out.add("route " + prefix + " " + route.shown())));
        return out;
    }

    private String script() {
        return Programs.route(label);
    }

    /** Under /run, so that they would be gone after the next boot anyway. */
    private List<Question.ReadFile> marks() {
        List<String> out = new ArrayList<>(List.of(EcmpScript.lock(label)));
        for (String tunnel : new TreeSet<>(free)) {
            out.addAll(List.of(EcmpModule.dead(tunnel), EcmpModule.drained(tunnel), EcmpScript.down(tunnel)));
        }
        return out.stream().map(Question::file).toList();
    }

    List<Question<?>> questions() {
        List<Question<?>> out = new ArrayList<>(List.of(EcmpModule.program(label)));
        out.addAll(marks());
        out.addAll(EcmpModule.OURS);
        return out;
    }

    EcmpModule.Facts facts(Answers answers) {
        Set<String> marked = new LinkedHashSet<>();
        for (Question.ReadFile mark : marks()) if (answers.to(mark).isPresent()) marked.add(mark.path());
        List<KernelRoute> routes = EcmpModule.ours(answers).stream()
                .filter(route -> prefixes.contains(route.prefix()))
                .filter(route -> !route.nexthops().isEmpty()
                        && route.nexthops().stream().allMatch(hop -> tunnels.contains(hop.dev())))
                .toList();
        return new EcmpModule.Facts(
                answers.to(EcmpModule.program(label)).orElse(null), marked, Set.of(), Map.of(), routes);
    }

    /** A script that somebody else has put in the place of ours stays. */
    List<Change> changes(EcmpModule.Facts have) {
        List<Change> out = new ArrayList<>();
        String script = have.script();
        if (script != null && OurFiles.isOurs(script)) out.add(Change.file(script(), script, null));
        for (KernelRoute route : have.stale()) {
            out.add(Change.state("route " + route.prefix(), route.shown(), null).cuts());
        }
        if (script == null || OurFiles.isOurs(script)) {
            have.dead().forEach(path -> out.add(Change.file(path, "", null)));
        }
        return out;
    }

    /** The script first: a hook that runs meanwhile would set the routes again. */
    List<Step> steps(EcmpModule.Facts have) {
        List<Step> out = new ArrayList<>();
        for (Change change : changes(have)) {
            if (change.kind() == Change.Kind.FILE) out.add(new Step.RemoveFile(change.subject()));
        }
        for (KernelRoute route : have.stale()) {
            out.add(Step.run(new Argv(route.command("del")), new Argv(route.command("append"))));
        }
        return out;
    }
}

package org.linkctl.modules.freebsd.ecmp;

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
import org.linkctl.modules.freebsd.files.Programs;
import org.linkctl.modules.freebsd.kernel.Netstat;
import org.linkctl.modules.freebsd.routes.RouteDiff;
import org.linkctl.net.Cidr;
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
 * @param tunnels over which; a route over others is another one
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

    static Memory memory(EcmpWant want) {
        return Memory.OWNED
                .with(
                        PREFIXES,
                        want.targets().stream()
                                .map(target -> target.prefix().toString())
                                .toList())
                .with(TUNNELS, want.tunnels());
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

    private String script() {
        return Programs.route(label);
    }

    /** Below /var/run, so that they would be gone after the next boot anyway. */
    List<Question.ReadFile> marks() {
        List<String> out = new ArrayList<>(List.of(EcmpScript.lock(label)));
        for (String tunnel : new TreeSet<>(free)) {
            out.addAll(List.of(EcmpScript.dead(tunnel), EcmpScript.drained(tunnel), EcmpScript.down(tunnel)));
        }
        return out.stream().map(Question::file).toList();
    }

    EcmpModule.Facts facts(Answers answers) {
        Set<String> marked = new LinkedHashSet<>();
        for (Question.ReadFile mark : marks()) if (answers.to(mark).isPresent()) marked.add(mark.path());
        List<Netstat.Path> paths = Netstat.read(answers).paths().stream()
                .filter(path -> path.isStatic() && prefixes.contains(path.prefix()) && tunnels.contains(path.device()))
                .toList();
        return new EcmpModule.Facts(
                answers.to(EcmpModule.program(label)).orElse(null), true, marked, Set.of(), Map.of(), paths);
    }

    /** A script that somebody else has put in the place of ours stays. */
    List<Change> changes(EcmpModule.Facts have) {
        List<Change> out = new ArrayList<>();
        String script = have.script();
        boolean foreign = script != null && !OurFiles.isOurs(script);
        if (script != null && !foreign) out.add(Change.file(script(), script, null));
        for (Netstat.Path path : have.stale()) {
            out.add(Change.state("route " + path.prefix() + " " + path.gateway(), "present", null)
                    .cuts());
        }
        if (!foreign) have.dead().forEach(path -> out.add(Change.file(path, "", null)));
        return out;
    }

    /** The script first: a service that runs it meanwhile would set the routes again. */
    List<Step> steps(EcmpModule.Facts have) {
        List<Step> out = new ArrayList<>();
        for (Change change : changes(have)) {
            if (change.kind() == Change.Kind.FILE) out.add(new Step.RemoveFile(change.subject()));
        }
        have.stale().forEach(path -> out.add(RouteDiff.deletion(path)));
        return out;
    }
}

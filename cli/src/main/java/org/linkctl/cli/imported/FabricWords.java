package org.linkctl.cli.imported;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.linkctl.cli.imported.Tunnels.Between;
import org.linkctl.cli.imported.WireguardEnds.End;
import org.linkctl.dsl.write.Written;
import org.linkctl.dsl.write.Written.Word;
import org.linkctl.spi.Found;
import org.linkctl.spi.Found.Value;

/** The whole of what was found, as an inventory says it. */
final class FabricWords {
    private final String name;
    private final List<ImportedHost> hosts;
    private final Pairs pairs;
    private final List<Written> lost;
    private final Notes notes;
    private final WireguardEnds ends;
    private final Tunnels tunnels;
    private final Hubs hubs;
    private final List<Written> links = new ArrayList<>();
    private final List<Between> between = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();

    private FabricWords(String name, List<ImportedHost> hosts, List<Written> lost, Notes notes) {
        this.lost = lost;
        this.name = name;
        this.notes = notes;
        this.pairs = new Pairs(hosts, notes);
        this.hosts = pairs.hosts();
        this.ends = new WireguardEnds(this.hosts);
        this.tunnels = new Tunnels(ends, notes);
        this.hubs = new Hubs(ends, notes);
    }

    /** @param lost what stands for hosts that could not be read */
    static Word of(String name, List<ImportedHost> hosts, List<Written> lost, Notes notes) {
        return new FabricWords(name, hosts, lost, notes).fabric();
    }

    private Word fabric() {
        Set<String> done = new HashSet<>();
        for (ImportedHost host : hosts)
            host.of(Found.Wireguard.class).forEach(device -> wireguard(new End(host, device), done));
        Routes routes =
                new Routes(between.stream().filter(one -> one.why().isEmpty()).toList());
        List<Written> inside = new ArrayList<>(sites(routes));
        inside.addAll(lost);
        for (Between one : between) tunnel(one, routes, inside);
        inside.addAll(links);
        for (Routes.Over route : routes.all())
            if (route.why().isEmpty()) commented(() -> routes.word(route, notes), inside);
        return Word.of("fabric", List.of(Value.of(name)), Map.of(), inside);
    }

    private List<Word> sites(Routes routes) {
        Set<String> sites = new LinkedHashSet<>();
        for (ImportedHost host : hosts) sites.add(host.site());
        List<Word> out = new ArrayList<>();
        for (String site : sites) {
            Map<String, Value> attributes = new LinkedHashMap<>();
            List<String> lan = routes.lan(site);
            if (!lan.isEmpty()) attributes.put("lan", Value.of(lan));
            List<ImportedHost> there =
                    hosts.stream().filter(host -> host.site().equals(site)).toList();
            List<Word> inside = pairs.words(there, this::unsaid);
            out.add(Word.of("site", List.of(Value.of(site)), attributes, inside));
        }
        return out;
    }

    private List<Written> unsaid(ImportedHost host) {
        List<Written> out = new ArrayList<>();
        host.of(Found.Unsaid.class).forEach(one -> {
            notes.add(host.name(), one.what(), one.why());
            out.add(new Written.Comment(one.what() + ": " + one.why()));
        });
        return out;
    }

    private void wireguard(End end, Set<String> done) {
        if (done.contains(end.toString())) return;
        End copy = ends.copied(end);
        if (copy != null) {
            refused(end, "its key is also that of another interface: a copy of the host, or of its key");
            return;
        }
        int peers = end.device().peers().size();
        if (peers == 0) refused(end, "it has no peer");
        else if (peers > 1) hub(end, done);
        else one(end, done);
    }

    private void one(End end, Set<String> done) {
        End far = ends.of(end.only().key());
        if (far == null) {
            if (isFree(end)) commented(() -> tunnels.toPeer(end), links);
            return;
        }
        if (far.device().peers().size() > 1
                && far.peer(end.device().publicKey()).isPresent()) return; // a spoke: its hub tells of it
        if (far.device().peers().size() != 1) {
            refused(end, far + " does not have it as a peer, so that nothing comes through");
            return;
        }
        done.add(far.toString());
        if (isFree(end)) between.add(tunnels.between(end, far));
    }

    private void hub(End end, Set<String> done) {
        if (!isFree(end)) return;
        end.device().peers().forEach(peer -> {
            End spoke = ends.of(peer.key());
            if (spoke != null && spoke.device().peers().size() == 1) done.add(spoke.toString());
        });
        commented(() -> hubs.of(end), links);
    }

    /** A name is one tunnel's or hub's in an inventory. */
    private boolean isFree(End end) {
        String first = names.putIfAbsent(end.device().name(), end.toString());
        if (first == null) return true;
        refused(
                end,
                "an inventory has one tunnel or hub of a name, and there is " + first
                        + "; rename one, or import them into two inventories");
        return false;
    }

    private void refused(End end, String why) {
        String what = end + ": an interface of WireGuard";
        notes.add(end.host().name(), what, why);
        links.add(new Written.Comment(what + ": " + why));
    }

    /** What a word does not say stands above it. */
    private void commented(Supplier<Written> making, List<Written> out) {
        int before = notes.count();
        Written made = making.get();
        if (made instanceof Word) out.addAll(notes.since(before));
        out.add(made);
    }

    private void tunnel(Between one, Routes routes, List<Written> out) {
        String why = one.why().isEmpty() ? routes.why(one) : one.why();
        if (why.isEmpty()) {
            out.addAll(one.comments());
            out.add(one.word());
            return;
        }
        String what = one.near() + ": a tunnel to " + one.far().host().name();
        notes.add(one.near().host().name(), what, why);
        out.add(new Written.Disabled(one.word(), what + ": " + why));
    }
}

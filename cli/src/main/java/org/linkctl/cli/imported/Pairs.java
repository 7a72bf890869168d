package org.linkctl.cli.imported;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.dsl.write.Written;
import org.linkctl.dsl.write.Written.Word;
import org.linkctl.model.Os;
import org.linkctl.net.Cidr;
import org.linkctl.spi.Found;
import org.linkctl.spi.Found.Shared;
import org.linkctl.spi.Found.Value;

/** The hosts two of which share addresses: a {@code pair} each. */
final class Pairs {
    /** {@code lb1} and {@code lb2}, {@code fw-a} and {@code fw-b}. */
    private static final Pattern COUNTED = Pattern.compile("(?<name>[A-Za-z0-9_-]*[A-Za-z0-9_])-?[0-9A-Za-z]");

    /** @param shared what both have, as the first one has it */
    private record Pair(String name, ImportedHost first, ImportedHost second, List<Shared> shared) {}

    private final List<ImportedHost> hosts = new ArrayList<>();
    private final List<Pair> pairs = new ArrayList<>();
    private final Set<String> used = new HashSet<>();
    private final Notes notes;

    Pairs(List<ImportedHost> all, Notes notes) {
        this.notes = notes;
        for (ImportedHost host : all) used.add(host.name());
        for (ImportedHost host : all) {
            if (of(host).isPresent()) continue;
            all.stream()
                    .filter(other -> all.indexOf(other) > all.indexOf(host))
                    .filter(other -> of(other).isEmpty() && isPair(host, other))
                    .findFirst()
                    .ifPresent(other -> pairs.add(pair(host, other)));
        }
        for (ImportedHost host : all) hosts.add(placed(host));
    }

    private static boolean isPair(ImportedHost one, ImportedHost other) {
        return one.os() == other.os() && !both(one, other).isEmpty();
    }

    private static List<Shared> both(ImportedHost one, ImportedHost other) {
        return one.of(Shared.class)
                .filter(shared -> other.of(Shared.class).anyMatch(shared::isSame))
                .toList();
    }

    private Pair pair(ImportedHost first, ImportedHost second) {
        return new Pair(name(first.name(), second.name()), first, second, both(first, second));
    }

    /** What the two names have in common, where they are counted. */
    private String name(String first, String second) {
        Matcher one = COUNTED.matcher(first);
        Matcher other = COUNTED.matcher(second);
        boolean counted = one.matches() && other.matches() && one.group("name").equals(other.group("name"));
        String name = counted ? one.group("name") : first + "-" + second;
        String out = name;
        for (int i = 2; !used.add(out); i++) out = name + "-" + i;
        return out;
    }

    /** The one that a host is in. */
    private Optional<Pair> of(ImportedHost host) {
        return pairs.stream()
                .filter(pair -> pair.first().name().equals(host.name())
                        || pair.second().name().equals(host.name()))
                .findFirst();
    }

    /** A pair is at one site: the one that was given, or one of its own name. */
    private ImportedHost placed(ImportedHost host) {
        Pair pair = of(host).orElse(null);
        List<Found> found = new ArrayList<>(host.found());
        host.of(Shared.class)
                .filter(shared -> pair == null || pair.shared().stream().noneMatch(shared::isSame))
                .forEach(shared -> found.add(alone(shared)));
        if (pair == null && host.of(Found.Synced.class).findAny().isPresent())
            found.add(new Found.Unsaid(
                    "connections, told to another host",
                    "stateSync is a pair's: import both hosts that share addresses"));
        if (pair == null)
            return new ImportedHost(host.name(), host.site(), host.os(), host.ssh(), host.become(), found);
        String site = site(pair.first()).or(() -> site(pair.second())).orElse(pair.name());
        if (!site(host).orElse(site).equals(site))
            notes.add(
                    host.name(),
                    "the site " + host.site(),
                    "it is in a pair with " + pair.first().name() + ", and both are at one site: " + site);
        return new ImportedHost(host.name(), site, host.os(), host.ssh(), host.become(), found);
    }

    private static Found alone(Shared shared) {
        return new Found.Unsaid(
                shared.device() + ": " + String.join(", ", texts(shared)) + " with the id " + shared.id()
                        + ", shared with another host",
                "none of the imported hosts has the same; import both, and they are a pair with a vip");
    }

    private static List<String> texts(Shared shared) {
        return shared.addresses().stream().map(Cidr::toString).toList();
    }

    private static Optional<String> site(ImportedHost host) {
        return host.site().equals(host.name()) ? Optional.empty() : Optional.of(host.site());
    }

    /** All hosts, those of a pair at one site. */
    List<ImportedHost> hosts() {
        return List.copyOf(hosts);
    }

    /** Those of one site, as they stand in it: a pair stands where its first host does. */
    List<Word> words(List<ImportedHost> atSite, Function<ImportedHost, List<Written>> unsaid) {
        List<Word> out = new ArrayList<>();
        for (ImportedHost host : atSite) {
            Pair pair = of(host).orElse(null);
            if (pair == null) {
                out.add(HostWords.of(host, unsaid.apply(host), false));
            } else if (pair.first().name().equals(host.name())) {
                ImportedHost other = atSite.stream()
                        .filter(one -> one.name().equals(pair.second().name()))
                        .findFirst()
                        .orElseThrow();
                out.add(word(pair, host, other, unsaid));
            }
        }
        return out;
    }

    private Word word(
            Pair pair, ImportedHost first, ImportedHost second, Function<ImportedHost, List<Written>> unsaid) {
        List<Written> inside = new ArrayList<>();
        for (ImportedHost host : List.of(first, second)) inside.add(HostWords.of(host, unsaid.apply(host), true));
        for (Shared shared : pair.shared()) inside.add(vip(pair, shared));
        first.of(Found.Synced.class).findFirst().map(Pairs::stateSync).ifPresent(inside::add);
        return Word.of("pair", List.of(Value.of(pair.name())), Map.of("os", new Value.Constant(first.os())), inside);
    }

    private Word vip(Pair pair, Shared shared) {
        Map<String, Value> out = new LinkedHashMap<>();
        out.put("on", Value.of(shared.device()));
        out.put("address", Value.of(texts(shared)));
        if (pair.first().os() == Os.FREEBSD) out.put("password", password(pair, shared));
        boolean second =
                pair.second().of(Shared.class).anyMatch(other -> other.isSame(shared) && other.rank() < shared.rank());
        if (second) out.put("prefer", Value.of(pair.second().name()));
        Integer interval = shared.interval();
        if (interval != null) out.put("interval", Value.of(interval));
        if (!shared.preempt()) out.put("preempt", new Value.Flag(false));
        return Word.of("vip", List.of(Value.of(shared.id())), out);
    }

    private Value password(Pair pair, Shared shared) {
        String reference = "carp/" + pair.name() + "-" + shared.id();
        notes.add(
                pair.first().name(),
                "vip " + shared.id() + ": its password",
                "it was not read; let secret('" + reference + "') say what 'pass' says in rc.conf (docs/secrets.md)");
        return new Value.Reference(reference);
    }

    private static Word stateSync(Found.Synced synced) {
        Map<String, Value> out = new LinkedHashMap<>();
        out.put("on", Value.of(synced.device()));
        if (synced.multicast()) out.put("multicast", new Value.Flag(true));
        if (synced.defer()) out.put("defer", new Value.Flag(true));
        Integer most = synced.most();
        if (most != null) out.put("maxUpdates", Value.of(most));
        return Word.of("stateSync", List.of(), out);
    }
}

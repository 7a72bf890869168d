package org.linkctl.engine.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.linkctl.plan.Manifest;
import org.linkctl.plan.Planned;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/**
 * The manifests of owned resources on a host, one for each inventory, in the folder {@code owned} of linkctl's home.
 *
 * @param path of this inventory's manifest
 * @param ours empty where there is none
 * @param others those of other inventories, by file name
 */
record Ownership(String path, Optional<Manifest> ours, Map<String, Manifest> others) {
    private static String folder(String home) {
        return home + "/owned";
    }

    /** Reads all manifests in one answer: {@code grep -rH} prints {@code path:line} for every line (grep(1)). */
    static Question.Command question(String home) {
        return Question.command("grep", "-rH", "", folder(home));
    }

    /** @throws UnreadableFacts where a manifest cannot be parsed */
    static Ownership read(String home, String fabric, Answers answers) {
        String folder = folder(home) + "/";
        Map<String, List<String>> files = lines(home, folder, answers);
        String own = Manifest.fileName(fabric);
        Map<String, Manifest> manifests = new TreeMap<>();
        files.forEach((name, lines) ->
                manifests.put(name, Manifest.parse(folder + name, name.equals(own) ? fabric : name, lines)));
        Optional<Manifest> ours = Optional.ofNullable(manifests.remove(own));
        return new Ownership(folder + own, ours, manifests);
    }

    private static Map<String, List<String>> lines(String home, String folder, Answers answers) {
        Answer.Output said = answers.to(question(home));
        Map<String, List<String>> files = new TreeMap<>();
        boolean empty = said.exit() == 1 && said.stderr().isBlank();
        boolean missing = said.stdout().isEmpty() && said.stderr().contains("No such file or directory");
        if (empty || missing) return files;
        if (!said.ok()) throw new UnreadableFacts(folder + ": " + said.stderr().strip());
        for (String line : said.stdout().lines().toList()) {
            int colon = line.indexOf(':', folder.length());
            if (!line.startsWith(folder) || colon < 0) throw new UnreadableFacts(folder + ": '" + line + "'");
            String name = line.substring(folder.length(), colon);
            // A temporary file that a crash has left behind is no manifest.
            if (name.startsWith(".")) continue;
            files.computeIfAbsent(name, _ -> new ArrayList<>()).add(line.substring(colon + 1));
        }
        return files;
    }

    /** Whether there is any manifest; otherwise linkctl may have changed the host before manifests existed. */
    private boolean any() {
        return ours.isPresent() || !others.isEmpty();
    }

    /** The declared resources to look for. Where a manifest exists, strays of old versions are not looked for. */
    List<Planned<?, ?>> searching(List<Planned<?, ?>> wanted) {
        return wanted.stream()
                .filter(planned -> !any() || !planned.resource().stray())
                .toList();
    }

    Optional<Memory> memory(String resource) {
        return ours.flatMap(manifest -> manifest.memory(resource));
    }

    /** Another inventory that owns the resource too; empty: none does. */
    Optional<String> otherOwner(String resource) {
        return others.values().stream()
                .filter(manifest -> manifest.owned().containsKey(resource))
                .map(Manifest::fabric)
                .findFirst();
    }

    /** What the other inventory has recorded of the resource: its state before either of them changed it. */
    Optional<Memory> otherMemory(String resource) {
        return others.values().stream()
                .flatMap(manifest -> manifest.memory(resource).stream())
                .findFirst();
    }

    /** The owned resources that are not among these, in the order in which they were made. */
    List<Owned> without(Collection<String> resources) {
        return owned().stream()
                .filter(one -> !resources.contains(one.resource()))
                .toList();
    }

    Collection<Owned> owned() {
        return ours.map(manifest -> manifest.owned().values()).orElse(List.of());
    }

    /** These, and the kept ones of those owned before, each after its former predecessor. */
    List<Owned> merged(Collection<Owned> wanted, Map<String, Owned> staying) {
        List<Owned> out = new ArrayList<>(wanted);
        Map<String, Owned> byId = new LinkedHashMap<>();
        for (Owned one : wanted) byId.put(one.resource(), one);
        Owned last = null;
        for (Owned before : owned()) {
            Owned now = byId.get(before.resource());
            if (now == null) {
                now = staying.get(before.resource());
                if (now == null) continue;
                out.add(last == null ? 0 : out.indexOf(last) + 1, now);
            }
            last = now;
        }
        return List.copyOf(out);
    }
}

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
 * What a host remembers of what linkctl owns there: a manifest for each inventory, in the folder {@code owned} of
 * linkctl's own.
 *
 * @param path of this inventory's
 * @param ours empty where there is none
 * @param others those of other inventories, by the names of their files
 */
record Ownership(String path, Optional<Manifest> ours, Map<String, Manifest> others) {
    private static String folder(String home) {
        return home + "/owned";
    }

    /** All of them in one answer: grep(1) prints {@code path:line} for every line. */
    static Question.Command question(String home) {
        return Question.command("grep", "-rH", "", folder(home));
    }

    /** @throws UnreadableFacts where a manifest cannot be understood */
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
            // What a crash left of a file that was being written is none.
            if (name.startsWith(".")) continue;
            files.computeIfAbsent(name, _ -> new ArrayList<>()).add(line.substring(colon + 1));
        }
        return files;
    }

    /** Whether anything is remembered at all; otherwise linkctl may have been here before hosts did. */
    private boolean any() {
        return ours.isPresent() || !others.isEmpty();
    }

    /** What is wanted: where a host remembers what is whose, nothing else is looked for. */
    List<Planned<?, ?>> searching(List<Planned<?, ?>> wanted) {
        return wanted.stream()
                .filter(planned -> !any() || !planned.resource().stray())
                .toList();
    }

    Optional<Memory> memory(String resource) {
        return ours.flatMap(manifest -> manifest.memory(resource));
    }

    /** The other inventory that owns a thing, too; empty: none does. */
    Optional<String> otherOwner(String resource) {
        return others.values().stream()
                .filter(manifest -> manifest.owned().containsKey(resource))
                .map(Manifest::fabric)
                .findFirst();
    }

    /** What the inventory that owns it, too, remembers of a thing: what stood there before either of them came. */
    Optional<Memory> otherMemory(String resource) {
        return others.values().stream()
                .flatMap(manifest -> manifest.memory(resource).stream())
                .findFirst();
    }

    /** What is owned and not among these, in the order of making. */
    List<Owned> without(Collection<String> resources) {
        return owned().stream()
                .filter(one -> !resources.contains(one.resource()))
                .toList();
    }

    Collection<Owned> owned() {
        return ours.map(manifest -> manifest.owned().values()).orElse(List.of());
    }

    /** These, and of what was owned before that which stays, each after what it came after. */
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

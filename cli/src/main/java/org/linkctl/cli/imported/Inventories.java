package org.linkctl.cli.imported;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.diag.Diagnostic;
import org.linkctl.dsl.Inventory;
import org.linkctl.dsl.Loaded;
import org.linkctl.dsl.write.InventoryWriter;
import org.linkctl.dsl.write.Written;
import org.linkctl.dsl.write.Written.Word;
import org.linkctl.spi.Found.Value;

/** Writes what was found so that {@code linkctl check} takes it: a word that it refuses becomes a comment, with the reason. */
final class Inventories {
    /** Each round makes comments of words; more words than that are not refused. */
    private static final int ROUNDS = 200;

    private static final String FIRST =
            "Made by linkctl import of what the hosts have. What is a comment is not declared, and stays as it is.";

    private final CommandContext context;
    private final Notes notes;
    private final Map<Word, String> disabled = new HashMap<>();

    Inventories(CommandContext context, Notes notes) {
        this.context = context;
        this.notes = notes;
    }

    String text(Word fabric) throws IOException {
        Path folder = Files.createTempDirectory("linkctl-import");
        Path file = folder.resolve("inventory.groovy");
        try {
            for (int round = 0; round < ROUNDS; round++) {
                InventoryWriter text = written(fabric);
                Files.writeString(file, text.text());
                Loaded loaded = Inventory.load(file, context.installation().limits());
                if (loaded.fabric() != null || !disable(text, loaded)) return text.text();
            }
            return written(fabric).text();
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    private InventoryWriter written(Word fabric) {
        return InventoryWriter.of(List.of(new Written.Comment(FIRST), shown(fabric)));
    }

    private Written shown(Word word) {
        String why = disabled.get(word);
        if (why != null) return new Written.Disabled(word, why);
        if (word.inside().isEmpty()) return word;
        Word out = word.with(word.inside().stream()
                .map(one -> one instanceof Word inner ? shown(inner) : one)
                .toList());
        originals.put(out, word);
        return out;
    }

    private final Map<Word, Word> originals = new HashMap<>();

    /** Whether any word was taken out. */
    private boolean disable(InventoryWriter text, Loaded loaded) {
        boolean any = false;
        for (Diagnostic one : loaded.diagnostics()) {
            if (one.severity() != Diagnostic.Severity.ERROR) continue;
            Optional<Word> word = text.at(one.at().line()).map(found -> originals.getOrDefault(found, found));
            if (word.isEmpty() || word.get().name().equals("fabric")) continue;
            if (disabled.containsKey(word.get())) continue;
            String why = "not declared, since " + one.summary() + (one.detail().isEmpty() ? "" : "; " + one.detail());
            disabled.put(word.get(), why.replace('\n', ' '));
            notes.add("", head(word.get()), one.summary());
            any = true;
        }
        return any;
    }

    private static String head(Word word) {
        return word.name()
                + word.values().stream()
                        .findFirst()
                        .map(value -> value instanceof Value.Text(String text) ? " " + text : "")
                        .orElse("");
    }
}

package org.linkctl.dsl.words;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.dsl.source.WordUse;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.playbook.Expected;
import org.linkctl.shell.Argv;

/** A command on a host, as a step of a playbook has it: words, and what it has to answer. */
final class Commands {
    private final AttributeValues values;
    private final List<?> command;

    Commands(AttributeValues values, List<?> command) {
        this.values = values;
        this.command = command;
    }

    /** The words; empty where they are none, which is reported. */
    Optional<Argv> words() {
        List<String> words = new ArrayList<>();
        for (Object word : command) {
            if (isWord(word)) words.add(String.valueOf(word));
            else {
                return wrong(
                        "a word of a command is a text, a number or an address, got " + MessageText.quoted(word),
                        word instanceof Record ? "a host, a tunnel or a site is named by its name()" : "",
                        null);
            }
        }
        if (words.isEmpty()) return wrong("a command has one word or more");
        String program = words.getFirst();
        if (program.isBlank() || program.startsWith("-")) return wrong("the first word of a command is a program");
        if (words.stream().anyMatch(word -> word.indexOf('\0') >= 0)) return wrong("a word of a command has a NUL");
        if (words.size() == 1 && words.getFirst().contains(" ")) {
            return wrong(
                    "'" + MessageText.shown(words.getFirst()) + "' is one word, and no program has such a name",
                    "no shell reads a command: it is a list of words",
                    shown(List.of(words.getFirst().strip().split(" +", -1))));
        }
        return Optional.of(new Argv(words));
    }

    private static boolean isWord(@Nullable Object word) {
        return word instanceof CharSequence || word instanceof Number || word instanceof Cidr || word instanceof Ip;
    }

    private static String shown(List<String> words) {
        return "["
                + String.join(
                        ", ",
                        words.stream()
                                .map(word -> "'" + MessageText.shown(word) + "'")
                                .toList()) + "]";
    }

    private Optional<Argv> wrong(String what) {
        return wrong(what, "", null);
    }

    private Optional<Argv> wrong(String what, String detail, @Nullable String meant) {
        WordUse use = values.use();
        values.refuse(
                use.arguments().size() < 2 ? use.at() : use.arguments().get(1).at(), what, detail, meant);
        return Optional.empty();
    }

    Expected expected() {
        return new Expected(status(), part("says"), part("lacks"), pattern());
    }

    /** Every output has the empty text: {@code says:} would ask nothing, and {@code lacks:} could not be met. */
    private @Nullable String part(String attribute) {
        String text = values.text(attribute).orElse(null);
        if (text != null && text.isEmpty()) {
            values.refuse(
                    values.use().of(attribute), attribute + ": expected a part of what is printed, got ''", "", null);
        }
        return text;
    }

    private int status() {
        int status = values.number("status").orElse(0);
        if (status >= 0 && status <= 255) return status;
        values.refuse(
                values.use().of("status"),
                "status: expected 0 to 255, got " + status,
                "with more no program ends: wait(2)",
                null);
        return 0;
    }

    private @Nullable Pattern pattern() {
        Optional<String> text = values.text("matches");
        if (text.isEmpty()) return null;
        try {
            return Pattern.compile(text.get(), Pattern.MULTILINE);
        } catch (PatternSyntaxException e) {
            values.refuse(
                    values.use().of("matches"),
                    "matches: '" + MessageText.shown(text.get()) + "' is no regular expression",
                    MessageText.shown(e.getDescription()),
                    null);
            return null;
        }
    }
}

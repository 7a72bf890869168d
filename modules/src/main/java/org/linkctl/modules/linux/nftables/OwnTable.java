package org.linkctl.modules.linux.nftables;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.linkctl.shell.Argv;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/**
 * A table of nftables that is linkctl's own. How nft(8) shows rules differs between its versions, so the program that loads
 * the table notes what it showed then: what it shows now is held against that.
 *
 * @param name of the table; its family is inet
 * @param shown where the program notes what {@code nft -s} shows
 * @param terse without what is in its sets and maps, which a service changes all the time ({@code nft -t})
 */
public record OwnTable(String name, String shown, boolean terse) {
    private static final Question.Command TABLES = Question.command("nft", "list", "tables");

    /**
     * What was found.
     *
     * @param now what nft(8) shows; null: there is no such table
     * @param then what it showed when the table was loaded; null: that is not noted
     */
    public record Found(@Nullable String now, @Nullable String then) {
        public static final Found NONE = new Found(null, null);

        /** Whether it is there, and as it was loaded. */
        public boolean isAsLoaded() {
            return now != null && Objects.equals(now, then);
        }
    }

    /** For messages and changes. */
    public String subject() {
        return "nft table inet " + name;
    }

    private Question.Command list() {
        return terse
                ? Question.command("nft", "-s", "-t", "list", "table", "inet", name)
                : Question.command("nft", "-s", "list", "table", "inet", name);
    }

    public List<Question<?>> questions() {
        return List.of(TABLES, list(), Question.file(shown));
    }

    /** That a table is not there is told by the list of all: what nft(8) says of a missing one depends on the locale. */
    public Found read(Answers answers) {
        String then = answers.to(Question.file(shown)).orElse(null);
        Answer.Output tables = answers.to(TABLES);
        if (tables.exit() == 127) return new Found(null, then);
        String first = "table inet " + name;
        if (answers.stdout(TABLES).lines().map(String::strip).noneMatch(first::equals)) return new Found(null, then);
        String text = answers.stdout(list());
        if (text.startsWith(first + " {")) return new Found(text, then);
        throw new UnreadableFacts("nft list " + first + " does not begin with that table: "
                + text.lines().findFirst().orElse("(nothing)"));
    }

    /** The change of a table that is there in another form than it was loaded in, or not at all. */
    public Change restored(Found have) {
        return Change.state(subject(), have.now(), have.then() == null ? "as in its file" : have.then());
    }

    public Change removed(Found have) {
        return Change.state(subject(), have.now(), null);
    }

    public Argv deletion() {
        return Argv.of("nft", "delete", "table", "inet", name);
    }
}

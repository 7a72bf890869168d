package org.linkctl.modules.hostusers;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/**
 * What a host notes of a user: what linkctl made.
 *
 * @param made the account
 * @param groups that linkctl has put the user into
 * @param left the number of an account that linkctl made and took away, whose home is still there; null: none
 */
public record UserNote(
        boolean made, Set<String> groups, @Nullable String left) {
    static final UserNote NOTHING = new UserNote(false, Set.of(), null);

    private static final String MADE = "made";
    private static final String GROUP = "group ";
    private static final String LEFT = "home left by ";

    public UserNote {
        groups = Set.copyOf(groups);
    }

    static String path(String name) {
        return "/var/lib/linkctl/users/" + name;
    }

    static Question.ReadFile question(String name) {
        return Question.file(path(name));
    }

    /** Null: there is none, and linkctl has done nothing to the user. */
    static @Nullable UserNote read(String name, Answers answers) {
        String text = answers.to(question(name)).orElse(null);
        if (text == null) return null;
        boolean made = false;
        Set<String> groups = new TreeSet<>();
        String left = null;
        for (String line : text.lines().toList()) {
            if (line.equals(MADE)) made = true;
            else if (line.matches(GROUP + "[a-z_][a-z0-9_-]*")) groups.add(line.substring(GROUP.length()));
            else if (line.matches(LEFT + "[0-9]{1,10}")) left = line.substring(LEFT.length());
            else if (!line.equals("user " + name))
                throw new UnreadableFacts(
                        path(name) + ": '" + line + "'; right would be '" + MADE + "' or 'group NAME'");
        }
        if (!List.of(text.split("\n", -1)).getFirst().equals("user " + name))
            throw new UnreadableFacts(path(name) + ": its first line is not 'user " + name + "'");
        return new UserNote(made, groups, left);
    }

    String text(String name) {
        StringBuilder out = new StringBuilder("user " + name + "\n");
        if (made) out.append(MADE).append('\n');
        for (String group : new TreeSet<>(groups))
            out.append(GROUP).append(group).append('\n');
        if (left != null) out.append(LEFT).append(left).append('\n');
        return out.toString();
    }
}

package org.linkctl.playbook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a command on a host has to answer.
 *
 * @param status its exit status
 * @param says a text that its standard output has to contain; null: anything
 * @param matches a regular expression that a part of its standard output has to match; null: anything
 */
public record Expected(int status, @Nullable String says, @Nullable Pattern matches) {
    /** What is expected, as a phrase after "has to": {@code end with status 0 and say 'active'}. */
    public String phrase() {
        List<String> parts = new ArrayList<>();
        parts.add("end with status " + status);
        if (says != null) parts.add("say '" + says + "'");
        if (matches != null) parts.add("match '" + matches + "'");
        return String.join(" and ", parts);
    }

    /** What an answer lacks, as a phrase after the command; empty: it is what is expected. */
    public Optional<String> lacks(int exit, String output) {
        if (exit != status) return Optional.of("ended with status " + exit + ", and had to end with " + status);
        if (says != null && !output.contains(says)) return Optional.of("did not say '" + says + "'");
        if (matches != null && !matches.matcher(output).find()) return Optional.of("did not match '" + matches + "'");
        return Optional.empty();
    }
}

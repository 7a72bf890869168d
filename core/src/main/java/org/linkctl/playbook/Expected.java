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
 * @param says a text that its output has to contain; null: anything
 * @param lacks a text that its output must not contain; null: anything
 * @param matches a regular expression that a part of its output has to match; null: anything
 */
public record Expected(
        int status,
        @Nullable String says,
        @Nullable String lacks,
        @Nullable Pattern matches) {
    /** What is expected, as a phrase: {@code status 0, and to say 'active'}. */
    public String phrase() {
        List<String> parts = new ArrayList<>();
        parts.add("status " + status);
        if (says != null) parts.add("to say '" + says + "'");
        if (lacks != null) parts.add("not to say '" + lacks + "'");
        if (matches != null) parts.add("to match '" + matches + "'");
        return String.join(", and ", parts);
    }

    /**
     * Whether a status says that there is no such program, or that it cannot be run (POSIX.1-2024, Shell Command Language,
     * 2.8.2): no answer, unless it is what is expected.
     */
    public boolean isNoAnswer(int exit) {
        return (exit == 126 || exit == 127) && exit != status;
    }

    /** What is wrong with an answer, as a phrase after the command; empty: it is what is expected. */
    public Optional<String> wrong(int exit, String output) {
        if (exit != status) return Optional.of("ended with status " + exit + ", and " + status + " is expected");
        if (says != null && !output.contains(says)) return Optional.of("did not say '" + says + "'");
        if (lacks != null && output.contains(lacks)) return Optional.of("said '" + lacks + "'");
        if (matches != null && !matches.matcher(output).find()) return Optional.of("did not match '" + matches + "'");
        return Optional.empty();
    }
}

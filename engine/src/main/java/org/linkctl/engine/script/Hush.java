package org.linkctl.engine.script;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.linkctl.shell.Content;
import org.linkctl.shell.Secret;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;

/**
 * The secrets that one connection has carried, and takes out of whatever the host says then: a program that cannot use a
 * key may quote it in its error, whole or in part. For many threads.
 */
public final class Hush {
    /** What is shorter stands in too many texts to mean anything. */
    private static final int SHORTEST = 4;

    /** A part of a secret that is so long is taken out as well: a program may cut what it quotes, or change some of it. */
    private static final int PART = 12;

    private static final String HIDDEN = "***";

    private final Set<String> texts = ConcurrentHashMap.newKeySet();
    private final Set<String> parts = ConcurrentHashMap.newKeySet();

    /** Whether a step carries a secret. */
    public static boolean concerns(List<Step> steps) {
        return steps.stream()
                .anyMatch(step -> step instanceof Step.PutFile put && put.content() instanceof Content.Hidden);
    }

    /** From now on what these steps carry is taken out. */
    public void know(List<Step> steps) {
        for (Step step : steps) {
            if (step instanceof Step.PutFile put && put.content() instanceof Content.Hidden(Secret secret))
                know(secret);
        }
    }

    /** From now on what these answers hide is taken out. */
    public void know(Answers answers) {
        for (Answer answer : answers.byQuestion().values()) {
            if (answer instanceof Answer.Hidden(Secret secret)) know(secret);
        }
    }

    /** From now on this is taken out. */
    public void know(Secret secret) {
        for (String line : secret.reveal().lines().map(String::strip).toList()) {
            know(line);
            know(Printf.of(line.getBytes(StandardCharsets.UTF_8)).replaceAll("^printf '|'\n$", ""));
        }
    }

    private void know(String text) {
        if (text.length() < SHORTEST) return;
        texts.add(text);
        for (int i = 0; i + PART <= text.length(); i++) parts.add(text.substring(i, i + PART));
    }

    /** The same text with {@code ***} where a secret stood. */
    public String of(String said) {
        if (texts.isEmpty() || said.isEmpty()) return said;
        BitSet secret = new BitSet(said.length());
        for (String text : texts) {
            for (int at = said.indexOf(text); at >= 0; at = said.indexOf(text, at + 1))
                secret.set(at, at + text.length());
        }
        for (int i = 0; i + PART <= said.length(); i++) {
            if (parts.contains(said.substring(i, i + PART))) secret.set(i, i + PART);
        }
        return secret.isEmpty() ? said : without(said, secret);
    }

    private static String without(String said, BitSet secret) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < said.length(); i++) {
            if (!secret.get(i)) out.append(said.charAt(i));
            else if (i == 0 || !secret.get(i - 1)) out.append(HIDDEN);
        }
        return out.toString();
    }
}

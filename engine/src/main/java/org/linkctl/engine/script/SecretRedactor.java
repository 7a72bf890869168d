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
 * Removes known secrets from what hosts say: a program that cannot use a key may quote it in its error, whole or in
 * part. Thread-safe.
 */
public final class SecretRedactor {
    /** Shorter texts occur in too many messages to be removed. */
    private static final int SHORTEST = 4;

    /** The length from which parts of a secret are removed as well: a program may shorten or change what it quotes. */
    private static final int PART = 12;

    private static final String HIDDEN = "***";

    private final Set<String> texts = ConcurrentHashMap.newKeySet();
    private final Set<String> parts = ConcurrentHashMap.newKeySet();

    /** Whether one of these steps carries a secret. */
    public static boolean carriesSecret(List<Step> steps) {
        return steps.stream()
                .anyMatch(step -> step instanceof Step.PutFile put && put.content() instanceof Content.Hidden);
    }

    /** From now on the secrets in these steps are removed. */
    public void add(List<Step> steps) {
        for (Step step : steps) {
            if (step instanceof Step.PutFile put && put.content() instanceof Content.Hidden(Secret secret)) add(secret);
        }
    }

    /** From now on the secrets in these answers are removed. */
    public void add(Answers answers) {
        for (Answer answer : answers.byQuestion().values()) {
            if (answer instanceof Answer.Hidden(Secret secret)) add(secret);
        }
    }

    /** From now on this secret is removed. */
    public void add(Secret secret) {
        for (String line : secret.reveal().lines().map(String::strip).toList()) {
            add(line);
            add(PrintfEncoder.of(line.getBytes(StandardCharsets.UTF_8)).replaceAll("^printf '|'\n$", ""));
        }
    }

    private void add(String text) {
        if (text.length() < SHORTEST) return;
        texts.add(text);
        for (int i = 0; i + PART <= text.length(); i++) parts.add(text.substring(i, i + PART));
    }

    /** The text with {@code ***} in place of each secret. */
    public String redact(String said) {
        if (texts.isEmpty() || said.isEmpty()) return said;
        BitSet secret = new BitSet(said.length());
        for (String text : texts) {
            for (int at = said.indexOf(text); at >= 0; at = said.indexOf(text, at + 1))
                secret.set(at, at + text.length());
        }
        for (int i = 0; i + PART <= said.length(); i++) {
            if (parts.contains(said.substring(i, i + PART))) secret.set(i, i + PART);
        }
        return secret.isEmpty() ? said : redacted(said, secret);
    }

    private static String redacted(String said, BitSet secret) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < said.length(); i++) {
            if (!secret.get(i)) out.append(said.charAt(i));
            else if (i == 0 || !secret.get(i - 1)) out.append(HIDDEN);
        }
        return out.toString();
    }
}

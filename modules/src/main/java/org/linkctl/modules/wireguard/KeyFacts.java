package org.linkctl.modules.wireguard;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.shell.Secret;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/**
 * What was found of an interface's private key.
 *
 * @param access rights and owner of the key file; null where there is none
 * @param valid the file holds a key, as far as can be said (without wg(8) nobody can)
 * @param publicKey derived from the file; null where that cannot be done yet
 * @param running the public key the interface runs with; null where it runs with none
 * @param content of the file; read only where a secret of the user's shall be in it
 */
public record KeyFacts(
        @Nullable String access,
        boolean valid,
        @Nullable String publicKey,
        @Nullable String running,
        @Nullable Secret content) {
    /** As where nothing is. */
    public static final KeyFacts NONE = new KeyFacts(null, false, null, null, null);

    boolean kept() {
        return access != null && valid;
    }

    /** The public key that peers will see once the host is converged; null where that is not known yet. */
    @Nullable
    String lasting(KeyWant want) {
        GivenKey given = want.given();
        if (given != null && given.secret() != null) return given.publicKey();
        String there = kept() ? publicKey : running;
        KeyWant.Renewal renewal = want.renewal();
        return renewal != null && renewal.outworn().equals(there) ? null : there;
    }

    boolean isOutworn(KeyWant want) {
        return want.renewal() != null && (kept() || running != null) && lasting(want) == null;
    }

    /** Asks for the public key that a tunnel runs with. */
    private static Question.Command inKernel(String tunnel) {
        return Question.command("wg", "show", tunnel, "public-key");
    }

    static List<Question<?>> questions(KeyWant want) {
        List<Question<?>> out = new ArrayList<>(
                List.of(want.access(), WireguardFiles.derivePublicKey(want.tunnel()), inKernel(want.tunnel())));
        if (want.given() != null) out.add(want.content());
        return List.copyOf(out);
    }

    static KeyFacts read(KeyWant want, Answers answers) {
        String tunnel = want.tunnel();
        String path = want.path();
        String access = want.access(answers);
        String running = running(tunnel, answers);
        if (access == null) return new KeyFacts(null, false, null, running, null);
        Secret content =
                want.given() == null ? null : answers.to(want.content()).orElse(null);
        Answer.Output derived = answers.to(WireguardFiles.derivePublicKey(tunnel));
        if (derived.ok()) return new KeyFacts(access, true, publicKey(derived, path), running, content);
        if (derived.exit() == 127) return new KeyFacts(access, true, null, running, content);
        if (derived.stderr().contains("Key is not")) return new KeyFacts(access, false, null, running, content);
        throw new UnreadableFacts(
                "public key of " + path + ": " + derived.stderr().strip());
    }

    private static String publicKey(Answer.Output out, String whose) {
        String key = out.stdout().strip();
        if (WireguardFiles.KEY.matcher(key).matches()) {
            if (PublicKeys.isUsable(key)) return key;
            throw new UnreadableFacts("public key of " + whose + ": '" + key
                    + "' is one of the few points with which every handshake fails (RFC 7748, section 6.1); remove the"
                    + " private key it belongs to, and end the interface that runs with it");
        }
        throw new UnreadableFacts("public key of " + whose + ": '" + key + "'; right would be 44 base64 characters");
    }

    private static @Nullable String running(String tunnel, Answers answers) {
        Answer.Output out = answers.to(inKernel(tunnel));
        if (!out.ok() || out.stdout().strip().equals(WireguardFiles.NO_KEY)) return null;
        return publicKey(out, tunnel);
    }
}

package org.linkctl.modules.wireguard;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.linkctl.shell.Secret;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/**
 * What was found of a pre-shared key's file.
 *
 * @param access rights and owner of the file; null where there is none
 * @param secret its content; null where there is none, and where none is wanted: then it is not read
 */
public record PskFacts(@Nullable String access, @Nullable Secret secret) {
    /** As where nothing is. */
    public static final PskFacts NONE = new PskFacts(null, null);

    /** The file is as it will be: nothing is going to replace it. */
    boolean lasting(PskWant want) {
        return switch (want.role()) {
            case MAKES -> isKey() && !isOutworn(want.outworn());
            case RECEIVES, GIVEN -> secret != null && Objects.equals(secret.line(), want.secret());
            case NONE -> access == null;
        };
    }

    private boolean isOutworn(PskWant.@Nullable Renewal renewal) {
        return renewal != null
                && secret != null
                && secret.line().equals(renewal.outworn().line());
    }

    private boolean isKey() {
        return secret != null && secret.matches(WireguardFiles.KEY_LINE) && !secret.matches(WireguardFiles.ZERO);
    }

    static List<Question<?>> questions(PskWant want) {
        return want.gone() ? List.of(want.access()) : List.of(want.access(), want.content());
    }

    static PskFacts read(PskWant want, Answers answers) {
        String access = want.access(answers);
        boolean unread = want.gone() || access == null;
        return new PskFacts(access, unread ? null : answers.to(want.content()).orElse(null));
    }
}

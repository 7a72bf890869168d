package org.linkctl.spi;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.linkctl.model.SecretRef;
import org.linkctl.shell.Fingerprints;
import org.linkctl.shell.Secret;

/**
 * The secrets of one run that were looked up, by name. A module takes one with {@link #of}, and names in {@link
 * Resource#secrets} those it wants; while one is not there, as in {@code linkctl verify}, it is an unknown.
 *
 * @param outworn what hosts made themselves and shall make anew, as they told it before
 */
public record Secrets(Map<String, Secret> byName, Fingerprints fingerprints, Published outworn) {
    /** For whatever asks nobody for a secret. */
    public static final Secrets NONE = new Secrets(Map.of(), new Fingerprints(new byte[32]));

    /** Stands for every secret where nobody is asked, and plans are only written down. */
    public static final Secret STAND_IN = new Secret(Change.UNKNOWN);

    public Secrets {
        byName = Map.copyOf(byName);
    }

    /** Where nothing is made anew. */
    public Secrets(Map<String, Secret> byName, Fingerprints fingerprints) {
        this(byName, fingerprints, Published.NOTHING);
    }

    public Secrets without(Published made) {
        return new Secrets(byName, fingerprints, made);
    }

    /**
     * A secret that has to have a form.
     *
     * @param right what would be right, as a phrase
     * @throws Refused where it has another; the message names the reference and shows nothing of the text
     */
    public Optional<Secret> of(SecretRef ref, Pattern form, String right) {
        Optional<Secret> found = Optional.ofNullable(byName.get(ref.name()));
        if (found.filter(secret -> !secret.matches(form) && !secret.equals(STAND_IN))
                .isPresent())
            throw new Refused(ref.at() + ": what " + ref + " says is not right there; right would be " + right);
        return found;
    }
}

package org.linkctl.modules.missingpackages;

import java.util.List;
import java.util.stream.Collectors;
import org.linkctl.spi.Change;
import org.linkctl.spi.Diagnosis;

/** Packages that an apply would install. */
public final class MissingPackages {
    private static final String SUBJECT = "packages";
    private static final String STATE = "package ";

    private MissingPackages() {}

    /** @param changes of a module of packages */
    public static Diagnosis diagnosis(List<Change> changes) {
        String missing = changes.stream()
                .filter(change -> change.kind() == Change.Kind.STATE)
                .map(change -> change.subject().startsWith(STATE)
                        ? change.subject().substring(STATE.length())
                        : change.subject())
                .collect(Collectors.joining(", "));
        return missing.isEmpty()
                ? Diagnosis.fine(SUBJECT, "none is missing")
                : Diagnosis.doubtful(
                        SUBJECT,
                        "missing: " + missing,
                        "`linkctl apply` installs them; whether the host reaches its mirror was not asked");
    }
}

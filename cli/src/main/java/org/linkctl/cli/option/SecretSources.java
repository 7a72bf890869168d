package org.linkctl.cli.option;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Where secrets are looked up. */
public final class SecretSources {
    @Option(
            names = "--secrets",
            split = ",",
            paramLabel = "WHERE",
            order = 12,
            description =
                    "Where secrets are looked up, in this order, instead of what linkctl.yaml says: env, file:DIR, "
                            + "sops:FILE, 'command:pass show {name}', credentials (docs/secrets.md).")
    private List<String> where = new ArrayList<>();

    /** The providers in the order in which they are asked, as the user wrote them; empty: not given. */
    public List<String> providers() {
        return List.copyOf(where);
    }
}

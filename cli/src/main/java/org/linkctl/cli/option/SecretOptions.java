package org.linkctl.cli.option;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where secrets are looked up, and which keys are replaced. */
public final class SecretOptions {
    @Mixin
    private final SecretSources sources;

    @Option(
            names = "--rotate-psk",
            split = ",",
            paramLabel = "TUNNEL",
            order = 13,
            description = "Make new pre-shared keys for these tunnels, at both ends in this run; sessions go on. "
                    + "For keys that linkctl made (psk: true).")
    private List<String> rotated = new ArrayList<>();

    @Option(
            names = "--rotate-key",
            split = ",",
            paramLabel = "TUNNEL",
            order = 13,
            description = "Make new private keys for both ends of these tunnels, each on its host; traffic takes other"
                    + " tunnels meanwhile, or --allow-cut is needed.")
    private List<String> rekeyed = new ArrayList<>();

    public SecretOptions() {
        this(new SecretSources());
    }

    /** These sources, and no key that is replaced. */
    public SecretOptions(SecretSources sources) {
        this.sources = sources;
    }

    /** The providers in the order in which they are asked, as the user wrote them; empty: not given. */
    public List<String> providers() {
        return sources.providers();
    }

    /** The tunnels, or groups of tunnels, whose pre-shared keys are replaced. */
    public List<String> rotatedPsks() {
        return List.copyOf(rotated);
    }

    /** The tunnels, or groups of tunnels, whose private keys are replaced at both ends. */
    public List<String> rotatedKeys() {
        return List.copyOf(rekeyed);
    }

    /** Sets both lists to those of a saved plan, or of a step. */
    public void rotate(List<String> psks, List<String> keys) {
        rotated = new ArrayList<>(psks);
        rekeyed = new ArrayList<>(keys);
    }
}

package org.linkctl.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.linkctl.cli.secrets.Configuration;
import org.linkctl.cli.secrets.FingerprintKey;
import org.linkctl.cli.secrets.SecretStore;
import org.linkctl.cli.show.CheckText;
import org.linkctl.cli.show.Paint;
import org.linkctl.engine.Selection;
import org.linkctl.model.SecretRef;
import org.linkctl.plan.Planner;
import org.linkctl.spi.Published;
import org.linkctl.spi.Secrets;
import picocli.CommandLine.Option;

/** Where the secrets that an inventory names are looked up. */
public final class SecretOptions {
    @Option(
            names = "--secrets",
            split = ",",
            paramLabel = "WHERE",
            order = 12,
            description =
                    "Where secrets are looked up, in this order, instead of what linkctl.yaml says: env, file:DIR, "
                            + "sops:FILE, 'command:pass show {name}', credentials (docs/secrets.md).")
    private List<String> where = new ArrayList<>();

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

    /** The tunnels, or groups of them, whose pre-shared keys are made anew. */
    List<String> rotatedPsks() {
        return List.copyOf(rotated);
    }

    /** The same of private keys. */
    List<String> rotatedKeys() {
        return List.copyOf(rekeyed);
    }

    /** As a plan that was written down says. */
    void rotate(List<String> psks, List<String> keys) {
        rotated = new ArrayList<>(psks);
        rekeyed = new ArrayList<>(keys);
    }

    /**
     * Looks up the secrets that this run needs; nobody is asked where it needs none.
     *
     * @throws Failure with every reference that leads nowhere
     */
    Secrets lookUp(
            InventoryArgument.Read read, SelectionOptions selected, Session session, ShowOptions show, Runs runs) {
        Map<String, String> environment = session.terminal().environment();
        Paint paint = show.errPaint(session.terminal());
        Rotation rotation = Rotation.of(read.fabric(), rotated, rekeyed);
        SecretStore chosen = where.isEmpty() ? null : option(environment);
        Planner planner = session.parts().planner();
        Selection selection = selected.selection(read.fabric(), planner);
        List<SecretRef> references = planner.secrets(read.fabric(), selection::holds, selection::holdsModule);
        if (references.isEmpty()) return Secrets.NONE.without(former(read, rotation, runs));
        SecretStore store = chosen == null ? file(read, environment, paint) : chosen;
        SecretStore.Found found = store.lookUp(references);
        if (!found.missing().isEmpty()) {
            throw new Failure(CheckText.diagnostics(found.missing(), read.sourceLine(), paint) + "\n"
                    + CheckText.counted(found.missing()));
        }
        return new Secrets(found.byName(), FingerprintKey.of(environment), former(read, rotation, runs));
    }

    /** What shall be made anew is what is there before the plan: the hosts are asked once more than usual. */
    private static Published former(InventoryArgument.Read read, Rotation rotation, Runs runs) {
        return rotation.isEmpty() ? Published.NOTHING : runs.during(read.fabric(), rotation::former);
    }

    private SecretStore option(Map<String, String> environment) {
        try {
            return Configuration.option(where, environment);
        } catch (IllegalArgumentException e) {
            throw new Failure("--secrets: " + e.getMessage());
        }
    }

    private static SecretStore file(InventoryArgument.Read read, Map<String, String> environment, Paint paint) {
        try {
            return Configuration.file(read.file(), environment);
        } catch (Configuration.Wrong e) {
            throw new Failure(CheckText.diagnostics(e.diagnostics(), e.source(), paint) + "\n"
                    + CheckText.counted(e.diagnostics()));
        }
    }
}

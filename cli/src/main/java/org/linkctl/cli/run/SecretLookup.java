package org.linkctl.cli.run;

import java.util.List;
import java.util.Map;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.Failure;
import org.linkctl.cli.option.InventoryArgument;
import org.linkctl.cli.option.SecretOptions;
import org.linkctl.cli.option.SelectionOptions;
import org.linkctl.cli.option.ShowOptions;
import org.linkctl.cli.secrets.FingerprintKey;
import org.linkctl.cli.secrets.SecretConfiguration;
import org.linkctl.cli.secrets.SecretStore;
import org.linkctl.cli.show.CheckText;
import org.linkctl.cli.show.Paint;
import org.linkctl.engine.Selection;
import org.linkctl.model.SecretRef;
import org.linkctl.plan.Planner;
import org.linkctl.spi.Published;
import org.linkctl.spi.Secrets;

/** Looks up the secrets that a run needs: those that the selected hosts and modules refer to. */
public final class SecretLookup {
    private final List<String> providers;
    private final Map<String, String> environment;
    private final Planner planner;
    private final Paint paint;

    /** @param providers those that were given on the command line; empty: none were */
    public SecretLookup(List<String> providers, CommandContext context, ShowOptions show) {
        this.providers = providers;
        this.environment = context.terminal().environment();
        this.planner = context.installation().planner();
        this.paint = show.errPaint(context.terminal());
    }

    /**
     * Asks the providers. No provider is asked where the run needs no secret.
     *
     * @param options the keys that are replaced
     * @param runs ask the hosts for the present keys, where the user has keys replaced
     * @throws Failure with a diagnostic for each reference that no provider knows; where {@code --only} leaves out what
     *     would replace the keys
     */
    public Secrets secrets(
            InventoryArgument.Read read, SelectionOptions selected, SecretOptions options, HostRuns runs) {
        KeyRotation rotation = KeyRotation.of(read.fabric(), options.rotatedPsks(), options.rotatedKeys());
        rotation.requireModules(read.fabric(), selected.only(), planner.moduleNames());
        Secrets found = secrets(read, selected.selection(read.fabric(), planner));
        return found.without(former(read, rotation, runs));
    }

    /** The same for a run that replaces no keys. */
    public Secrets secrets(InventoryArgument.Read read, Selection selection) {
        SecretStore chosen = providers.isEmpty() ? null : chosen();
        List<SecretRef> references = planner.secrets(read.fabric(), selection::holds, selection::holdsModule);
        if (references.isEmpty()) return Secrets.NONE;
        SecretStore store = chosen == null ? configured(read) : chosen;
        SecretStore.Found found = store.lookUp(references);
        if (!found.missing().isEmpty()) {
            throw new Failure(CheckText.diagnostics(found.missing(), read.sourceLine(), paint) + "\n"
                    + CheckText.counted(found.missing()));
        }
        return new Secrets(found.byName(), FingerprintKey.of(environment), Published.NOTHING);
    }

    /** The keys to replace, as they are before the plan: this costs one more probe of the hosts. */
    private static Published former(InventoryArgument.Read read, KeyRotation rotation, HostRuns runs) {
        return rotation.isEmpty() ? Published.NOTHING : runs.during(read.fabric(), rotation::former);
    }

    private SecretStore chosen() {
        try {
            return SecretConfiguration.option(providers, environment);
        } catch (IllegalArgumentException e) {
            throw new Failure("--secrets: " + e.getMessage());
        }
    }

    private SecretStore configured(InventoryArgument.Read read) {
        try {
            return SecretConfiguration.file(read.file(), environment);
        } catch (SecretConfiguration.Wrong e) {
            throw new Failure(CheckText.diagnostics(e.diagnostics(), e.source(), paint) + "\n"
                    + CheckText.counted(e.diagnostics()));
        }
    }
}

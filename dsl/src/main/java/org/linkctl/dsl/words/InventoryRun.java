package org.linkctl.dsl.words;

import java.nio.file.Path;
import org.linkctl.check.Names;
import org.linkctl.dsl.report.InventoryException;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.dsl.source.SourceFiles;
import org.linkctl.dsl.source.WordUse;
import org.linkctl.model.SecretRef;

/** One run of an inventory: its files, the position of the script in them, what it declared and the diagnostics. */
public final class InventoryRun extends ScriptRun {
    /** Compiles and runs an included file; an interface, since reading files is above the words. */
    @FunctionalInterface
    public interface Includer {
        /** @return whether the file ran to its end */
        boolean include(InventoryRun run, Path file, FabricSpec fabric);
    }

    private final Includer includer;
    private final Declarations declarations = new Declarations();

    /** @param file the inventory that was asked for */
    public InventoryRun(Path file, SourceFiles sources, Includer includer) {
        super(file, "the inventory", sources, Vocabulary::independentAttributes);
        this.includer = includer;
    }

    public Declarations declarations() {
        return declarations;
    }

    /** The reference at the script's position; a name that is not allowed is reported. */
    SecretRef secret(String name) {
        WordUse use = diagnostics().sources().useWithin(position().here(), "secret", name);
        if (!Names.isSecret(name)) {
            error(
                    use.ofName(),
                    "secret: '" + MessageText.shown(name) + "' is no name of a secret",
                    "it has letters, digits and _ . - and may have several such parts, with / between them",
                    null);
        }
        return new SecretRef(name, use.at());
    }

    void include(String name, FabricSpec fabric) {
        try {
            Path found = files().find(name);
            if (diagnostics().sources().has(found.toString()) || found.equals(file())) {
                throw files().failure("'" + MessageText.shown(name) + "' is included already");
            }
            if (!includer.include(this, found, fabric)) diagnostics().incomplete();
        } catch (InventoryException failure) {
            diagnostics().incomplete(failure);
        }
    }
}

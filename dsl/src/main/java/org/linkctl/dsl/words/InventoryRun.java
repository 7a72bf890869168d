package org.linkctl.dsl.words;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.linkctl.check.Names;
import org.linkctl.diag.Place;
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

    private static final String ONCE = "a file is read once; what two files need stands in a third one";

    private final Includer includer;
    /** The files that were included, and where. */
    private final Map<Path, Place> included = new HashMap<>();

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

    /** @throws InventoryException where a file is read that was read before */
    private void again(String name, Path found) {
        String named = "'" + MessageText.shown(name) + "' ";
        Place at = position().here().ofName();
        Place first = included.get(found);
        if (found.toString().equals(at.file())) throw files().failure(named + "is this very file", ONCE);
        if (found.equals(file())) throw files().failure(named + "is the inventory that includes this file", ONCE);
        if (first != null) throw files().failure(named + "is included already", "at " + first);
    }

    void include(String name, FabricSpec fabric) {
        try {
            Path found = files().find(name);
            again(name, found);
            included.put(found, position().here().ofName());
            if (!includer.include(this, found, fabric)) diagnostics().incomplete();
        } catch (InventoryException failure) {
            diagnostics().incomplete(failure);
        }
    }
}

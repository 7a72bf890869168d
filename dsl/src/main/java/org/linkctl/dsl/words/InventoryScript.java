package org.linkctl.dsl.words;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.lang.Script;
import java.util.List;
import java.util.Map;
import org.linkctl.check.Names;
import org.linkctl.dsl.data.Data;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.dsl.source.WordUse;
import org.linkctl.model.SecretRef;

/** The words at the top of an inventory; base class of its script. */
public abstract class InventoryScript extends Script {
    private InventoryRun inventory() {
        return (InventoryRun) getBinding().getVariable(ScriptKind.RUN);
    }

    /** The fabric, which contains everything else: {@code fabric('name') { … }}. */
    public void fabric(
            String name, @DelegatesTo(value = FabricSpec.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
        InventoryRun run = inventory();
        WordUse use = run.position().here();
        if (run.declarations().name() != null) run.error(use.at(), "a second fabric: an inventory is one", "", null);
        if (!Names.isName(name)) {
            String near = Names.nameLike(name);
            run.error(
                    use.ofName(),
                    "'" + MessageText.shown(name) + "' is no name for a fabric",
                    Names.NAME_RULE,
                    near == null ? null : "'" + near + "'");
        }
        run.declarations().name(name);
        Spec.run(new FabricSpec(run), body);
    }

    /** The rows of a CSV file of the inventory's folder; the first line names the columns. */
    public List<Map<String, String>> csv(@FileName String file) {
        return inventory().csv(file);
    }

    /** A reference to a secret by its name; the secret itself is read when hosts are planned. */
    public SecretRef secret(String name) {
        return inventory().secret(name);
    }

    /** The content of a JSON file of the inventory's folder. */
    public Data json(@FileName String file) {
        return inventory().json(file);
    }
}

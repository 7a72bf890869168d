package org.linkctl.dsl.words;

import org.linkctl.model.SecretRef;

/** The words inside one pair of braces of an inventory. */
public abstract class Spec extends Words {
    private final InventoryRun run;

    Spec(InventoryRun run) {
        super(run);
        this.run = run;
    }

    InventoryRun inventory() {
        return run;
    }

    Declarations declarations() {
        return run.declarations();
    }

    /** A reference to a secret by its name; the secret itself is read when hosts are planned. */
    public SecretRef secret(String name) {
        return run.secret(name);
    }
}

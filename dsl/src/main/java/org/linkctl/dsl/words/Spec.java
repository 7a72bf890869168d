package org.linkctl.dsl.words;

import groovy.lang.Closure;
import java.util.List;
import java.util.Map;
import org.linkctl.dsl.data.Data;
import org.linkctl.model.SecretRef;

/** What is known inside one pair of braces: every public method is a word. Its closures see this and nothing else. */
public abstract class Spec {
    private final InventoryRun run;

    Spec(InventoryRun run) {
        this.run = run;
    }

    InventoryRun inventory() {
        return run;
    }

    Declarations declarations() {
        return run.declarations();
    }

    /** What the script gave to the word that is being run. To be called by the word itself. */
    Given given(Map<String, Object> attributes) {
        return new Given(run, run.position().declaring(), attributes);
    }

    Given given() {
        return given(Map.of());
    }

    /** The rows of a CSV file of the inventory's folder; the first line names the columns. */
    public List<Map<String, String>> csv(String file) {
        return run.csv(file);
    }

    /** A JSON file of the inventory's folder. */
    public Data json(String file) {
        return run.json(file);
    }

    /** A reference to a secret, by its name; what it says is looked up when hosts are planned. */
    public SecretRef secret(String name) {
        return run.secret(name);
    }

    static void run(Spec delegate, Closure<?> body) {
        Closure<?> own = (Closure<?>) body.clone();
        own.setDelegate(delegate);
        own.setResolveStrategy(Closure.DELEGATE_ONLY);
        own.call();
    }
}

package org.linkctl.dsl.words;

import groovy.lang.Closure;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linkctl.dsl.data.Data;
import org.linkctl.model.SecretRef;

/**
 * The words that are known inside one pair of braces: every public method is a word. Closures resolve names here alone.
 */
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

    /** The attributes of the word that is being run. To be called by the word's method, before its braces are run. */
    AttributeValues values(Map<String, Object> attributes) {
        return new AttributeValues(run, run.position().declaring(), attributes);
    }

    AttributeValues values() {
        return values(Map.of());
    }

    /** The rows of a CSV file of the inventory's folder; the first line names the columns. */
    public List<Map<String, String>> csv(@FileName String file) {
        return run.csv(file);
    }

    /** The content of a JSON file of the inventory's folder. */
    public Data json(@FileName String file) {
        return run.json(file);
    }

    /** A reference to a secret by its name; the secret itself is read when hosts are planned. */
    public SecretRef secret(String name) {
        return run.secret(name);
    }

    static void run(Spec delegate, @Nullable Closure<?> body) {
        if (body == null) return;
        Closure<?> own = (Closure<?>) body.clone();
        own.setDelegate(delegate);
        own.setResolveStrategy(Closure.DELEGATE_ONLY);
        own.call();
    }
}

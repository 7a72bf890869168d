package org.linkctl.dsl;

import groovy.lang.Closure;
import java.util.List;
import java.util.Map;
import org.linkctl.model.SecretRef;

/** What is known inside one pair of braces: every public method is a word. Its closures see this and nothing else. */
public abstract class Spec {
    private final Loading loading;

    Spec(Loading loading) {
        this.loading = loading;
    }

    Loading loading() {
        return loading;
    }

    /** What the script gave to the word that is being run. To be called by the word itself. */
    Given given(Map<String, Object> attributes) {
        return new Given(loading, loading.declaring(), attributes);
    }

    Given given() {
        return given(Map.of());
    }

    /** The rows of a CSV file of the inventory's folder; the first line names the columns. */
    public List<Map<String, String>> csv(String file) {
        return Csv.read(loading, file);
    }

    /** A JSON file of the inventory's folder. */
    public Data json(String file) {
        return Data.read(loading, file);
    }

    /** A reference to a secret, by its name; what it says is looked up when hosts are planned. */
    public SecretRef secret(String name) {
        return loading.secret(name);
    }

    static void run(Spec delegate, Closure<?> body) {
        Closure<?> own = (Closure<?>) body.clone();
        own.setDelegate(delegate);
        own.setResolveStrategy(Closure.DELEGATE_ONLY);
        own.call();
    }
}

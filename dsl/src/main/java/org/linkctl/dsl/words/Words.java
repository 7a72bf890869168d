package org.linkctl.dsl.words;

import groovy.lang.Closure;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linkctl.dsl.data.Data;

/**
 * The words that are known inside one pair of braces: every public method is a word. Closures resolve names here alone.
 */
public abstract class Words {
    private final ScriptRun run;

    Words(ScriptRun run) {
        this.run = run;
    }

    /** The attributes of the word that is being run. To be called by the word's method, before its braces are run. */
    AttributeValues values(Map<String, Object> attributes) {
        return new AttributeValues(run, run.position().declaring(), attributes);
    }

    AttributeValues values() {
        return values(Map.of());
    }

    /** The rows of a CSV file of the folder of the file that was asked for; the first line names the columns. */
    public List<Map<String, String>> csv(@FileName String file) {
        return run.csv(file);
    }

    /** The content of a JSON file of that folder. */
    public Data json(@FileName String file) {
        return run.json(file);
    }

    static void run(Words delegate, @Nullable Closure<?> body) {
        if (body != null) within(delegate, body).call();
    }

    /** Runs braces that are given a value. */
    static void run(Words delegate, Closure<?> body, Object value) {
        within(delegate, body).call(value);
    }

    private static Closure<?> within(Words delegate, Closure<?> body) {
        Closure<?> own = (Closure<?>) body.clone();
        own.setDelegate(delegate);
        own.setResolveStrategy(Closure.DELEGATE_ONLY);
        return own;
    }
}

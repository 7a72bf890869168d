package org.linkctl.cli.secrets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linkctl.diag.Diagnostic;
import org.linkctl.model.SecretRef;
import org.linkctl.shell.Secret;

/** The providers in the order of the user's choosing. */
public final class SecretStore {
    private final List<Provider> providers;
    private final String chosenBy;

    /** @param chosenBy what gives the order, for messages */
    SecretStore(List<Provider> providers, String chosenBy) {
        this.providers = List.copyOf(providers);
        this.chosenBy = chosenBy;
    }

    /**
     * The secrets that were found, and diagnostics for the others.
     *
     * @param missing one for each unresolved reference, at its place in the inventory
     */
    public record Found(Map<String, Secret> byName, List<Diagnostic> missing) {
        public Found {
            byName = Map.copyOf(byName);
            missing = List.copyOf(missing);
        }
    }

    private sealed interface Answer {
        record Is(Secret secret) implements Answer {}

        record Not(String summary, String detail) implements Answer {}
    }

    /** Asks for each name once. */
    public Found lookUp(List<SecretRef> references) {
        Map<String, Answer> answers = new LinkedHashMap<>();
        for (SecretRef ref : references) answers.computeIfAbsent(ref.name(), this::ask);
        Map<String, Secret> found = new LinkedHashMap<>();
        List<Diagnostic> missing = new ArrayList<>();
        for (SecretRef ref : references) {
            switch (answers.get(ref.name())) {
                case Answer.Is(Secret secret) -> found.put(ref.name(), secret);
                case Answer.Not(String summary, String detail) ->
                    missing.add(Diagnostic.error(ref.at(), ref + " " + summary).detail(detail));
                case null -> throw new IllegalStateException("not asked: " + ref);
            }
        }
        return new Found(found, missing);
    }

    private Answer ask(String name) {
        List<String> looked = new ArrayList<>();
        for (Provider provider : providers) {
            switch (provider.look(name)) {
                case Provider.Lookup.Found(Secret secret) -> {
                    return new Answer.Is(secret);
                }
                case Provider.Lookup.Absent(String where) -> looked.add(where);
                case Provider.Lookup.Refused(String why) -> {
                    return new Answer.Not("cannot be taken", why);
                }
            }
        }
        return new Answer.Not("is nowhere", "looked in, by " + chosenBy + ":\n" + String.join("\n", looked));
    }
}

package org.linkctl.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.linkctl.check.Refusal.Kind;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.diag.Suggest;

/** Gathers refusals. */
final class Refusals {
    private final List<Refusal> all = new ArrayList<>();

    List<Refusal> all() {
        return List.copyOf(all);
    }

    void value(Place at, String attribute, String value, String summary, String detail) {
        add(Kind.VALUE, Diagnostic.error(at, summary).detail(detail), attribute, value);
    }

    void conflict(Place at, String attribute, String value, String summary, String detail) {
        add(Kind.CONFLICT, Diagnostic.error(at, summary).detail(detail), attribute, value);
    }

    /** A name of which nothing is known, with what is. */
    void unknown(Place at, String attribute, String kind, String name, Collection<String> known) {
        String near = Suggest.closest(name, known)
                .map(found -> "'" + Names.shown(found) + "'")
                .orElse(null);
        String names = known.stream().distinct().map(Names::shown).collect(Collectors.joining(", "));
        String detail = known.isEmpty() ? "no " + kind + " is declared" : "declared: " + names;
        add(
                Kind.REFERENCE,
                Diagnostic.error(at, "no " + kind + " named '" + Names.shown(name) + "'")
                        .detail(detail)
                        .suggest(near),
                attribute,
                name);
    }

    private void add(Kind kind, Diagnostic diagnostic, String attribute, String value) {
        all.add(new Refusal(kind, diagnostic, attribute, value));
    }
}

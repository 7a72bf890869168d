package org.linkctl.modules.freebsd.pfrules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linkctl.net.Cidr;

/**
 * Lists of prefixes as they stand in rules. A list in braces would be a rule for each of its members, each with a round
 * robin of its own; a table is one rule (pf.conf(5), TABLES). One prefix is written as it is.
 */
final class PfTables {
    private final String prefix;
    private final Map<List<String>, String> names = new LinkedHashMap<>();

    /** @param prefix what the names of its tables begin with */
    PfTables(String prefix) {
        this.prefix = prefix;
    }

    /** As a rule names them; of one family, and at least one. */
    String of(Collection<Cidr> prefixes) {
        List<String> words = prefixes.stream().distinct().map(PfWords::shown).toList();
        return words.size() == 1 ? words.getFirst() : table(words);
    }

    /** A part of which is left out. */
    String of(Collection<Cidr> prefixes, Collection<Cidr> without) {
        if (without.isEmpty()) return of(prefixes);
        List<String> words =
                new ArrayList<>(prefixes.stream().distinct().map(PfWords::shown).toList());
        without.stream().distinct().forEach(one -> words.add("!" + PfWords.shown(one)));
        return table(words);
    }

    private String table(List<String> words) {
        return PfWords.table(names.computeIfAbsent(words, _ -> prefix + (names.size() + 1)));
    }

    /** What pf.conf(5) has to have before the rules. */
    List<String> definitions() {
        return names.entrySet().stream()
                .map(entry -> "table " + PfWords.table(entry.getValue()) + " const { "
                        + String.join(" ", entry.getKey()) + " }")
                .toList();
    }
}

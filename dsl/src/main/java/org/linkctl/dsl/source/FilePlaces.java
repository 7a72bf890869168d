package org.linkctl.dsl.source;

import java.util.List;
import org.linkctl.diag.Place;

/**
 * What compiling a file found out about its text.
 *
 * @param numbered the places by the line numbers of the compiled script, the first for 1
 * @param uses of words
 */
public record FilePlaces(List<Place> numbered, List<WordUse> uses) {
    public FilePlaces {
        numbered = List.copyOf(numbered);
        uses = List.copyOf(uses);
    }
}

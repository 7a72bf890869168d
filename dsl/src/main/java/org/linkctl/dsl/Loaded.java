package org.linkctl.dsl;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.model.Fabric;

/**
 * What became of an inventory.
 *
 * @param fabric null if, and only if, there is an error among the diagnostics
 * @param diagnostics everything that is wrong or doubtful, in the order of the file
 * @param sourceLine the text of the line at a place of the inventory, or null where there is none
 */
public record Loaded(
        @Nullable Fabric fabric, List<Diagnostic> diagnostics, Function<Place, @Nullable String> sourceLine) {
    public Loaded {
        diagnostics = List.copyOf(diagnostics);
    }

    /** All diagnostics as the user reads them, a blank line between two. */
    public String render() {
        return diagnostics.stream().map(one -> one.render(sourceLine)).collect(Collectors.joining("\n"));
    }
}

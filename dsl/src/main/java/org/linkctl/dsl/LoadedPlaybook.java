package org.linkctl.dsl;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.playbook.Parameter;
import org.linkctl.playbook.Playbook;

/**
 * What became of a playbook.
 *
 * @param playbook null where there is an error, or a parameter is missing
 * @param missing parameters that have to be given and were not
 * @param diagnostics everything that is wrong, in the order of the file
 * @param sourceLine the text of the line at a place of the playbook, or null where there is none
 */
public record LoadedPlaybook(
        @Nullable Playbook playbook,
        List<Parameter> missing,
        List<Diagnostic> diagnostics,
        Function<Place, @Nullable String> sourceLine) {
    public LoadedPlaybook {
        missing = List.copyOf(missing);
        diagnostics = List.copyOf(diagnostics);
    }

    /** All diagnostics as the user reads them, a blank line between two. */
    public String render() {
        return diagnostics.stream().map(one -> one.render(sourceLine)).collect(Collectors.joining("\n"));
    }
}

package org.linkctl.engine.run;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.spi.Resource;

/**
 * What a test's module wants: Groovy's own records are none to the bounds of {@code Module}.
 *
 * @param content null: there shall be no such file
 */
public record ToyWanted(String id, String path, @Nullable String content, List<String> unknowns) implements Resource {
    @Override
    public Set<String> provides() {
        return Set.of(path);
    }

    private static final String SHARED = "shared with ";

    /** What says that it is shared with a host changes together with that one. */
    @Override
    public Set<String> partners() {
        return content != null && content.startsWith(SHARED) ? Set.of(content.substring(SHARED.length())) : Set.of();
    }

    private static final String MADE = "what is made by ";

    @Override
    public Set<String> madeBy() {
        return unknowns.stream()
                .filter(unknown -> unknown.startsWith(MADE))
                .map(unknown -> unknown.substring(MADE.length()))
                .collect(java.util.stream.Collectors.toSet());
    }

    /** A file called behind is made after the one called peer beside it. */
    @Override
    public Set<String> needs() {
        return path.endsWith("/behind") ? Set.of(path.replace("/behind", "/peer")) : Set.of();
    }

    @Override
    public boolean stray() {
        return content == null;
    }
}

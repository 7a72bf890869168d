package org.linkctl.cli.io;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The user's folders by the XDG Base Directory Specification: each has a variable, which counts only if it is absolute,
 * and else a folder below the home folder. A service may have neither.
 */
public final class UserFolders {
    private UserFolders() {}

    /** For state that is kept between runs, such as records. */
    public static Optional<Path> state(Map<String, String> environment) {
        return base(environment, "XDG_STATE_HOME", ".local/state");
    }

    /** For what can be had again. */
    public static Optional<Path> cache(Map<String, String> environment) {
        return base(environment, "XDG_CACHE_HOME", ".cache");
    }

    /** For configuration. */
    public static Optional<Path> config(Map<String, String> environment) {
        return base(environment, "XDG_CONFIG_HOME", ".config");
    }

    private static Optional<Path> base(Map<String, String> environment, String variable, String below) {
        return absolute(environment.get(variable))
                .or(() -> home(environment).map(home -> home.resolve(below)))
                .map(base -> base.resolve("linkctl"));
    }

    /** HOME, else the user's entry in the user database; Java says {@code ?} where there is none. */
    public static Optional<Path> home(Map<String, String> environment) {
        return absolute(environment.get("HOME")).or(() -> absolute(System.getProperty("user.home")));
    }

    private static Optional<Path> absolute(@Nullable String path) {
        return path != null && path.startsWith("/") ? Optional.of(Path.of(path)) : Optional.empty();
    }
}

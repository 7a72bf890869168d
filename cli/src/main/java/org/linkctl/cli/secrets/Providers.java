package org.linkctl.cli.secrets;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.linkctl.cli.io.UserFolders;
import org.linkctl.diag.Suggest;

/**
 * Makes providers from the command line or a configuration file.
 *
 * @param base the folder for relative paths, and in which programs run
 */
record Providers(Map<String, String> environment, Path base) {
    static final List<String> KINDS = List.of("env", "file", "command", "sops", "credentials");

    /** A program may ask for a PIN. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The most bytes of a decrypted file of secrets. */
    private static final int MOST = 1024 * 1024;

    /** A provider is given wrongly; the message says what would be right. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message);
        }
    }

    /** By its kind alone. */
    Provider of(String kind) throws Wrong {
        return switch (kind) {
            case "env" -> new EnvironmentProvider(environment, EnvironmentProvider.PREFIX);
            case "credentials" -> new CredentialsProvider(environment);
            case "file", "sops" -> throw new Wrong(kind + ": which one? " + kind + ": and a path");
            case "command" -> throw new Wrong("command: which one? Such as [pass, show, 'linkctl/{name}']");
            default -> throw unknown(kind);
        };
    }

    /** By its kind and one text. */
    Provider of(String kind, String value) throws Wrong {
        return switch (kind) {
            case "env" -> {
                if (!value.matches("[A-Za-z_][A-Za-z0-9_]*"))
                    throw new Wrong("env: '" + value + "' cannot begin the name of a variable");
                yield new EnvironmentProvider(environment, value);
            }
            case "file" -> new FileProvider(path(kind, value));
            case "sops" -> new SopsProvider(path(kind, value), "sops", new SecretProgram(PATIENCE, MOST, base));
            case "command" -> command(List.of(value.strip().split("\\s+")));
            case "credentials" -> throw new Wrong("credentials: takes no value; systemd says where they are");
            default -> throw unknown(kind);
        };
    }

    Provider command(List<String> words) throws Wrong {
        if (words.getFirst().isEmpty() || words.stream().noneMatch(word -> word.contains(CommandProvider.NAME)))
            throw new Wrong("command: has no {name}; right would be [pass, show, 'linkctl/{name}']");
        if (words.stream().anyMatch(word -> word.indexOf('\0') >= 0)) throw new Wrong("command: a word holds a NUL");
        return new CommandProvider(words, new SecretProgram(PATIENCE, Provider.LONGEST, base));
    }

    private Path path(String kind, String value) throws Wrong {
        if (value.isBlank() || value.indexOf('\0') >= 0) throw new Wrong(kind + ": names no path");
        if (!value.startsWith("~/")) return base.resolve(value);
        return UserFolders.home(environment)
                .orElseThrow(() ->
                        new Wrong(kind + ": '" + value + "': HOME is not set, so ~ is nowhere; write the whole path"))
                .resolve(value.substring(2));
    }

    private static Wrong unknown(String kind) {
        String near = Suggest.closest(kind, KINDS)
                .map(found -> "; did you mean '" + found + "'?")
                .orElse(".");
        return new Wrong("'" + kind + "' is no place for secrets" + near + " Known: " + String.join(", ", KINDS));
    }
}

package org.linkctl.cli.secrets;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.cli.io.UserFolders;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.diag.Suggest;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Which providers are asked, in which order: those of {@code --secrets}, else of {@code linkctl.yaml} beside the
 * inventory, else of that in {@code $XDG_CONFIG_HOME/linkctl} (~/.config by the XDG Base Directory Specification), else
 * the environment and systemd's credentials.
 */
public final class SecretConfiguration {
    static final String FILE = "linkctl.yaml";

    private static final List<String> KEYS = List.of("secrets");

    /** The configuration file has errors. */
    public static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient List<Diagnostic> diagnostics;
        private final transient Function<Place, @Nullable String> source;

        Wrong(List<Diagnostic> diagnostics, Function<Place, @Nullable String> source) {
            super("linkctl.yaml is not right");
            this.diagnostics = List.copyOf(diagnostics);
            this.source = source;
        }

        public List<Diagnostic> diagnostics() {
            return diagnostics;
        }

        public Function<Place, @Nullable String> source() {
            return source;
        }
    }

    private final Path file;
    private final List<String> lines;
    private final Providers providers;
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    private SecretConfiguration(Path file, List<String> lines, Providers providers) {
        this.file = file;
        this.lines = lines;
        this.providers = providers;
    }

    /**
     * The providers of {@code --secrets}.
     *
     * @throws IllegalArgumentException with what would be right
     */
    public static SecretStore option(List<String> words, Map<String, String> environment) {
        Providers known = new Providers(environment, Path.of("").toAbsolutePath());
        List<Provider> out = new ArrayList<>();
        for (String word : words) {
            int colon = word.indexOf(':');
            try {
                out.add(colon < 0 ? known.of(word) : known.of(word.substring(0, colon), word.substring(colon + 1)));
            } catch (Providers.Wrong e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
        return new SecretStore(out, "--secrets");
    }

    /** @throws Wrong with a diagnostic for each error in the file */
    public static SecretStore file(Path inventory, Map<String, String> environment) {
        Path beside = inventory.toAbsolutePath().resolveSibling(FILE);
        Optional<Path> own = UserFolders.config(environment).map(folder -> folder.resolve(FILE));
        for (Path file : Stream.concat(Stream.of(beside), own.stream()).toList()) {
            if (Files.exists(file)) return read(file, environment);
        }
        Providers known = new Providers(environment, Path.of("").toAbsolutePath());
        try {
            return new SecretStore(List.of(known.of("env"), known.of("credentials")), "default");
        } catch (Providers.Wrong e) {
            throw new IllegalStateException(e);
        }
    }

    private static SecretStore read(Path file, Map<String, String> environment) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            Place at = new Place(file.toString(), 0, 0);
            throw new Wrong(List.of(Diagnostic.error(at, "cannot be read, or is no text in UTF-8")), place -> null);
        }
        Providers providers = new Providers(environment, file.toAbsolutePath().resolveSibling(""));
        return new SecretConfiguration(file, text.lines().toList(), providers).store(text);
    }

    private SecretStore store(String text) {
        List<Provider> out = new ArrayList<>();
        try {
            LoaderOptions options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
            if (root != null) top(root, out);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            Place at = mark == null ? new Place(file.toString(), 0, 0) : at(mark);
            diagnostics.add(Diagnostic.error(at, "is no YAML: " + e.getProblem()));
        } catch (YAMLException e) {
            diagnostics.add(Diagnostic.error(new Place(file.toString(), 0, 0), "is no YAML that can be read"));
        }
        if (!diagnostics.isEmpty()) throw new Wrong(diagnostics, this::line);
        return new SecretStore(out, file.toString());
    }

    private void top(Node root, List<Provider> out) {
        if (!(root instanceof MappingNode map)) {
            say(root, "expected keys and values", "known: " + String.join(", ", KEYS));
            return;
        }
        for (NodeTuple each : map.getValue()) {
            String key = scalar(each.getKeyNode());
            if (key == null || !KEYS.contains(key)) unknown(each.getKeyNode(), key);
            else if (each.getValueNode() instanceof SequenceNode list) {
                for (Node one : list.getValue()) provider(one, out);
            } else say(each.getValueNode(), "secrets: expected a list", "such as: secrets: [env, credentials]");
        }
    }

    private void unknown(Node node, @Nullable String key) {
        String near = key == null
                ? null
                : Suggest.closest(key, KEYS).map(found -> "'" + found + "'").orElse(null);
        diagnostics.add(Diagnostic.error(at(node.getStartMark()), "no '" + key + "' in " + FILE)
                .detail("known: " + String.join(", ", KEYS))
                .suggest(near));
    }

    private void provider(Node node, List<Provider> out) {
        try {
            out.add(provider(node));
        } catch (Providers.Wrong e) {
            say(node, String.valueOf(e.getMessage()), "");
        }
    }

    private Provider provider(Node node) throws Providers.Wrong {
        String word = scalar(node);
        if (word != null) return providers.of(word);
        if (node instanceof MappingNode map && map.getValue().size() == 1) {
            NodeTuple entry = map.getValue().getFirst();
            String kind = scalar(entry.getKeyNode());
            String value = scalar(entry.getValueNode());
            if (kind != null && value != null) return providers.of(kind, value);
            List<String> words = words(entry.getValueNode());
            if ("command".equals(kind) && words != null) return providers.command(words);
        }
        throw new Providers.Wrong("expected one of " + String.join(", ", Providers.KINDS)
                + ", such as: - file: secrets, or - command: [pass, show, '{name}']");
    }

    private static @Nullable List<String> words(Node node) {
        if (!(node instanceof SequenceNode list) || list.getValue().isEmpty()) return null;
        List<String> out = new ArrayList<>();
        for (Node one : list.getValue()) {
            String word = scalar(one);
            if (word == null) return null;
            out.add(word);
        }
        return out;
    }

    private static @Nullable String scalar(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : null;
    }

    private void say(Node node, String summary, String detail) {
        diagnostics.add(Diagnostic.error(at(node.getStartMark()), summary).detail(detail));
    }

    private Place at(Mark mark) {
        return new Place(file.toString(), mark.getLine() + 1, mark.getColumn() + 1);
    }

    private @Nullable String line(Place at) {
        return at.line() < 1 || at.line() > lines.size() ? null : lines.get(at.line() - 1);
    }
}

package org.linkctl.dsl.purity;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.linkctl.dsl.words.Vocabulary;

/**
 * The types and methods of Java, Groovy and linkctl that an inventory may use: the types and methods of {@code
 * allowed-api.txt}, the words of the language, and the values of the model. Whatever is not listed is refused, so that
 * nothing that reads a clock, opens a file or starts a process has to be known by name.
 */
public final class AllowedApi {
    /** Why anything else is refused. */
    public static final String WHY =
            "it is a pure function of its files: no clock, no randomness, no network, no processes";

    /** Allowed methods by type; types are named as by Class.getName(). */
    private static final Map<String, Set<String>> TYPES = new HashMap<>();

    private static final Map<String, Set<String>> PACKAGES = new HashMap<>();
    /** Types that compiled inventories refer to, and that no inventory may name. */
    private static final Set<String> COMPILED = new HashSet<>();

    /** The line of the list after which types are of that kind. */
    private static final String COMPILER = "[compiler]";

    private static final String ALL = "*";
    private static final String MODEL = "org.linkctl.model.";

    static {
        String list = read();
        int compiler = list.indexOf(COMPILER);
        list.substring(0, compiler).lines().forEach(AllowedApi::add);
        Set<String> named = Set.copyOf(TYPES.keySet());
        list.substring(compiler + COMPILER.length()).lines().forEach(AllowedApi::add);
        COMPILED.addAll(TYPES.keySet());
        COMPILED.removeAll(named);
    }

    private AllowedApi() {}

    private static String read() {
        try (InputStream list = Objects.requireNonNull(AllowedApi.class.getResourceAsStream("allowed-api.txt"))) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(String line) {
        if (line.isBlank() || line.startsWith("#")) return;
        int colon = line.indexOf(':');
        Set<String> methods = Set.of(line.substring(colon + 1).strip().split(" +", -1));
        for (String name : line.substring(0, colon).split(" +", -1)) {
            boolean whole = name.endsWith(".*");
            String key = whole ? name.substring(0, name.length() - ".*".length()) : name;
            (whole ? PACKAGES : TYPES)
                    .computeIfAbsent(key, none -> new HashSet<>())
                    .addAll(methods);
        }
    }

    /** Whether an inventory may name this type, as {@code Class.getName()} tells it. */
    public static boolean type(String name) {
        return compiled(name) && !COMPILED.contains(name);
    }

    /** Whether a compiled inventory may refer to this type. */
    public static boolean compiled(String name) {
        return TYPES.containsKey(name)
                || PACKAGES.containsKey(packageOf(name))
                || name.startsWith(MODEL)
                || Vocabulary.isPlace(name);
    }

    /** Whether an inventory may call this method of a type; {@code new} is a constructor. */
    public static boolean method(String type, String name) {
        if (type.startsWith(MODEL)) return true;
        if (Vocabulary.isPlace(type)) return !name.equals("new");
        Set<String> methods = TYPES.getOrDefault(type, PACKAGES.getOrDefault(packageOf(type), Set.of()));
        return methods.contains(ALL) || methods.contains(name);
    }

    private static String packageOf(String name) {
        return name.substring(0, Math.max(name.lastIndexOf('.'), 0));
    }
}

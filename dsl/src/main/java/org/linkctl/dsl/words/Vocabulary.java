package org.linkctl.dsl.words;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.dsl.data.Data;
import org.linkctl.model.Group;
import org.linkctl.model.Host;
import org.linkctl.model.Pair;
import org.linkctl.model.Route;
import org.linkctl.model.SecretRef;
import org.linkctl.model.Site;
import org.linkctl.model.Tunnel;

/**
 * The words of the language, with attributes and constants, by the braces in which they are known. Read by reflection
 * from the public methods of {@link InventoryScript}, {@link PlaybookScript} and of the {@link Words} classes whose braces its words open: a new
 * word is one new method.
 */
public final class Vocabulary {
    /**
     * An attribute: a named value of a word.
     *
     * @param type {@code Object} stands for one text or a list of texts, {@link FlagOrSecret} for true, false or a
     *     secret, {@link PortOrList} for a port, a range of ports or a list of them
     * @param independent no check of anything else depends on it
     * @param anyText it takes any text ({@link AnyText})
     */
    public record Attribute(String name, Class<?> type, boolean required, boolean independent, boolean anyText) {}

    /**
     * A word, all its overloads together.
     *
     * @param givesValue the word returns a value and declares nothing
     * @param arguments the types of the positional values, one list for each overload
     * @param repeats its positional values are texts, one or several
     * @param body the class of the words in its braces; null where it has none
     * @param bodyRequired its braces may not be left out
     * @param namesFile its value is the name of a file
     * @param takes what a positional value that is declared as {@code Object} may be; empty where there is none
     */
    public record Word(
            String name,
            boolean givesValue,
            Map<String, Attribute> attributes,
            List<List<Class<?>>> arguments,
            boolean repeats,
            @Nullable Class<?> body,
            boolean bodyRequired,
            boolean namesFile,
            String takes) {
        /** Whether its braces contain ends that have to match each other ({@link EndsSpec}). */
        public boolean hasEnds() {
            return body != null && EndsSpec.class.isAssignableFrom(body);
        }

        /** What its positional values may be, where there are so many. */
        public List<List<Class<?>>> arguments(int given) {
            return repeats && given > 0 ? List.of(Collections.nCopies(given, String.class)) : arguments;
        }

        /** All its attributes, as a message tells them. */
        public String known() {
            if (attributes.isEmpty()) return "";
            return "attributes of " + name + ": "
                    + attributes.keySet().stream().map(one -> one + ":").collect(Collectors.joining(" "));
        }
    }

    private static final ClassValue<Map<String, Word>> WORDS = new ClassValue<>() {
        @Override
        protected Map<String, Word> computeValue(Class<?> place) {
            return WordMethods.words(place);
        }
    };

    private static final ClassValue<Set<String>> VALUES = new ClassValue<>() {
        @Override
        protected Set<String> computeValue(Class<?> place) {
            return WordMethods.values(place);
        }
    };

    private static final List<Class<?>> PLACES = places(InventoryScript.class);

    private static final List<Class<?>> PLAYBOOK_PLACES = places(PlaybookScript.class);

    private static final Set<String> NAMES = Stream.concat(
                    Stream.concat(PLACES.stream(), PLAYBOOK_PLACES.stream()).flatMap(Vocabulary::withSuperclasses),
                    Stream.of(IncludedScript.class, Data.class))
            .map(Class::getName)
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> INDEPENDENT = PLACES.stream()
            .flatMap(place -> of(place).values().stream())
            .flatMap(word -> word.attributes().values().stream())
            .filter(Attribute::independent)
            .map(Attribute::name)
            .collect(Collectors.toUnmodifiableSet());

    private Vocabulary() {}

    /**
     * The classes that have words: that of the top of a file, then breadth first those of the braces of its words.
     */
    private static List<Class<?>> places(Class<?> top) {
        Set<Class<?>> found = new LinkedHashSet<>();
        Deque<Class<?>> open = new ArrayDeque<>(List.of(top));
        while (!open.isEmpty()) {
            Class<?> place = open.remove();
            if (!found.add(place)) continue;
            for (Word word : of(place).values()) if (word.body() != null) open.add(word.body());
        }
        return List.copyOf(found);
    }

    /** The method of a word can be declared in a superclass, as those of {@link HostOrPairSpec}. */
    private static Stream<Class<?>> withSuperclasses(Class<?> place) {
        return Stream.<Class<?>>iterate(
                place, type -> type == place || Words.class.isAssignableFrom(type), Class::getSuperclass);
    }

    public static List<Class<?>> all() {
        return PLACES;
    }

    /** The same of playbooks. */
    public static List<Class<?>> ofPlaybooks() {
        return PLAYBOOK_PLACES;
    }

    /** The types of the values that playbooks have of the inventory. */
    public static List<Class<?>> valuesOfPlaybooks() {
        return List.of(Host.class, Pair.class, Group.class, Tunnel.class, Site.class, Route.class);
    }

    /** All that can be told of in a file that has these braces. */
    private static List<Class<?>> family(Class<?> place) {
        return PLAYBOOK_PLACES.contains(place) ? PLAYBOOK_PLACES : PLACES;
    }

    /** Whether these braces have a value of that name, such as {@code hosts}. */
    public static boolean isValue(Class<?> place, String name) {
        return VALUES.get(place).contains(name);
    }

    /** The names of attributes on which nothing else depends ({@link Independent}). */
    public static Set<String> independentAttributes() {
        return INDEPENDENT;
    }

    /** Whether the class of this name declares words, or is the type of the value of one. */
    public static boolean isPlace(String name) {
        return NAMES.contains(name);
    }

    public static Map<String, Word> of(Class<?> place) {
        return WORDS.get(place);
    }

    /** The words that messages list as known here, without those for a value that are known everywhere. */
    public static List<String> declaring(Class<?> place) {
        return of(place).values().stream()
                .filter(word -> !word.givesValue() || !of(Spec.class).containsKey(word.name()))
                .map(Word::name)
                .toList();
    }

    /** The name of these braces in messages: the word that opens them. */
    public static String title(Class<?> place) {
        String name = place.getSimpleName();
        return name.endsWith("Spec")
                ? name.substring(0, name.length() - "Spec".length()).toLowerCase(Locale.ROOT)
                : PLAYBOOK_PLACES.contains(place) ? "a playbook" : "an inventory";
    }

    /** The first braces in which a word of this name is known, in the same kind of file where there are any. */
    public static Optional<Class<?>> placeOf(String word, Class<?> here) {
        return family(here).stream()
                .filter(place -> of(place).containsKey(word))
                .findFirst()
                .or(() -> placeOf(word));
    }

    /** The first braces in which a word of this name is known. */
    public static Optional<Class<?>> placeOf(String word) {
        return Stream.concat(PLACES.stream(), PLAYBOOK_PLACES.stream())
                .filter(place -> of(place).containsKey(word))
                .findFirst();
    }

    /** The names of all words. */
    public static List<String> words() {
        return Stream.concat(PLACES.stream(), PLAYBOOK_PLACES.stream())
                .flatMap(place -> of(place).keySet().stream())
                .distinct()
                .toList();
    }

    /** Whether a word of this name has braces that may be left out. */
    public static boolean mayLackBraces(String word) {
        return Stream.concat(PLACES.stream(), PLAYBOOK_PLACES.stream())
                .flatMap(place -> Stream.ofNullable(of(place).get(word)))
                .anyMatch(one -> one.body() != null && !one.bodyRequired());
    }

    /** The words in whose braces this is known. */
    public static Stream<Word> opening(Class<?> place) {
        return family(place).stream()
                .flatMap(outer -> of(outer).values().stream())
                .filter(word -> place.equals(word.body()));
    }

    /** What is meant by words of routes of other tools. */
    private static final Map<String, String> OF_ROUTES = Map.of(
            "from",
            "a route leads from each LAN of between: to the other; all that a network sends goes over it by everythingFrom:",
            "to",
            "a route leads to the LANs of between:; everythingFrom: names who sends all else over it, too");

    /** The word that has this attribute, as a further line of a message; empty where none has it. */
    public static String elsewhere(Class<?> here, Word word, String attribute) {
        if (word.name().equals("route") && OF_ROUTES.containsKey(attribute)) return "\n" + OF_ROUTES.get(attribute);
        String told = "";
        for (Class<?> place : family(here)) {
            for (Word other : of(place).values()) {
                if (!other.attributes().containsKey(attribute)) continue;
                String line = "\n" + attribute + ": is an attribute of " + other.name();
                if (other.name().equals(word.name())) return line + " in " + title(place);
                if (told.isEmpty()) told = line;
            }
        }
        return told;
    }

    /** All words that have this attribute, as a further line of a message; empty where none has it. */
    public static String elsewhere(Class<?> here, String attribute) {
        List<String> words = family(here).stream()
                .flatMap(place -> of(place).values().stream())
                .filter(word -> word.attributes().containsKey(attribute))
                .map(Word::name)
                .distinct()
                .toList();
        return words.isEmpty() ? "" : "\n" + attribute + ": is an attribute of " + String.join(", ", words);
    }

    /** Whether any word has an attribute of this name. */
    public static boolean isAttribute(String name) {
        return Stream.concat(PLACES.stream(), PLAYBOOK_PLACES.stream())
                .flatMap(place -> of(place).values().stream())
                .anyMatch(word -> word.attributes().containsKey(name));
    }

    /** The names of all attributes that are, or may be, a secret. */
    public static Set<String> secrets() {
        return Stream.concat(PLACES.stream(), PLAYBOOK_PLACES.stream())
                .flatMap(place -> of(place).values().stream())
                .flatMap(word -> word.attributes().values().stream())
                .filter(one -> one.type() == SecretRef.class || one.type() == FlagOrSecret.class)
                .map(Attribute::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The enumerations whose constants are values of attributes. */
    public static List<Class<?>> constants() {
        return Stream.concat(PLACES.stream(), PLAYBOOK_PLACES.stream())
                .flatMap(place -> of(place).values().stream())
                .flatMap(word -> word.attributes().values().stream())
                .<Class<?>>map(Attribute::type)
                .filter(Class::isEnum)
                .distinct()
                .toList();
    }

    /** The name of a type in messages. */
    public static String describe(Class<?> type) {
        if (type == FlagOrSecret.class) return "true, false or secret('name')";
        if (type == FlagOrPrefixes.class) return "true, a prefix or a list of prefixes";
        if (type == PortOrList.class) return "a port, a range such as 8000..8010 or a list of them";
        if (type == CountOrShare.class) return "a whole number, or a share such as '25%'";
        if (type == SecretRef.class) return "secret('name')";
        if (type == Object.class) return "a text or a list of texts";
        if (type == String.class) return "a text";
        if (type == Integer.class || type == int.class || type == Number.class) return "a whole number";
        if (type == Boolean.class) return "true or false";
        if (type == List.class) return "a list, such as ['a', 'b']";
        if (type == Map.class) return "values by name, such as [wg0: 2]";
        if (type == groovy.lang.IntRange.class) return "a range, such as 5000..5063";
        if (type.isEnum()) return "one of " + String.join(", ", names(type));
        return type.getSimpleName();
    }

    public static List<String> names(Class<?> constants) {
        return Arrays.stream(constants.getEnumConstants()).map(String::valueOf).toList();
    }
}

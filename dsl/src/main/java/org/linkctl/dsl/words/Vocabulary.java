package org.linkctl.dsl.words;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.dsl.data.Data;
import org.linkctl.model.SecretRef;

/** What is known where: read from the public methods of the spec classes, so that a new word is one new method. */
public final class Vocabulary {
    /**
     * A named value.
     *
     * @param type {@code Object} stands for one text or a list of texts, {@link FlagOrSecret} for true, false or a
     *     secret, {@link Ports} for a port or a list of them
     */
    public record Attribute(String name, Class<?> type, boolean required) {}

    /**
     * A word, all its overloads together.
     *
     * @param givesValue it has a value and declares nothing
     * @param arguments the types of the values without a name, one list for each overload
     * @param body what is known in its braces; null where it takes none
     */
    public record Word(
            String name,
            boolean givesValue,
            Map<String, Attribute> attributes,
            List<List<Class<?>>> arguments,
            @Nullable Class<?> body,
            boolean bodyRequired) {
        /** All its attributes, as a message tells them. */
        public String known() {
            if (attributes.isEmpty()) return "";
            return "attributes of " + name + ": "
                    + attributes.keySet().stream().map(one -> one + ":").collect(Collectors.joining(" "));
        }
    }

    private static final List<Class<?>> PLACES = List.of(
            InventoryScript.class,
            FabricSpec.class,
            SiteSpec.class,
            HostSpec.class,
            TunnelSpec.class,
            TunnelsSpec.class,
            HubSpec.class,
            PairSpec.class,
            VipSpec.class,
            FirewallSpec.class);

    private static final Set<String> NAMES = Stream.concat(
                    PLACES.stream(), Stream.of(PartScript.class, Spec.class, Data.class))
            .map(Class::getName)
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> OBJECT = Set.of("toString", "hashCode", "equals");

    private static final ClassValue<Map<String, Word>> WORDS = new ClassValue<>() {
        @Override
        protected Map<String, Word> computeValue(Class<?> place) {
            return read(place);
        }
    };

    private Vocabulary() {}

    /** Whether the class of this name holds words, or what a word gives. */
    public static boolean isPlace(String name) {
        return NAMES.contains(name);
    }

    public static Map<String, Word> of(Class<?> place) {
        return WORDS.get(place);
    }

    /** The words that are named as known; those that give a value are known everywhere. */
    public static List<String> shown(Class<?> place) {
        return of(place).values().stream()
                .filter(word -> !word.givesValue())
                .map(Word::name)
                .toList();
    }

    /** The word that opens the braces, as the user knows the place. */
    public static String title(Class<?> place) {
        String name = place.getSimpleName();
        return name.endsWith("Spec")
                ? name.substring(0, name.length() - "Spec".length()).toLowerCase(Locale.ROOT)
                : "an inventory";
    }

    /** Where else a word is known. */
    public static Optional<Class<?>> home(String word) {
        return PLACES.stream().filter(place -> of(place).containsKey(word)).findFirst();
    }

    /** The words in whose braces this is known. */
    public static Stream<Word> opening(Class<?> place) {
        return PLACES.stream().flatMap(outer -> of(outer).values().stream()).filter(word -> place.equals(word.body()));
    }

    /** Which word has this attribute, as one more line of a message; empty where none has. */
    public static String elsewhere(Word word, String attribute) {
        String told = "";
        for (Class<?> place : PLACES) {
            for (Word other : of(place).values()) {
                if (!other.attributes().containsKey(attribute)) continue;
                String line = "\n" + attribute + ": is an attribute of " + other.name();
                if (other.name().equals(word.name())) return line + " in " + title(place);
                if (told.isEmpty()) told = line;
            }
        }
        return told;
    }

    /** The classes of the constants that attributes take. */
    public static List<Class<?>> constants() {
        return PLACES.stream()
                .flatMap(place -> of(place).values().stream())
                .flatMap(word -> word.attributes().values().stream())
                .<Class<?>>map(Attribute::type)
                .filter(Class::isEnum)
                .distinct()
                .toList();
    }

    private static Map<String, Word> read(Class<?> place) {
        Map<String, Word> words = new TreeMap<>();
        for (Method method : place.getMethods()) {
            if (isWord(place, method)) {
                words.merge(method.getName(), read(method), Vocabulary::merge);
            }
        }
        return words;
    }

    private static boolean isWord(Class<?> place, Method method) {
        Class<?> owner = method.getDeclaringClass();
        return Modifier.isPublic(method.getModifiers())
                && (owner == place || owner == Spec.class)
                && !Modifier.isStatic(method.getModifiers())
                && !OBJECT.contains(method.getName());
    }

    private static Word read(Method method) {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        List<Class<?>> arguments = new ArrayList<>();
        Class<?> body = null;
        for (Parameter parameter : method.getParameters()) {
            FlagOrSecret either = parameter.getAnnotation(FlagOrSecret.class);
            Ports ports = parameter.getAnnotation(Ports.class);
            NamedParams named = parameter.getAnnotation(NamedParams.class);
            DelegatesTo delegate = parameter.getAnnotation(DelegatesTo.class);
            if (named != null) {
                for (NamedParam one : named.value()) {
                    boolean union = either != null && either.value().equals(one.value());
                    boolean port = ports != null && List.of(ports.value()).contains(one.value());
                    Class<?> type = union ? FlagOrSecret.class : port ? Ports.class : one.type();
                    attributes.put(one.value(), new Attribute(one.value(), type, one.required()));
                }
            } else if (delegate != null && Closure.class.isAssignableFrom(parameter.getType())) body = delegate.value();
            else arguments.add(parameter.getType());
        }
        return new Word(
                method.getName(),
                method.getReturnType() != void.class,
                attributes,
                List.of(arguments),
                body,
                body != null);
    }

    private static Word merge(Word one, Word other) {
        List<List<Class<?>>> arguments = new ArrayList<>(one.arguments());
        arguments.addAll(other.arguments());
        return new Word(
                one.name(),
                one.givesValue(),
                one.attributes().isEmpty() ? other.attributes() : one.attributes(),
                arguments,
                one.body() == null ? other.body() : one.body(),
                one.bodyRequired() && other.bodyRequired());
    }

    /** How a type is called in a message. */
    public static String describe(Class<?> type) {
        if (type == FlagOrSecret.class) return "true, false or secret('name')";
        if (type == Ports.class) return "a port, or a list such as [80, 443]";
        if (type == SecretRef.class) return "secret('name')";
        if (type == Object.class) return "a text or a list of texts";
        if (type == String.class) return "a text";
        if (type == Integer.class || type == int.class) return "a whole number";
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

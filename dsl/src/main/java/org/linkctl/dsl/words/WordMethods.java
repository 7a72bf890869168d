package org.linkctl.dsl.words;

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
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.linkctl.dsl.words.Vocabulary.Attribute;
import org.linkctl.dsl.words.Vocabulary.Word;

/** Reads words and values from the public methods of a class, and what words take from the annotations of their parameters. */
final class WordMethods {
    /** What the methods of values begin with, which are read without parentheses (JavaBeans). */
    private static final String GET = "get";

    private static final Set<String> OBJECT = Set.of("toString", "hashCode", "equals");

    private WordMethods() {}

    /** The names of the values that a class has, such as {@code hosts}. */
    static Set<String> values(Class<?> place) {
        return Arrays.stream(place.getMethods())
                .filter(method -> isOf(place, method) && isGetter(method))
                .map(method -> method.getName().substring(GET.length()))
                .map(name -> name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The words that a class has, by name. */
    static Map<String, Word> words(Class<?> place) {
        Map<String, Word> words = new TreeMap<>();
        for (Method method : place.getMethods()) {
            if (isWord(place, method)) {
                words.merge(method.getName(), read(method), WordMethods::merge);
            }
        }
        return words;
    }

    private static boolean isWord(Class<?> place, Method method) {
        return isOf(place, method) && !isGetter(method);
    }

    private static boolean isGetter(Method method) {
        return method.getName().startsWith(GET) && method.getParameterCount() == 0;
    }

    private static boolean isOf(Class<?> place, Method method) {
        Class<?> owner = method.getDeclaringClass();
        return Modifier.isPublic(method.getModifiers())
                && (owner == place || Words.class.isAssignableFrom(owner))
                && !Modifier.isStatic(method.getModifiers())
                && !OBJECT.contains(method.getName());
    }

    private static Word read(Method method) {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        List<Class<?>> arguments = new ArrayList<>();
        Class<?> body = null;
        boolean bodyRequired = false;
        boolean namesFile = false;
        String takes = "";
        for (Parameter parameter : method.getParameters()) {
            if (parameter.isAnnotationPresent(NamedParams.class)) {
                for (Attribute one : attributes(parameter)) attributes.put(one.name(), one);
            } else if (parameter.isAnnotationPresent(DelegatesTo.class)) {
                body = parameter.getAnnotation(DelegatesTo.class).value();
                bodyRequired = !parameter.isAnnotationPresent(OptionalBraces.class);
            } else {
                arguments.add(parameter.isVarArgs() ? String.class : parameter.getType());
                namesFile |= parameter.isAnnotationPresent(FileName.class);
                Takes values = parameter.getAnnotation(Takes.class);
                if (values != null) takes = values.value();
            }
        }
        return new Word(
                method.getName(),
                method.getReturnType() != void.class,
                attributes,
                List.of(arguments),
                method.isVarArgs(),
                body,
                bodyRequired,
                namesFile,
                takes);
    }

    /** The named values of a method, in the order of its declaration. */
    private static List<Attribute> attributes(Parameter parameter) {
        FlagOrSecret secret = parameter.getAnnotation(FlagOrSecret.class);
        FlagOrPrefixes prefixes = parameter.getAnnotation(FlagOrPrefixes.class);
        PortOrList ports = parameter.getAnnotation(PortOrList.class);
        CountOrShare counts = parameter.getAnnotation(CountOrShare.class);
        Independent independent = parameter.getAnnotation(Independent.class);
        AnyText texts = parameter.getAnnotation(AnyText.class);
        List<Attribute> attributes = new ArrayList<>();
        for (NamedParam one : parameter.getAnnotation(NamedParams.class).value()) {
            String name = one.value();
            Class<?> type = secret != null && secret.value().equals(name)
                    ? FlagOrSecret.class
                    : prefixes != null && prefixes.value().equals(name)
                            ? FlagOrPrefixes.class
                            : ports != null && List.of(ports.value()).contains(name)
                                    ? PortOrList.class
                                    : counts != null && List.of(counts.value()).contains(name)
                                            ? CountOrShare.class
                                            : one.type();
            boolean alone = independent != null && List.of(independent.value()).contains(name);
            boolean any = texts != null && List.of(texts.value()).contains(name);
            attributes.add(new Attribute(name, type, one.required(), alone, any));
        }
        return attributes;
    }

    private static Word merge(Word one, Word other) {
        List<List<Class<?>>> arguments = new ArrayList<>(one.arguments());
        arguments.addAll(other.arguments());
        return new Word(
                one.name(),
                one.givesValue(),
                one.attributes().isEmpty() ? other.attributes() : one.attributes(),
                arguments,
                one.repeats() || other.repeats(),
                one.body() == null ? other.body() : one.body(),
                one.bodyRequired() && other.bodyRequired(),
                one.namesFile() || other.namesFile(),
                one.takes().isEmpty() ? other.takes() : one.takes());
    }
}

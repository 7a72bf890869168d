package org.linkctl.dsl.syntax;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.diag.Suggest;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.dsl.source.SourceFiles;
import org.linkctl.dsl.words.Vocabulary;

/** Translates the messages of the Groovy compiler into the terms of the language, by their English text (Groovy 5). */
public final class CompilerMessages {
    private static final Pattern NAMED =
            Pattern.compile("argument for named param '(\\w+)' has type '(.*)' but expected '(.*)'\\.");
    private static final Pattern UNDECLARED = Pattern.compile("The variable \\[(.*)] is undeclared\\.");
    private static final Pattern CLASS = Pattern.compile("unable to resolve class (\\S+)\\s*(?s:.*)");
    private static final Pattern ASSIGN = Pattern.compile("Cannot assign value of type (.*) to variable of type (.*)");
    private static final Pattern METHOD =
            Pattern.compile("Cannot find matching method ([\\w.$]+)#(\\w+)\\((.*)\\)(?s:.*)");
    private static final Pattern GENERICS =
            Pattern.compile("Cannot call (?:<.*> )?[\\w.$]+#(\\w+)\\(.*\\) with arguments \\[(.*)](?s:.*)");
    private static final Pattern PROPERTY = Pattern.compile("No such property: (\\w+) for class: (.*)");

    private static final Pattern TWICE = Pattern.compile("Duplicated named parameter '(.*)' found");
    private static final Pattern INPUT =
            Pattern.compile("(?s)Unexpected (?:input|character): '(?:.*(?:\n|\\\\n))?(.*)'");

    private static final Pattern LABELLED = Pattern.compile("(?:^|[{;])\\s*([A-Za-z_]\\w*)\\s*:[^,(]*$");

    private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z_]\\w*\\s*:(?!:)");

    private static final Pattern TOKEN = Pattern.compile("[\\w$]+|'[^']*'|\"[^\"]*\"|\\S");

    private static final Pattern CONDITION = Pattern.compile("\\b(if|while|for|switch)\\s+$");
    private static final Pattern ELSE = Pattern.compile("\\b(else)\\s*$");
    private static final Pattern METHOD_HEAD = Pattern.compile("^\\s*(?:[\\w<>\\[\\]]+\\s+)+[a-z]\\w*\\s*$");

    /** What begins a part of a file that cannot be in braces. */
    private static final List<String> TOP = List.of("import", "package", "class", "interface", "enum", "trait");

    /** Typographic quotes, which word processors write for straight ones. */
    private static final String TYPOGRAPHIC = "\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb";

    /** An attribute whose value is what a method of the file returns. */
    private static final Pattern OF_METHOD = Pattern.compile("\\w+\\s*:\\s*[a-z]\\w*\\(");

    private static final String UNKNOWN = "something unknown";

    private CompilerMessages() {}

    public static Diagnostic translate(SourceFiles sources, Place at, String message) {
        String source = sources.restOfLine(at);
        String text = withoutPrefix(message);
        if (text.startsWith("Invalid octal number")) {
            String number = token(source, "");
            return Diagnostic.error(
                            at, MessageText.shown(number) + " begins with 0, which makes it octal, and has an 8 or a 9")
                    .suggest(number.replaceFirst("^[0_]+", ""));
        }
        Matcher named = NAMED.matcher(text);
        if (named.matches()) {
            String wanted = type(named.group(3));
            String got = type(named.group(2));
            String told = wanted.equals(got) ? "a " + named.group(2).replaceFirst("^java[.]lang[.]", "") : got;
            return Diagnostic.error(at, named.group(1) + ": expected " + wanted + ", got " + told)
                    .detail(converted(wanted, got, source));
        }
        Matcher undeclared = UNDECLARED.matcher(text);
        if (undeclared.matches()) return undeclared(at, undeclared.group(1), source);
        Matcher unresolved = CLASS.matcher(text);
        if (unresolved.matches()) return Diagnostic.error(at, "no class '" + unresolved.group(1) + "'");
        Matcher assign = ASSIGN.matcher(text);
        if (assign.matches()) {
            return Diagnostic.error(
                    at, "a variable for " + type(assign.group(2)) + " cannot hold " + type(assign.group(1)));
        }
        Matcher method = METHOD.matcher(text);
        if (method.matches()) return method(at, method, sources.isWithoutBraces(at));
        Matcher generics = GENERICS.matcher(text);
        if (generics.matches()) {
            return Diagnostic.error(
                            at,
                            "'" + generics.group(1) + "' does not take " + types(generics.group(2)) + " of these kinds")
                    .detail(
                            generics.group(2).contains("GString")
                                    ? "a text with ${…} in a list becomes one like the others by .toString()"
                                    : "");
        }
        Matcher twice = TWICE.matcher(text);
        if (twice.matches()) return Diagnostic.error(at, twice.group(1) + ": is given twice");
        Matcher input = INPUT.matcher(text);
        if (input.matches()) {
            String token = token(source, input.group(1));
            if (token.equals(",")) return comma(sources, at);
            if (isAttribute(source, token)) {
                return Diagnostic.error(at, "a comma is missing before " + token + ":");
            }
            String before = sources.textBefore(at);
            return misplaced(at, token, before).orElseGet(() -> unexpected(at, isOfEnd(message), token));
        }
        Matcher property = PROPERTY.matcher(text);
        if (property.matches()) {
            return Diagnostic.error(at, type(property.group(2)) + " has no '" + property.group(1) + "'");
        }
        return Diagnostic.error(at, MessageText.shown(text.replaceFirst("(?s)\n.*", "")));
    }

    /** Whether the message says that the file ended where something was expected. */
    public static boolean isOfEnd(String message) {
        Matcher input = INPUT.matcher(withoutPrefix(message));
        return input.matches() && (input.group(1).isEmpty() || input.group(1).equals("<EOF>"));
    }

    /** The token at the place; the parser's message has all of the statement that it read up to there. */
    private static String token(String source, String read) {
        Matcher token = TOKEN.matcher(source);
        return token.lookingAt() ? token.group() : read;
    }

    /** What has no place in braces, or not so; empty where nothing is known of it. */
    private static Optional<Diagnostic> misplaced(Place at, String token, String before) {
        Diagnostic told = Diagnostic.error(at, "unexpected '" + MessageText.shown(token) + "'");
        Matcher condition = CONDITION.matcher(before);
        if (condition.find()) {
            String inside = condition.group(1).equals("for") ? "one in all" : "…";
            return Optional.of(told.detail("behind '" + condition.group(1) + "' stand parentheses: "
                    + condition.group(1) + " (" + inside + ") { … }"));
        }
        Matcher otherwise = ELSE.matcher(before);
        if (otherwise.find()) {
            Place word = new Place(at.file(), at.line(), otherwise.start(1) + 1);
            return Optional.of(
                    Diagnostic.error(word, "unexpected 'else'").detail("it stands behind the braces of an if"));
        }
        if (token.equals(">") && before.endsWith("=")) {
            Place arrow = new Place(at.file(), at.line(), at.column() - 1);
            return Optional.of(Diagnostic.error(arrow, "unexpected '=>'")
                    .detail("the names of values in braces stand before ->: { host -> … }"));
        }
        return token.equals("(") && METHOD_HEAD.matcher(before).find()
                ? Optional.of(told.detail("a method is declared outside of all braces, such as at the end of the file"))
                : Optional.empty();
    }

    private static Diagnostic unexpected(Place at, boolean end, String input) {
        if (end || input.isEmpty()) {
            return Diagnostic.error(at, "the file ends too early")
                    .detail("a brace, a bracket or a quote is opened and not closed");
        }
        if (input.equals("'") || input.equals("\"")) {
            return Diagnostic.error(at, "the text that begins here has no end")
                    .detail("a quote is missing, here or before it");
        }
        if (input.startsWith("#")) return Diagnostic.error(at, "unexpected '#'").detail("a comment begins with //");
        Diagnostic unexpected = Diagnostic.error(at, "unexpected '" + MessageText.shown(input) + "'");
        // A keyword of Groovy in place of a word that is almost the same: package, packages.
        List<String> words = Vocabulary.words();
        if (input.matches("[a-z]+") && !words.contains(input)) {
            String near = Suggest.closest(input, words).orElse(null);
            if (near != null) return unexpected.suggest(near);
        }
        if (TOP.contains(input)) return unexpected.detail("'" + input + "' cannot stand in braces");
        return TYPOGRAPHIC.indexOf(input.charAt(0)) >= 0
                ? unexpected.detail("a text stands in straight quotes: '…'")
                : unexpected.detail("a bracket, a quote or a comma may be missing here or before it");
    }

    /** An attribute, on the same line as what stands before it. */
    private static boolean isAttribute(String source, String token) {
        return ATTRIBUTE.matcher(source).lookingAt() && Vocabulary.isAttribute(token);
    }

    /** Behind {@code name: value} on a line of its own, which Groovy reads as a statement with a label. */
    private static Diagnostic comma(SourceFiles sources, Place at) {
        Matcher label = LABELLED.matcher(sources.textBefore(at));
        if (!label.find()) return unexpected(at, false, ",");
        return Diagnostic.error(at, "unexpected ','")
                .detail(label.group(1) + ": … stands in the parentheses of a word: (" + label.group(1) + ": …, …)");
    }

    private static Diagnostic undeclared(Place at, String name, String source) {
        List<String> constants = Vocabulary.constants().stream()
                .flatMap(kind -> Vocabulary.names(kind).stream())
                .distinct()
                .toList();
        String near = Suggest.closest(name, constants).orElse(null);
        boolean assigned = source.matches(Pattern.quote(name) + "\\s*=(?!=).*");
        String detail = assigned
                ? "a variable is declared: def " + name + " = …; an attribute stands in a word's parentheses: " + name
                        + ": …"
                : near == null ? "neither a variable nor a constant is named so; a text stands in quotes" : "";
        return Diagnostic.error(at, "no '" + name + "' here").detail(detail).suggest(near);
    }

    /** Whether the message says that the values of a word of the language do not fit its method. */
    public static boolean isOfWord(String message) {
        Matcher method = METHOD.matcher(withoutPrefix(message));
        return method.matches()
                && isOurs(method)
                && Vocabulary.placeOf(method.group(2)).isPresent();
    }

    private static String withoutPrefix(String message) {
        return message.replaceFirst("^\\[Static type checking] - ", "").strip();
    }

    private static boolean isOurs(Matcher method) {
        return method.group(1).startsWith("org.linkctl.dsl.") || method.group(1).startsWith("inventory");
    }

    private static Diagnostic method(Place at, Matcher method, boolean withoutBraces) {
        String name = method.group(2);
        boolean word = isOurs(method) && Vocabulary.placeOf(name).isPresent();
        // Null stands for braces that were left out (WordArguments); Groovy has no type for it.
        String list = word && withoutBraces && Vocabulary.mayLackBraces(name)
                ? method.group(3).replaceFirst(", <unknown parameter type>$", "")
                : method.group(3);
        String given = list.isEmpty() ? "nothing" : types(list);
        return word
                ? Diagnostic.error(at, "'" + name + "' does not take " + given)
                : Diagnostic.error(at, type(method.group(1)) + " has no '" + name + "' that takes " + given);
    }

    /** How a value of one kind becomes one of another. */
    private static String converted(String wanted, String got, String source) {
        if (got.equals(UNKNOWN))
            return OF_METHOD.matcher(source).lookingAt()
                    ? "a method of the file says what it returns, such as String in: String name(int number) { … }"
                    : "";
        if (!got.equals("a text")) return "";
        return switch (wanted) {
            case "a whole number" -> "a text becomes a number by .toInteger()";
            case "true or false" -> "a text is compared: … == 'true'";
            default -> wanted.startsWith("one of ") ? "a text becomes one by a condition: … == 'x' ? A : B" : "";
        };
    }

    private static String types(String list) {
        StringBuilder out = new StringBuilder();
        String plain = list;
        while (plain.contains("<") && !plain.equals(plain.replaceAll("<[^<>]*>", ""))) {
            plain = plain.replaceAll("<[^<>]*>", "");
        }
        for (String one : plain.split(", ", -1))
            out.append(out.isEmpty() ? "" : ", ").append(type(one));
        return out.toString();
    }

    private static String type(String name) {
        if (name.contains(" & ")) return "one of several kinds"; // what they have in common
        String simple = name.replaceFirst("<.*", "").replaceFirst(".*[.$]", "");
        for (Class<?> constants : Vocabulary.constants())
            if (constants.getSimpleName().equals(simple)) return Vocabulary.describe(constants);
        return switch (simple) {
            case "String", "GString", "CharSequence" -> "a text";
            case "int", "Integer", "long", "Long" -> "a whole number";
            case "BigDecimal", "double" -> "a fraction";
            case "boolean", "Boolean" -> "true or false";
            case "List", "ArrayList" -> "a list";
            case "Map", "LinkedHashMap" -> "values by name";
            case "IntRange" -> "a range";
            case "Closure" -> "braces";
            case "SecretRef" -> "secret('name')";
            case "Data" -> "a part of a JSON file";
            case "Object" -> UNKNOWN;
            case "null" -> "null";
            default -> name.startsWith("inventory") ? "an inventory" : "a " + simple;
        };
    }
}

package org.linkctl.dsl.syntax;

import groovyjarjarantlr4.v4.runtime.CharStreams;
import groovyjarjarantlr4.v4.runtime.LexerNoViableAltException;
import groovyjarjarantlr4.v4.runtime.Token;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.groovy.parser.antlr4.GroovyLangLexer;
import org.apache.groovy.parser.antlr4.GroovyLexer;
import org.apache.groovy.parser.antlr4.GroovySyntaxError;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;

/**
 * Finds the mistake in brackets at whose beginning Groovy's parser gave up. Braces behind values with names, say, are
 * no braces of the word for it where it cannot read them, and it tells their beginning as what it did not expect. What
 * is in them is parsed once more where nothing else can be meant: in braces behind {@code a()}.
 */
public final class ErrorInBrackets {
    private static final Map<Integer, Integer> CLOSING = Map.of(
            GroovyLexer.LPAREN, GroovyLexer.RPAREN,
            GroovyLexer.LBRACK, GroovyLexer.RBRACK,
            GroovyLexer.LBRACE, GroovyLexer.RBRACE);

    private static final int UNCLOSED = -1;

    private final String text;
    /** Where brackets begin, and behind which character they end. */
    private final Map<Integer, Integer> brackets = new HashMap<>();

    private ErrorInBrackets(String text) {
        this.text = text;
        GroovyLangLexer lexer = new GroovyLangLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        try {
            read(lexer);
        } catch (GroovySyntaxError | LexerNoViableAltException notAToken) {
            // The parser comes no further either.
        }
    }

    private void read(GroovyLangLexer lexer) {
        Deque<Integer> open = new ArrayDeque<>();
        Deque<Integer> wanted = new ArrayDeque<>();
        for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
            int at = text.offsetByCodePoints(0, token.getStartIndex());
            Integer closing = CLOSING.get(token.getType());
            if (closing != null) {
                open.push(at);
                wanted.push(closing);
                brackets.put(at, UNCLOSED);
            } else if (CLOSING.containsValue(token.getType())) {
                if (wanted.isEmpty() || wanted.pop() != token.getType()) return;
                brackets.put(open.pop(), at + 1);
            }
        }
    }

    /** The mistake in the brackets that begin at the place of an error; empty where there are none, or none is found. */
    public static Optional<SyntaxException> find(String text, int line, int column) {
        return new ErrorInBrackets(text).find(line, column);
    }

    private Optional<SyntaxException> find(int line, int column) {
        int begin = behindComma(position(line, column));
        Integer end = brackets.get(begin);
        if (end == null) return Optional.empty();
        return firstError(text.charAt(begin) == '{' ? ofBraces(begin, end) : ofValues(begin, end))
                .filter(error -> isBehind(error, line, column))
                .map(error -> find(error.getStartLine(), error.getStartColumn()).orElse(error));
    }

    /** Without parentheses around its values, the braces of a word stand behind a comma. */
    private int behindComma(int at) {
        if (at >= text.length() || text.charAt(at) != ',') return at;
        int next = at + 1;
        while (next < text.length() && text.charAt(next) == ' ') next++;
        return next;
    }

    /** Braces with their line and column, but for a first line that is added. */
    private String ofBraces(int begin, int end) {
        return begin == 0 || text.charAt(begin - 1) == '\n'
                ? ""
                : "a(\n" + blank(text.substring(0, begin - 1)) + ")"
                        + text.substring(begin, end == UNCLOSED ? text.length() : end);
    }

    /** The same of other brackets, with the name before them; not of such without an end, of which that is told. */
    private String ofValues(int begin, int end) {
        if (end == UNCLOSED) return "";
        int name = begin;
        while (name > 0 && Character.isJavaIdentifierPart(text.charAt(name - 1))) name--;
        return "a() {\n" + blank(text.substring(0, name)) + text.substring(name, end) + "\n}";
    }

    /** As many lines and columns, and nothing in them. */
    private static String blank(String before) {
        return before.replaceAll("[^\r\n]", " ");
    }

    private int position(int line, int column) {
        int start = 0;
        for (int i = 1; i < line; i++) start = text.indexOf('\n', start) + 1;
        return start + column - 1;
    }

    private static boolean isBehind(SyntaxException error, int line, int column) {
        return error.getStartLine() > line || (error.getStartLine() == line && error.getStartColumn() > column);
    }

    /** The parser's first error in a text before which there is one line more. */
    private static Optional<SyntaxException> firstError(String part) {
        SourceUnit source = SourceUnit.create("part", part);
        try {
            source.parse();
            source.completePhase();
            source.nextPhase();
            source.convert();
            return Optional.empty();
        } catch (CompilationFailedException e) {
            return source.getErrorCollector().getErrors().stream()
                    .filter(SyntaxErrorMessage.class::isInstance)
                    .map(message -> ((SyntaxErrorMessage) message).getCause())
                    .map(error -> new SyntaxException(
                            error.getOriginalMessage(), error.getStartLine() - 1, error.getStartColumn()))
                    .findFirst();
        }
    }
}

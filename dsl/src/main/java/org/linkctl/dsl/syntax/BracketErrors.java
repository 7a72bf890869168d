package org.linkctl.dsl.syntax;

import groovyjarjarantlr4.v4.runtime.CharStreams;
import groovyjarjarantlr4.v4.runtime.LexerNoViableAltException;
import groovyjarjarantlr4.v4.runtime.Token;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.groovy.parser.antlr4.GroovyLangLexer;
import org.apache.groovy.parser.antlr4.GroovyLexer;
import org.apache.groovy.parser.antlr4.GroovySyntaxError;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;

/**
 * Finds the bracket that is not closed in a file that does not parse; the parser itself tells only where it gave up.
 * Uses Groovy's own lexer, so that brackets in texts and comments do not count.
 */
public final class BracketErrors {
    private static final Map<Integer, String> CLOSING =
            Map.of(GroovyLexer.RPAREN, "(", GroovyLexer.RBRACK, "[", GroovyLexer.RBRACE, "{");
    private static final Map<Integer, String> OPENING = Map.of(
            GroovyLexer.LPAREN, "(", GroovyLexer.LBRACK, "[", GroovyLexer.SAFE_INDEX, "[", GroovyLexer.LBRACE, "{");
    private static final Map<String, String> PARTNER = Map.of("(", ")", "[", "]", "{", "}");

    /** @param indent of its line, in characters */
    private record Bracket(String text, Place at, int indent) {}

    private final String file;
    private final List<String> lines;
    private final Deque<Bracket> open = new ArrayDeque<>();
    /** The first bracket whose closing one is indented less than the line it opens in, and that closing one. */
    private @Nullable Bracket misindented;

    private @Nullable Bracket closing;
    /** The first closing bracket that matches no open one. */
    private @Nullable Bracket wrong;

    private boolean toTheEnd;

    public BracketErrors(String file, String text) {
        this.file = file;
        this.lines = text.lines().toList();
        GroovyLangLexer lexer = new GroovyLangLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        try {
            Token token = lexer.nextToken();
            for (; token.getType() != Token.EOF && wrong == null; token = lexer.nextToken()) read(token);
            toTheEnd = wrong == null;
        } catch (GroovySyntaxError | LexerNoViableAltException notAToken) {
            toTheEnd = false; // the parser says what it is
        }
    }

    private void read(Token token) {
        String opening = OPENING.get(token.getType());
        String closes = CLOSING.get(token.getType());
        if (opening != null) open.push(bracket(opening, token));
        else if (closes != null) close(closes, bracket(token.getText(), token));
    }

    private Bracket bracket(String text, Token token) {
        Place at = new Place(file, token.getLine(), token.getCharPositionInLine() + 1);
        String line = lines.get(at.line() - 1);
        return new Bracket(text, at, line.length() - line.stripLeading().length());
    }

    private void close(String wanted, Bracket closer) {
        Bracket opener = open.peek();
        if (opener == null || !opener.text().equals(wanted)) {
            wrong = closer;
            return;
        }
        open.pop();
        boolean first = closer.indent() == closer.at().column() - 1;
        if (!first || opener.at().line() == closer.at().line()) return;
        if (closer.indent() < opener.indent()) {
            if (misindented == null) {
                misindented = opener;
                closing = closer;
            }
        } else if (misindented != null && opener.at().compareTo(misindented.at()) < 0)
            misindented = null; // it was only written so
    }

    /**
     * The parser's error, with the bracket that probably caused it.
     *
     * @param ended the parser came to the end of the file and expected more
     */
    public Diagnostic explain(Diagnostic told, boolean ended) {
        Bracket opener = open.peek();
        if (ended && toTheEnd && opener != null) return unclosed(opener);
        if (ended) return Diagnostic.error(end(), told.summary()).detail("something has to follow here");
        Bracket closer = wrong;
        if (opener == null) {
            boolean stray = closer != null && told.at().equals(closer.at());
            return stray ? told.detail("nothing is open that it could close") : told;
        }
        if (closer == null) return toTheEnd ? open(told, opener) : told;
        return told.at().compareTo(closer.at()) <= 0 ? mismatched(told, opener, closer) : told;
    }

    private Diagnostic open(Diagnostic told, Bracket last) {
        // Behind attributes the parser takes braces without an end for no braces, and stops at their beginning.
        if (open.stream().anyMatch(bracket -> bracket.at().equals(told.at()))) return unclosed(last);
        Bracket likely = misindented == null ? last : misindented;
        if (told.at().compareTo(likely.at()) <= 0) return told;
        return told.detail("the '" + likely.text() + "' at " + likely.at() + " is not closed");
    }

    private static Diagnostic mismatched(Diagnostic told, Bracket opener, Bracket closer) {
        String partner = PARTNER.getOrDefault(opener.text(), "");
        String unclosed = "the '" + opener.text() + "' at " + opener.at() + " is not closed";
        if (told.at().equals(closer.at())) return told.detail(unclosed + " before it");
        return told.detail(
                unclosed + ": '" + closer.text() + "' at " + closer.at() + " comes before its '" + partner + "'");
    }

    /** Reports the open bracket that is probably not closed: by indentation, one that a bracket further left closed. */
    private Diagnostic unclosed(Bracket last) {
        Bracket likely = misindented == null ? last : misindented;
        String partner = PARTNER.getOrDefault(likely.text(), "");
        Diagnostic told = Diagnostic.error(likely.at(), "this '" + likely.text() + "' is not closed");
        Bracket closer = closing;
        return misindented == null || closer == null
                ? told.detail("the file ends before its '" + partner + "'")
                : told.detail("the file ends one '" + partner + "' too early; the next one, at " + closer.at()
                        + ", stands further to the left than this line");
    }

    /** Behind the last character; the parser reports the line after it, which has no text to show. */
    private Place end() {
        for (int i = lines.size(); i > 0; i--) {
            String line = lines.get(i - 1).stripTrailing();
            if (!line.isEmpty()) return new Place(file, i, line.length() + 1);
        }
        return new Place(file, 0, 0);
    }
}

package org.linkctl.dsl.syntax;

import groovyjarjarantlr4.v4.runtime.CharStreams;
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
 * The brackets of a file that is no Groovy: which one is not closed, which the parser only tells by where it gives up.
 * Groovy's own lexer reads them, so that those in texts and comments are none.
 */
public final class Brackets {
    private static final Map<Integer, String> CLOSING =
            Map.of(GroovyLexer.RPAREN, "(", GroovyLexer.RBRACK, "[", GroovyLexer.RBRACE, "{");
    private static final Map<Integer, String> OPENING = Map.of(
            GroovyLexer.LPAREN, "(", GroovyLexer.LBRACK, "[", GroovyLexer.SAFE_INDEX, "[", GroovyLexer.LBRACE, "{");
    private static final Map<String, String> PARTNER = Map.of("(", ")", "[", "]", "{", "}");

    /** @param indent of its line */
    private record Bracket(String text, Place at, int indent) {}

    private final String file;
    private final List<String> lines;
    private final Deque<Bracket> open = new ArrayDeque<>();
    /** One that is closed by what stands further to the left than its own line, and by what. */
    private @Nullable Bracket crooked;

    private @Nullable Bracket closing;
    /** The first that closes nothing, or something else than what is open. */
    private @Nullable Bracket wrong;

    private boolean toTheEnd;

    public Brackets(String file, String text) {
        this.file = file;
        this.lines = text.lines().toList();
        GroovyLangLexer lexer = new GroovyLangLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        try {
            Token token = lexer.nextToken();
            for (; token.getType() != Token.EOF && wrong == null; token = lexer.nextToken()) read(token);
            toTheEnd = wrong == null;
        } catch (GroovySyntaxError notAToken) {
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
            if (crooked == null) {
                crooked = opener;
                closing = closer;
            }
        } else if (crooked != null && opener.at().compareTo(crooked.at()) < 0) crooked = null; // it was only written so
    }

    /**
     * The same with what the brackets tell of it.
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
        return told.at().compareTo(closer.at()) <= 0 ? crossed(told, opener, closer) : told;
    }

    private Diagnostic open(Diagnostic told, Bracket last) {
        Bracket likely = crooked == null ? last : crooked;
        if (told.at().compareTo(likely.at()) <= 0) return told;
        return told.detail("the '" + likely.text() + "' at " + likely.at() + " is not closed");
    }

    private static Diagnostic crossed(Diagnostic told, Bracket opener, Bracket closer) {
        String partner = PARTNER.getOrDefault(opener.text(), "");
        String unclosed = "the '" + opener.text() + "' at " + opener.at() + " is not closed";
        if (told.at().equals(closer.at())) return told.detail(unclosed + " before it");
        return told.detail(
                unclosed + ": '" + closer.text() + "' at " + closer.at() + " comes before its '" + partner + "'");
    }

    /** Of those that were open, the likely one is that which something further to the left closed instead. */
    private Diagnostic unclosed(Bracket last) {
        Bracket likely = crooked == null ? last : crooked;
        String partner = PARTNER.getOrDefault(likely.text(), "");
        Diagnostic told = Diagnostic.error(likely.at(), "this '" + likely.text() + "' is not closed");
        Bracket closer = closing;
        return crooked == null || closer == null
                ? told.detail("the file ends before its '" + partner + "'")
                : told.detail("the file ends one '" + partner + "' too early; the next one, at " + closer.at()
                        + ", stands further to the left than this line");
    }

    /** Behind the last character: the parser's place is the line after it, of which there is nothing to show. */
    private Place end() {
        for (int i = lines.size(); i > 0; i--) {
            String line = lines.get(i - 1).stripTrailing();
            if (!line.isEmpty()) return new Place(file, i, line.length() + 1);
        }
        return new Place(file, 0, 0);
    }
}

package org.linkctl.dsl.syntax;

import groovyjarjarantlr4.v4.runtime.CharStreams;
import groovyjarjarantlr4.v4.runtime.LexerNoViableAltException;
import groovyjarjarantlr4.v4.runtime.Token;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.groovy.parser.antlr4.GroovyLangLexer;
import org.apache.groovy.parser.antlr4.GroovyLexer;
import org.apache.groovy.parser.antlr4.GroovySyntaxError;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.dsl.report.MessageText;

/**
 * Finds the first place at which a file has no token of Groovy, and says what is wrong there with a text or a comment.
 * Groovy's parser tells of a text its first quote alone; and at what cannot be read in a text with values it prints a
 * line of ANTLR's to the standard error output, and ends by an exception without a place.
 */
public final class LexicalErrors {
    /** What may stand behind a backslash (Groovy Language Specification, Syntax, 4.1.1), a line's end among it. */
    private static final String ESCAPES = "btnfrs\"'\\$01234567\r\n";

    private static final int HEX_DIGITS = 4;

    /** Between slashes it would begin a value. */
    private static final Pattern VALUE = Pattern.compile("\\$[{\\p{L}_]");

    private static final int LONGEST_SUGGESTION = 60;

    private final String file;
    private final String text;
    /** The texts with values that have begun and not ended, the innermost first. */
    private final Deque<Token> open = new ArrayDeque<>();

    private LexicalErrors(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /** Whether the file may have a text with values: the parser is not to see such a one that cannot be read. */
    public static boolean hasValues(String text) {
        return text.indexOf('$') >= 0;
    }

    /** Empty where all can be read, and where the parser's own message says what there is to say. */
    public static Optional<Diagnostic> first(String file, String text) {
        return Optional.ofNullable(new LexicalErrors(file, text).find());
    }

    private @Nullable Diagnostic find() {
        GroovyLangLexer lexer = new GroovyLangLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        Token last = null;
        try {
            for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
                if (token.getType() == GroovyLexer.GStringBegin) open.push(token);
                if (token.getType() == GroovyLexer.GStringEnd) open.poll();
                if (last != null && isComment(last, token))
                    return endless(offset(last), "comment", "its */ is missing");
                last = token;
            }
            return null;
        } catch (LexerNoViableAltException e) {
            return ofPart(text.offsetByCodePoints(0, e.getStartIndex()));
        } catch (GroovySyntaxError e) {
            return ofText(lineStart(e.getLine()) + e.getColumn() - 1);
        }
    }

    /** A comment without an end is read as these two signs. */
    private static boolean isComment(Token last, Token token) {
        return last.getType() == GroovyLexer.DIV
                && token.getType() == GroovyLexer.MUL
                && last.getStopIndex() + 1 == token.getStartIndex();
    }

    /** What cannot be read in a text with values. */
    private Diagnostic ofPart(int at) {
        Token begin = open.peek();
        if (at > 0 && text.charAt(at - 1) == '$') return dollar(at - 1, begin);
        if (begin == null) return unexpected(at);
        String quotes = begin.getText().startsWith("\"\"\"") ? "\"\"\"" : "\"";
        int wrong = wrongEscape(at, quotes);
        if (wrong >= 0) return escape(wrong, null);
        return end(at, quotes) < 0 ? endlessText(offset(begin)) : unexpected(at);
    }

    private Diagnostic dollar(int at, @Nullable Token begin) {
        boolean lines = begin != null && begin.getText().startsWith("\"\"\"");
        return Diagnostic.error(place(at), "a '$' in a text in double quotes begins a value: $name or ${…}")
                .detail("the sign itself is written \\$ there, or in single quotes: " + (lines ? "'''…'''" : "'…'"));
    }

    private Diagnostic unexpected(int at) {
        String what = at < text.length() ? Character.toString(text.codePointAt(at)) : "";
        return Diagnostic.error(
                place(at), what.isBlank() ? "unexpected end" : "unexpected '" + MessageText.shown(what) + "'");
    }

    /** A text without values that cannot be read, told by a quote; the parser knows what else is at such a place. */
    private @Nullable Diagnostic ofText(int at) {
        if (at >= text.length() || (text.charAt(at) != '\'' && text.charAt(at) != '"')) return null;
        char quote = text.charAt(at);
        // Three quotes are read as an empty text and a third one.
        boolean lines = text.startsWith(String.valueOf(quote).repeat(3), Math.max(0, at - 2));
        int begin = lines ? Math.max(0, at - 2) : at;
        String quotes = String.valueOf(quote).repeat(lines ? 3 : 1);
        int from = begin + quotes.length();
        int end = end(from, quotes);
        int wrong = wrongEscape(from, quotes);
        if (wrong >= 0) return escape(wrong, end < 0 || lines ? null : text.substring(begin, end + 1));
        return end < 0 ? endlessText(begin) : null;
    }

    private Diagnostic endlessText(int at) {
        return endless(at, "text", "a quote is missing, here or before it");
    }

    private Diagnostic endless(int at, String what, String detail) {
        return Diagnostic.error(place(at), "the " + what + " that begins here has no end")
                .detail(detail);
    }

    /** @param whole the text with its quotes; null where it is too much to be repeated */
    private Diagnostic escape(int at, @Nullable String whole) {
        String sign = at + 1 < text.length() ? Character.toString(text.codePointAt(at + 1)) : "";
        String right = whole == null || whole.length() > LONGEST_SUGGESTION ? null : doubled(whole);
        String regex = whole == null
                        || !whole.startsWith("'")
                        || whole.contains("/")
                        || VALUE.matcher(whole).find()
                ? ""
                : ", or the text stands between slashes: /" + whole.substring(1, whole.length() - 1) + "/";
        return Diagnostic.error(place(at), "a text has no escape '\\" + MessageText.shown(sign) + "'")
                .detail(
                        sign.equals("u")
                                ? "behind \\u stand four hexadecimal digits; the backslash itself is written \\\\"
                                : "the backslash itself is written \\\\" + MessageText.shown(regex))
                .suggest(right == null ? null : MessageText.shown(right));
    }

    /** The same with its wrong escapes as what they are without an escape. */
    private static String doubled(String whole) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < whole.length(); i++) {
            out.append(whole.charAt(i));
            if (whole.charAt(i) != '\\') continue;
            if (isEscape(whole, i)) out.append(whole.charAt(++i));
            else out.append('\\');
        }
        return out.toString();
    }

    /** The first backslash in a text before which nothing is escaped that can be; -1 where there is none. */
    private int wrongEscape(int from, String quotes) {
        int i = from;
        while (i < text.length() && !isEnd(i, quotes)) {
            boolean escape = text.charAt(i) == '\\';
            if (escape && !isEscape(text, i)) return i;
            i += escape ? 2 : 1;
        }
        return -1;
    }

    /** The last character of a text's closing quotes; -1 where it has none, on its line if it is of one line. */
    private int end(int from, String quotes) {
        int i = from;
        while (i < text.length()) {
            if (text.startsWith(quotes, i)) return i + quotes.length() - 1;
            if (isEnd(i, quotes)) return -1;
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return -1;
    }

    private boolean isEnd(int at, String quotes) {
        return text.startsWith(quotes, at) || (quotes.length() == 1 && text.charAt(at) == '\n');
    }

    private static boolean isEscape(String text, int backslash) {
        if (backslash + 1 >= text.length()) return true; // it is the end that is missing
        char sign = text.charAt(backslash + 1);
        return sign == 'u'
                ? text.substring(backslash + 2).matches("(?s)u*[0-9a-fA-F]{" + HEX_DIGITS + "}.*")
                : ESCAPES.indexOf(sign) >= 0;
    }

    private int offset(Token token) {
        return text.offsetByCodePoints(0, token.getStartIndex());
    }

    private int lineStart(int line) {
        int start = 0;
        for (int i = 1; i < line; i++) start = text.indexOf('\n', start) + 1;
        return start;
    }

    private Place place(int at) {
        int start = text.lastIndexOf('\n', at - 1) + 1;
        int line = 1
                + (int) text.substring(0, start)
                        .chars()
                        .filter(one -> one == '\n')
                        .count();
        return new Place(file, line, at - start + 1);
    }
}

package org.linkctl.shell;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a place in a shell program is part of, and how a value is written there (POSIX.1-2017, XCU 2.2 and 2.6.3). */
enum ShellContext {
    CODE {
        @Override
        String quote(String value) {
            return Argv.quote(value);
        }
    },
    SINGLE_QUOTES {
        @Override
        String quote(String value) {
            return value.replace("'", "'\\''");
        }
    },
    DOUBLE_QUOTES {
        // Of what stands there, four characters mean something (XCU 2.2.3).
        @Override
        String quote(String value) {
            return value.replaceAll("[$`\"\\\\]", "\\\\$0");
        }
    },
    COMMENT {
        @Override
        String quote(String value) {
            if (value.contains("\n")) throw new IllegalArgumentException("a comment ends where its line does");
            return value;
        }
    };

    abstract String quote(String value);

    /** Goes through a program from its beginning. A here-document is taken for code. */
    static final class Reader {
        private final String program;
        private int next;
        /** What is open, innermost first; a command substitution or a parenthesis is CODE. */
        private final Deque<ShellContext> open = new ArrayDeque<>();

        Reader(String program) {
            this.program = program;
            open.push(CODE);
        }

        /** What the character there is part of; offsets have to be asked for in their order. */
        ShellContext at(int offset) {
            while (next < offset) step();
            return open.element();
        }

        private void step() {
            char c = program.charAt(next);
            switch (open.element()) {
                case COMMENT -> leave(c == '\n');
                case SINGLE_QUOTES -> leave(c == '\'');
                case DOUBLE_QUOTES -> inDoubleQuotes(c);
                case CODE -> inCode(c);
            }
            next++;
        }

        private void leave(boolean ended) {
            if (ended) open.pop();
        }

        private void inDoubleQuotes(char c) {
            if (c == '\\') next++;
            else if (c == '"') open.pop();
            else if (c == '(' && before() == '$') open.push(CODE);
        }

        private void inCode(char c) {
            switch (c) {
                case '\\' -> next++;
                case '\'' -> open.push(SINGLE_QUOTES);
                case '"' -> open.push(DOUBLE_QUOTES);
                case '(' -> open.push(CODE);
                // The one after a pattern of case closes nothing.
                case ')' -> leave(open.size() > 1);
                case '#' -> {
                    if (" \t\n;".indexOf(before()) >= 0) open.push(COMMENT);
                }
                default -> {}
            }
        }

        private char before() {
            return next == 0 ? '\n' : program.charAt(next - 1);
        }
    }
}

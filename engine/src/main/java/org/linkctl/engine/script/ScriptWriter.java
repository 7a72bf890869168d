package org.linkctl.engine.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.linkctl.shell.Step;
import org.linkctl.spi.Question;

/**
 * Writes scripts: functions whose names no other script uses, and as the last line the call of the main one. So a
 * script that breaks off on its way runs nothing.
 */
final class ScriptWriter {
    private static final String LIBRARY = resource("shell.sh") + resource("steps.sh");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** How many bytes of a step's output are kept: the end, where the error is. */
    private static final int STEP_OUTPUT = 64 * 1024;

    private ScriptWriter() {}

    /** The first script of a shell. */
    static Script start(Limits limits) {
        String word = word();
        String body = LIBRARY + "lc_tail=" + STEP_OUTPUT + "\nlc_open " + word + " "
                + limits.checkInterval().toSeconds() + "\n";
        return new Script(body, word, limits);
    }

    static Script questions(List<Question<?>> questions, Limits limits) {
        return running(questions.stream().map(ShellCommands::of).toList(), limits);
    }

    static Script takeover(ShellId shellId, Limits limits) {
        return running(List.of("lc_succeed " + shellId.pid() + " " + shellId.folder() + " " + shellId.word()), limits);
    }

    private static Script running(List<String> commands, Limits limits) {
        StringBuilder main = new StringBuilder();
        for (int i = 0; i < commands.size(); i++) {
            main.append("lc_run ")
                    .append(i + 1)
                    .append(' ')
                    .append(commands.get(i))
                    .append('\n');
        }
        main.append("lc_send ").append(String.join(" ", files(commands.size()))).append('\n');
        String word = word();
        return script(word, "", main.toString(), List.of(), limits);
    }

    /**
     * The names of the streams of this many commands, in the order in which they are sent: standard output and standard
     * error in turn.
     */
    static List<String> files(int commands) {
        return IntStream.rangeClosed(1, commands)
                .boxed()
                .flatMap(i -> Stream.of(i + ".o", i + ".e"))
                .toList();
    }

    static Script steps(List<Step> steps, Limits limits) {
        String word = word();
        StringBuilder functions = new StringBuilder();
        StringBuilder main = new StringBuilder();
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= steps.size(); i++) {
            Step step = steps.get(i - 1);
            String content = word + "_c" + i;
            String name = word + "_s" + i;
            if (step instanceof Step.PutFile put) {
                functions.append(function(content, PrintfEncoder.of(ShellCommands.bytes(put.content()))));
                names.add(content);
            }
            functions.append(function(name, ShellCommands.of(step, content) + "\n"));
            names.add(name);
            int number = i;
            main.append(GuardCheck.of(step)
                            .map(check -> check.call(number, name))
                            .orElse("lc_do " + i + " " + name))
                    .append('\n');
        }
        return script(word, functions.toString(), main.toString(), names, limits);
    }

    /**
     * One step of the library, whose last word is the name of a function that prints a document.
     *
     * @param document lines, each with its line feed; empty: there is none, and no such word
     */
    static Script single(String command, String document, Limits limits) {
        String word = word();
        String content = word + "_c1";
        String name = word + "_s1";
        List<String> names = new ArrayList<>(List.of(name));
        String functions = "";
        if (!document.isEmpty()) {
            // A here-document: the shell passes it on, where calls of printf would be parsed one by one.
            String lines = document.endsWith("\n") ? document : document + "\n";
            functions = function(content, "cat <<'" + word + "'\n" + lines + word + "\n");
            names.add(content);
        }
        String call = command + (document.isEmpty() ? "" : " " + content) + "\n";
        return script(word, functions + function(name, call), "lc_do 1 " + name + "\n", names, limits);
    }

    private static Script script(String word, String functions, String main, List<String> names, Limits limits) {
        String begin = "lc_begin " + word + " " + limits.checks() + " " + (limits.answer() / 512 + 1) + "\n";
        String name = word + "_m";
        String body = functions + function(name, begin + main + "lc_end\n") + name + "\nunset -f " + name + "\n"
                + String.join(
                        "", names.stream().map(one -> "unset -f " + one + "\n").toList());
        return new Script(body, word, limits);
    }

    private static String function(String name, String body) {
        return name + "() {\n" + body + "}\n";
    }

    private static String word() {
        return "lc" + random(16);
    }

    /** What nobody can tell beforehand, in letters and digits: two for each byte. */
    static String random(int bytes) {
        byte[] out = new byte[bytes];
        RANDOM.nextBytes(out);
        return HexFormat.of().formatHex(out);
    }

    private static String resource(String name) {
        try (InputStream in = ScriptWriter.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException("the build left out " + name);
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

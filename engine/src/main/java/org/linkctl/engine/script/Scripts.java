package org.linkctl.engine.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Content;
import org.linkctl.shell.Question;
import org.linkctl.shell.Step;

/** Writes scripts. */
final class Scripts {
    private static final String FRAME = resource("frame.sh");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Of a step's output, so much is kept: its end, where the error is. */
    private static final int STEP_OUTPUT = 64 * 1024;

    /** What a shell does itself and no program of that name does everywhere. */
    private static final Set<String> BUILTINS = Set.of("command", "type", "ulimit", "umask");

    private Scripts() {}

    static Script asking(List<Question> questions, Limits limits) {
        StringBuilder main = new StringBuilder();
        List<String> files = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            main.append("lc_run ").append(i + 1).append(' ').append(words(questions.get(i)));
            main.append('\n');
            files.add(i + 1 + ".o");
            files.add(i + 1 + ".e");
        }
        main.append("lc_send ").append(String.join(" ", files)).append('\n');
        return script("", main.toString(), files, limits);
    }

    static Script doing(Step step, Limits limits) {
        String main = "lc_run 1 lc_step\nlc_send_tail " + STEP_OUTPUT + "\n";
        return script(functions(step), main, List.of("1.O", "1.E"), limits);
    }

    private static Script script(String functions, String main, List<String> files, Limits limits) {
        String nonce = "lc" + HexFormat.of().formatHex(random());
        String body = FRAME
                + "lc_nonce=" + nonce + " lc_poll=" + limits.poll() + " lc_polls=" + limits.polls()
                + " lc_blocks=" + (limits.answer() / 512 + 1) + "\n"
                + functions
                + "lc_main() {\nlc_start\n" + main + "}\n"
                + "lc_main; exit 0\n";
        return new Script(body, nonce, files, limits);
    }

    private static byte[] random() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static String words(Question question) {
        return switch (question) {
            case Question.Command(Argv argv) -> (builtin(argv) ? "lc_builtin " : "lc_ask ") + words(argv);
            case Question.ReadFile(String path) -> "lc_read " + path(path);
            case Question.ReadSecret(String path) -> "lc_read " + path(path);
        };
    }

    /** The functions that a step's script calls: {@code lc_step}, and {@code lc_content} where a file is written. */
    private static String functions(Step step) {
        return switch (step) {
            case Step.Run(Argv argv, List<Argv> undo) -> body((builtin(argv) ? "" : "exec ") + words(argv));
            case Step.PutFile(String path, String mode, Content content) ->
                "lc_content() {\n" + Printf.of(bytes(content)) + "}\n"
                        + body("lc_put " + path(path) + " " + Argv.quote(mode));
            case Step.RemoveFile(String path) -> body("rm -f " + path(path));
            case Step.GenerateFile(String path, String mode, Argv producer) ->
                body("lc_generate " + path(path) + " " + Argv.quote(mode) + " " + words(producer));
            case Step.WriteValue(String path, String value) -> body("lc_write " + path(path) + " " + quote(value));
        };
    }

    private static String body(String command) {
        return "lc_step() {\n" + command + "\n}\n";
    }

    private static byte[] bytes(Content content) {
        return switch (content) {
            case Content.Plain(String text) -> text.getBytes(StandardCharsets.UTF_8);
            case Content.Hidden(var secret) -> secret.reveal().getBytes(StandardCharsets.UTF_8);
        };
    }

    private static boolean builtin(Argv argv) {
        return BUILTINS.contains(argv.words().getFirst());
    }

    private static String words(Argv argv) {
        if (argv.words().getFirst().startsWith("-"))
            throw new IllegalArgumentException("not the name of a command: " + argv);
        return String.join(" ", argv.words().stream().map(Scripts::quote).toList());
    }

    private static String path(String path) {
        if (!path.startsWith("/")) throw new IllegalArgumentException("not an absolute path: " + path);
        if (path.indexOf('\0') >= 0) throw new IllegalArgumentException("a path holds a NUL");
        return quote(path);
    }

    /** One word; the script is sent byte by byte, so what is not ASCII is put as its UTF-8 bytes. */
    private static String quote(String word) {
        return new String(Argv.quote(word).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static String resource(String name) {
        try (InputStream in = Scripts.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException("the build left out " + name);
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

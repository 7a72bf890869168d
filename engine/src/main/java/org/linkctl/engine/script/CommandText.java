package org.linkctl.engine.script;

import org.linkctl.shell.Argv;
import org.linkctl.shell.Artifact;
import org.linkctl.shell.Content;
import org.linkctl.shell.Step;
import org.linkctl.spi.Question;

/** Questions and steps as text for people: ready to be pasted into a root shell, without secrets. */
public final class CommandText {
    private CommandText() {}

    public static String of(Question<?> question) {
        return switch (question) {
            case Question.Command(Argv argv) -> argv.render();
            case Question.ReadFile(String path) -> "cat " + Argv.quote(path);
            case Question.ReadSecret(String path) -> "cat " + Argv.quote(path) + " # not shown";
        };
    }

    private static String put(String path, String mode) {
        return "install -D -m " + mode + " /dev/stdin " + Argv.quote(path);
    }

    /** A here-document delimiter that is no line of the text; otherwise the rest would run as commands. */
    private static String end(String text) {
        String end = "END";
        while (text.lines().anyMatch(end::equals)) end += "_";
        return end;
    }

    /** One line for messages; further lines are left out. */
    public static String line(Step step) {
        String text = step instanceof Step.PutFile(String path, String mode, Content _) ? put(path, mode) : of(step);
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end) + " …";
    }

    public static String of(Step step) {
        return switch (step) {
            case Step.Run run -> run.argv().render();
            case Step.PutFile(String path, String mode, Content content) ->
                switch (content) {
                    case Content.Plain(String text) -> {
                        String end = end(text);
                        yield put(path, mode) + " <<'" + end + "'\n" + text + (text.endsWith("\n") ? "" : "\n") + end;
                    }
                    case Content.Hidden _ -> "# " + put(path, mode).replace("\n", "\n# ") + " # not shown";
                };
            case Step.SendFile(String path, String mode, Artifact artifact) ->
                "install -D -m " + mode + " " + Argv.quote(artifact.source()) + " " + Argv.quote(path) + " # sent";
            case Step.Link(String path, String target) ->
                Argv.of("ln", "-sfT", target, path).render();
            case Step.RemoveFile(String path) -> "rm -f " + Argv.quote(path);
            case Step.GenerateFile(String path, String mode, Argv producer) ->
                "( umask 077; " + producer.render() + " >" + Argv.quote(path) + "; chmod " + mode + " "
                        + Argv.quote(path) + " )";
            case Step.WriteValue(String path, String value) ->
                "printf '%s\\n' " + Argv.quote(value) + " >" + Argv.quote(path);
        };
    }
}

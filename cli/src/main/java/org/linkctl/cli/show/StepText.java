package org.linkctl.cli.show;

import static java.util.stream.Collectors.joining;

import java.util.List;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Content;
import org.linkctl.shell.Step;

/** A step as one line of POSIX sh with the same effect, for people to read; the engine never runs it. */
public final class StepText {
    private StepText() {}

    /** The line; the content of a file is referred to by its path under {@code files/}, as render writes it. */
    public static String of(Step step) {
        return switch (step) {
            case Step.Run run -> run.argv().render();
            case Step.PutFile put ->
                "install -D -m " + put.mode() + " " + Argv.quote("files" + put.path()) + " " + Argv.quote(put.path());
            case Step.SendFile send ->
                Argv.of("install", "-D", "-m", send.mode(), send.artifact().source(), send.path())
                                .render()
                        + "  # " + (send.artifact().isUrl() ? "fetched" : "of the inventory's folder") + ", SHA-256 "
                        + send.artifact().sha256();
            case Step.Link link ->
                Argv.of("ln", "-sfT", link.target(), link.path()).render();
            case Step.RemoveFile remove -> Argv.of("rm", "-f", remove.path()).render();
            case Step.GenerateFile make -> generate(make, Argv.quote(make.path()));
            case Step.WriteValue write -> Argv.of("echo", write.value()).render() + " > " + Argv.quote(write.path());
        };
    }

    /** The same for whoever watches it go by: a script among its words is not shown, which the plan shows with {@code -v}. */
    public static String passing(Step step) {
        if (!(step instanceof Step.Run run)) return of(step);
        List<String> words = run.argv().words();
        return words.stream()
                .map(word -> word.contains("\n") ? "'…'" : Argv.quote(word))
                .collect(joining(" "));
    }

    /**
     * The line as a part of a plan, where there is no {@code files/}.
     *
     * @param where the content of a file is shown, if it may be
     */
    static String explained(Step step, String where) {
        if (!(step instanceof Step.PutFile put)) return of(step);
        return of(step) + "  # its content: " + (put.content() instanceof Content.Plain ? where : "secret");
    }

    private static String generate(Step.GenerateFile make, String path) {
        return "test -e " + path + " || { install -D -m " + make.mode() + " /dev/null " + path + " && "
                + make.producer().render() + " > " + path + "; }";
    }
}

package org.linkctl.modules.freebsd.rc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Question;

/**
 * A program that linkctl puts on a host, and the script by which rc(8) runs it.
 *
 * @param path the program's
 * @param rc the script's
 */
public record RcProgram(String path, String rc) {
    /** What the two files say; null: there is no such file. */
    public record Texts(@Nullable String program, @Nullable String rc) {
        public static final Texts NONE = new Texts(null, null);
    }

    public List<String> files() {
        return List.of(path, rc);
    }

    private Question.ReadFile program() {
        return Question.file(path);
    }

    private Question.ReadFile script() {
        return Question.file(rc);
    }

    public List<Question<?>> questions() {
        return List.of(program(), script());
    }

    public Texts read(Answers answers) {
        return new Texts(
                answers.to(program()).orElse(null), answers.to(script()).orElse(null));
    }

    public List<Change> diff(Texts have, Texts wanted) {
        List<Change> out = new ArrayList<>();
        OurFiles.diff(out, path, have.program(), wanted.program());
        OurFiles.diff(out, rc, have.rc(), wanted.rc());
        return out;
    }

    /** What writes the files and takes them away; other changes are passed over. */
    public static List<Step> steps(List<Change> changes) {
        List<Step> out = new ArrayList<>();
        for (Change change : changes) {
            if (change.kind() != Change.Kind.FILE) continue;
            String after = change.after();
            out.add(after == null ? new Step.RemoveFile(change.subject()) : Step.put(change.subject(), "0755", after));
        }
        return out;
    }

    /** The files that are there and that linkctl did not make. */
    public List<String> adopts(Texts have) {
        return Stream.of(OurFiles.foreign(path, have.program()), OurFiles.foreign(rc, have.rc()))
                .flatMap(Optional::stream)
                .toList();
    }
}

package org.linkctl.modules.hostfiles;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.shell.Content;
import org.linkctl.shell.Secret;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/**
 * What was found of a file.
 *
 * @param content null: there is no file
 * @param note what was there before linkctl; null: it was not noted, and linkctl has not written the file
 * @param kept the former file's text; null: none was kept
 * @param strangers the owner and the group that are declared, where the host has none of that name
 * @param noted the services of which the host notes already that they are to be restarted
 */
public record FileFacts(
        PathState paths,
        @Nullable Content content,
        @Nullable FormerFile note,
        @Nullable Content kept,
        List<String> strangers,
        Set<String> noted) {
    public FileFacts {
        strangers = List.copyOf(strangers);
        noted = Set.copyOf(noted);
    }

    /** On a host with all folders of the path, and no file. */
    static FileFacts none(FileWant want) {
        return new FileFacts(PathState.folders(want.path()), null, null, null, List.of(), Set.of());
    }

    static List<Question<?>> questions(FileWant want) {
        List<Question<?>> out = new ArrayList<>();
        out.add(PathState.question(want.system(), want.path()));
        out.add(content(want, want.path()));
        out.add(FormerFile.question(want.path()));
        out.add(content(want, FormerFile.kept(want.path())));
        out.addAll(want.asked());
        want.restarts().forEach(service -> out.add(RestartNote.question(service)));
        return out;
    }

    /** getent(1) ends with 2 where it knows no such name. */
    private static List<String> strangers(FileWant want, Answers answers) {
        List<String> out = new ArrayList<>();
        for (Question.Command question : want.asked()) {
            Answer.Output said = answers.to(question);
            List<String> words = question.argv().words();
            if (said.exit() == 2) out.add((words.get(1).equals("passwd") ? "user " : "group ") + words.getLast());
            else answers.stdout(question);
        }
        return out;
    }

    private static Question<?> content(FileWant want, String path) {
        return want.hidden() ? Question.secret(path) : Question.file(path);
    }

    static FileFacts read(FileWant want, Answers answers) {
        PathState paths = PathState.read(want.system(), want.path(), answers);
        // What is no file is refused, or left alone, whatever it holds.
        FormerFile note = FormerFile.read(want.path(), answers);
        boolean secret = note != null && note.secret();
        Content content = paths.isFile(want.path()) ? content(want, want.path(), secret, answers) : null;
        boolean keptSecret = note != null && (note.keptSecret() || secret);
        Content kept = content(want, FormerFile.kept(want.path()), keptSecret, answers);
        Set<String> noted = want.restarts().stream()
                .filter(service -> RestartNote.read(service, answers))
                .collect(Collectors.toSet());
        return new FileFacts(paths, content, note, kept, strangers(want, answers), noted);
    }

    /** @param secret what linkctl put there was a secret once: it is hidden whatever is declared now */
    private static @Nullable Content content(FileWant want, String path, boolean secret, Answers answers) {
        Optional<Content> found = want.hidden()
                ? answers.to(Question.secret(path)).map(Content::of)
                : answers.to(Question.file(path)).map(text -> secret ? Content.of(new Secret(text)) : Content.of(text));
        return found.orElse(null);
    }

    /** Whether two texts are the same, be one of them hidden or not. */
    static boolean same(@Nullable Content one, @Nullable Content other) {
        if (one == null || other == null) return one == null && other == null;
        return hidden(one).equals(hidden(other));
    }

    private static Secret hidden(Content content) {
        return switch (content) {
            case Content.Plain(String text) -> new Secret(text);
            case Content.Hidden(Secret secret) -> secret;
        };
    }

    /** What the host shall note before and after linkctl's text is there. */
    FormerFile wanted(FileWant want) {
        return note == null ? FormerFile.of(want.path(), paths, want.hidden()) : note.with(want.hidden());
    }

    /** Mode and owner of the file that is there; null: there is none. */
    @Nullable
    String access(String path) {
        return paths.isFile(path) ? paths.at(path).orElseThrow().access() : null;
    }
}

package org.linkctl.engine.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/**
 * Reads many files of a host by few processes: a probe asks for some forty, and a process for each is most of what it
 * costs there. A file that cannot be read so (it changed meanwhile, is no regular file, is not UTF-8, or is too long) is
 * asked for once more by itself, so that its answer is what it would have been.
 */
public final class FileBatch {
    /** Fewer files than this take no more processes one by one. */
    private static final int LEAST = 5;

    /** Far from what one command line takes (ARG_MAX: 128 KiB and more). */
    private static final int MOST = 400;

    private static final String PROGRAM = program();
    private static final Pattern SIZE = Pattern.compile(" *([0-9]+) .*");

    private final Set<Question<?>> asked;
    private final List<Part> parts = new ArrayList<>();

    /** Files that are read together. */
    private record Part(Question.Command command, List<Question.ReadFile> files) {
        static Part of(List<Question.ReadFile> files) {
            List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", PROGRAM, "sh"));
            files.forEach(file -> words.add(file.path()));
            return new Part(Question.command(words), files);
        }
    }

    public FileBatch(Collection<Question<?>> questions) {
        asked = new LinkedHashSet<>(questions);
        List<Question.ReadFile> files = asked.stream()
                .filter(Question.ReadFile.class::isInstance)
                .map(Question.ReadFile.class::cast)
                .filter(file ->
                        file.path().startsWith("/") && file.path().chars().noneMatch(Character::isISOControl))
                .toList();
        if (files.size() < LEAST) return;
        for (int i = 0; i < files.size(); i += MOST) {
            parts.add(Part.of(files.subList(i, Math.min(files.size(), i + MOST))));
        }
    }

    /** What to ask the host. */
    public Set<Question<?>> questions() {
        Set<Question<?>> out = new LinkedHashSet<>(asked);
        for (Part part : parts) {
            part.files().forEach(out::remove);
            out.add(part.command());
        }
        return out;
    }

    /** The answers to what was to be asked; a file that has none is to be asked for by itself. */
    public Answers answers(Answers told) {
        Map<Question<?>, Answer> out = new HashMap<>(told.byQuestion());
        for (Part part : parts) {
            if (out.remove(part.command()) instanceof Answer.Output output && output.ok())
                out.putAll(read(part, output));
        }
        return new Answers(out);
    }

    private static Map<Question.ReadFile, Answer> read(Part part, Answer.Output output) {
        Map<Question.ReadFile, Answer> out = new HashMap<>();
        String text = output.stdout();
        int end = text.indexOf('\n');
        if (end != part.files().size()) return out;
        List<Question.ReadFile> there = new ArrayList<>();
        for (int i = 0; i < end; i++) {
            Question.ReadFile file = part.files().get(i);
            if (text.charAt(i) == 'a') out.put(file, new Answer.Absent());
            if (text.charAt(i) == 'f') there.add(file);
        }
        List<String> contents = contents(text.substring(end + 1).getBytes(StandardCharsets.UTF_8), there.size());
        if (contents == null) return out;
        for (int i = 0; i < there.size(); i++) out.put(there.get(i), new Answer.Text(contents.get(i)));
        return out;
    }

    /** The sizes, the contents, the sizes again. Null where they do not go together. */
    private static @Nullable List<String> contents(byte[] bytes, int count) {
        if (count == 0) return List.of();
        int lines = count == 1 ? 1 : count + 1; // wc(1) adds a total
        List<Integer> sizes = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < lines; i++) {
            int end = at;
            while (end < bytes.length && bytes[end] != '\n') end++;
            Optional<Integer> size = size(new String(bytes, at, end - at, StandardCharsets.UTF_8));
            if (end == bytes.length || size.isEmpty()) return null;
            sizes.add(size.get());
            at = end + 1;
        }
        int head = at;
        List<String> out = new ArrayList<>();
        for (int size : sizes.subList(0, count)) {
            if (size > bytes.length - at) return null;
            String content = new String(bytes, at, size, StandardCharsets.UTF_8);
            // Half a character may end one file, and the other half begin the next one.
            if (content.getBytes(StandardCharsets.UTF_8).length != size) return null;
            out.add(content);
            at += size;
        }
        String first = new String(bytes, 0, head, StandardCharsets.UTF_8);
        return first.equals(new String(bytes, at, bytes.length - at, StandardCharsets.UTF_8)) ? out : null;
    }

    private static Optional<Integer> size(String line) {
        var match = SIZE.matcher(line);
        if (!match.matches() || match.group(1).length() > 8) return Optional.empty();
        return Optional.of(Integer.valueOf(match.group(1)));
    }

    private static String program() {
        try (InputStream in = FileBatch.class.getResourceAsStream("/org/linkctl/engine/question/read-files.sh")) {
            if (in == null) throw new IllegalStateException("the build left out read-files.sh");
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.linkctl.engine.script;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/**
 * Asks by one process what differs in its last word only: a probe asks the same of each tunnel, unit and file. What the
 * answer for all does not say of one of them without doubt is asked for once more by itself.
 */
public final class CommandBatch {
    /** Far from what one command line takes (ARG_MAX: 128 KiB and more). */
    private static final int MOST = 400;

    private static final List<CommandKind> KINDS = List.of(
            new WireguardCommands(),
            new StatCommands(),
            new StatOfSeveral(),
            new AddressCommands(),
            new UnitCommands(),
            new EnabledCommands(),
            new PackageCommands());

    private final Set<Question<?>> asked;
    private final List<Part> parts = new ArrayList<>();

    /** @param single the questions that it stands for, by what each of them is about */
    private record Part(CommandKind kind, Question.Command joined, Map<String, Question.Command> single) {}

    /** Commands that go together: equal but for what they are about. */
    private record Group(CommandKind kind, List<String> words) {}

    public CommandBatch(Collection<Question<?>> questions) {
        asked = new LinkedHashSet<>(questions);
        Map<Group, Map<String, Question.Command>> groups = new LinkedHashMap<>();
        for (Question<?> question : asked) {
            if (question instanceof Question.Command command) group(command, groups);
        }
        groups.forEach(this::join);
    }

    private static void group(Question.Command command, Map<Group, Map<String, Question.Command>> groups) {
        List<String> words = command.argv().words();
        KINDS.stream()
                .filter(kind -> kind.is(words))
                .findFirst()
                .ifPresent(kind -> groups.computeIfAbsent(
                                new Group(kind, kind.common(words)), group -> new LinkedHashMap<>())
                        .put(kind.subject(words), command));
    }

    private void join(Group group, Map<String, Question.Command> single) {
        List<String> subjects = List.copyOf(single.keySet());
        for (int i = 0; i + 1 < subjects.size(); i += MOST) {
            List<String> some = subjects.subList(i, Math.min(subjects.size(), i + MOST));
            Map<String, Question.Command> part = new LinkedHashMap<>();
            some.forEach(subject -> part.put(subject, single.get(subject)));
            parts.add(new Part(group.kind(), Question.command(group.kind().joined(group.words(), some)), part));
        }
    }

    /** What to ask the host. */
    public Set<Question<?>> questions() {
        Set<Question<?>> out = new LinkedHashSet<>(asked);
        for (Part part : parts) {
            part.single().values().forEach(out::remove);
            out.add(part.joined());
        }
        return out;
    }

    /** The answers to what was to be asked; a question that has none is to be asked by itself. */
    public Answers answers(Answers told) {
        Map<Question<?>, Answer> out = new HashMap<>(told.byQuestion());
        for (Part part : parts) {
            boolean alsoAsked = asked.contains(part.joined());
            Answer answer = alsoAsked ? out.get(part.joined()) : out.remove(part.joined());
            if (!(answer instanceof Answer.Output output)) continue;
            part.kind()
                    .read(output, List.copyOf(part.single().keySet()))
                    .forEach((subject, one) -> out.put(part.single().get(subject), one));
        }
        return new Answers(out);
    }

    /** The questions to which these answers have none. */
    public Set<Question<?>> unanswered(Answers answers) {
        Set<Question<?>> out = new LinkedHashSet<>(asked);
        out.removeAll(answers.byQuestion().keySet());
        return out;
    }
}

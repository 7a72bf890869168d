package org.linkctl.modules.linux.systemd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Question;

/**
 * A service of linkctl's on a host: its files, that it runs, that it does so after a boot, and that it runs as its files
 * say. For the last it notes, when it starts, what it is started with: a restart that a failure swallowed is still a
 * difference.
 *
 * @param note where it notes the texts of its files, in their order
 * @param files with that of the unit as the last one
 */
public record KeptService(String unit, String note, List<KeptFile> files) {
    /**
     * A file of the service.
     *
     * @param mode of access, in octal
     * @param text null: it shall not be there
     */
    public record KeptFile(
            String path, String mode, @Nullable String text) {
        private Question.ReadFile question() {
            return Question.file(path);
        }
    }

    /**
     * What was found.
     *
     * @param texts of the files that are there, by path
     * @param started what it was started with; null: it is not noted
     */
    public record Found(Map<String, String> texts, @Nullable String started, UnitState state) {
        public static final Found NONE = new Found(Map.of(), null, UnitState.NONE);

        public Found {
            texts = Map.copyOf(texts);
        }

        public boolean running() {
            return state.isActive();
        }
    }

    public KeptService {
        files = List.copyOf(files);
    }

    /** That there is no such service. */
    public KeptService none() {
        return new KeptService(
                unit,
                note,
                files.stream()
                        .map(file -> new KeptFile(file.path(), file.mode(), null))
                        .toList());
    }

    /** Whether there shall be such a service. */
    public boolean isWanted() {
        return files.getLast().text() != null;
    }

    private String unitFile() {
        return files.getLast().path();
    }

    public List<Question<?>> questions() {
        List<Question<?>> out = new ArrayList<>();
        files.forEach(file -> out.add(file.question()));
        out.add(Question.file(note));
        out.add(UnitState.question(unit));
        return out;
    }

    public Found read(Answers answers) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (KeptFile file : files) {
            answers.to(file.question()).ifPresent(text -> texts.put(file.path(), text));
        }
        return new Found(texts, answers.to(Question.file(note)).orElse(null), UnitState.read(unit, answers));
    }

    /** @param stale it has to be started anew for another reason than its files */
    public List<Change> diff(Found have, boolean stale) {
        List<Change> out = new ArrayList<>();
        for (KeptFile file : files) OurFiles.diff(out, file.path(), have.texts().get(file.path()), file.text());
        UnitState state = have.state();
        if (!isWanted()) {
            if (have.started() != null) out.add(Change.file(note, have.started(), null));
            if (!state.atBoot().equals("not-found") || state.isActive())
                out.add(Change.state(unit, state.active() + ", " + state.atBoot() + " at boot", null));
            return out;
        }
        if (!state.isEnabled()) out.add(Change.state(unit + " at boot", state.atBoot(), "enabled"));
        if (!state.isActive()) out.add(Change.state(unit, state.active(), "active"));
        else if (stale || state.outdated() || !text().equals(have.started()))
            out.add(Change.state(unit, "active, as it was before", "active, as in its files"));
        return out;
    }

    private String text() {
        return files.stream().map(KeptFile::text).filter(Objects::nonNull).collect(Collectors.joining());
    }

    /** @param undone what undoes, beside its stop, what a first start does */
    public List<Step> steps(Found have, List<Change> changes, List<Argv> undone) {
        return steps(have, changes, undone, List.of());
    }

    /** @param stopped what else a removal has to do between the stop and the end of the files */
    public List<Step> steps(Found have, List<Change> changes, List<Argv> undone, List<Step> stopped) {
        if (changes.isEmpty()) return List.of();
        return isWanted() ? starting(have, changes, undone) : removing(have, changes, stopped);
    }

    private List<Step> starting(Found have, List<Change> changes, List<Argv> undone) {
        List<Step> out = new ArrayList<>();
        boolean unread = have.state().outdated();
        for (KeptFile file : files) {
            if (file.text() == null || !has(changes, Change.Kind.FILE, file.path())) continue;
            out.add(Step.put(file.path(), file.mode(), file.text()));
            unread |= file.path().equals(unitFile());
        }
        if (unread) out.add(Step.run(UnitState.RELOAD));
        if (has(changes, Change.Kind.STATE, unit + " at boot"))
            out.add(Step.run(Argv.of("systemctl", "enable", unit), Argv.of("systemctl", "disable", unit)));
        if (!has(changes, Change.Kind.STATE, unit)) return out;
        Argv restart = Argv.of("systemctl", "restart", unit);
        if (have.running()) {
            out.add(Step.run(restart, UnitState.RELOAD, restart));
        } else {
            List<Argv> undo = new ArrayList<>(List.of(Argv.of("systemctl", "stop", unit)));
            undo.addAll(undone);
            out.add(new Step.Run(restart, undo));
        }
        return out;
    }

    private List<Step> removing(Found have, List<Change> changes, List<Step> stopped) {
        List<Step> out = new ArrayList<>();
        if (has(changes, Change.Kind.STATE, unit))
            out.add(new Step.Run(
                    Argv.of("systemctl", "disable", "--now", unit),
                    UnitState.restore(unit, have.state().active(), have.state().atBoot())));
        out.addAll(stopped);
        for (Change change : changes) {
            if (change.kind() == Change.Kind.FILE) out.add(new Step.RemoveFile(change.subject()));
        }
        if (have.texts().containsKey(unitFile())) out.add(Step.run(UnitState.RELOAD));
        return out;
    }

    private static boolean has(List<Change> changes, Change.Kind kind, String subject) {
        return changes.stream().anyMatch(change -> change.is(kind, subject));
    }

    /** The files that are there and that linkctl did not make. */
    public List<String> foreign(Found have) {
        return files.stream()
                .flatMap(file -> OurFiles.foreign(file.path(), have.texts().get(file.path())).stream())
                .toList();
    }
}

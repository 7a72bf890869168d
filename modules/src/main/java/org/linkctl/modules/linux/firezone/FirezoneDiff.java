package org.linkctl.modules.linux.firezone;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.firezonefiles.Versions;
import org.linkctl.modules.linux.systemd.UnitState;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Content;
import org.linkctl.shell.Secret;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;

/** What differs of a gateway that is declared, and how it is made so. */
final class FirezoneDiff {
    /** About how long clients need to notice and to use another gateway, or the same one again. */
    private static final int AWAY_SECONDS = 15;

    private FirezoneDiff() {}

    static List<Change> changes(FirezoneWant want, FirezoneWant.Declared declared, FirezoneFacts have) {
        List<Change> out = new ArrayList<>();
        token(declared, have).ifPresent(out::add);
        OurFiles.diff(out, FirezoneService.PROGRAM, have.script(), declared.script());
        if (have.current().filter(declared.program()::equals).isEmpty()) {
            String before = have.current().map(FirezoneDiff::leading).orElse(null);
            out.add(Change.file(Versions.LINK, before, leading(declared.program())));
        }
        // Whatever shall run otherwise is planned as a restart at once: only so it waits for its stage.
        boolean stale = !declared.program().equals(have.running())
                || !have.tokenInUse()
                || isAnother(declared.token(), have.token());
        for (Change change : want.service().diff(have.service(), stale)) {
            out.add(isRestart(change, have) ? cut(want, change) : change);
        }
        return out;
    }

    /** A token that is not known, as in {@code linkctl verify}, is not taken for another one. */
    private static boolean isAnother(@Nullable Secret wanted, @Nullable Secret found) {
        return wanted != null && (found == null || !wanted.equals(found));
    }

    /** Marks what ends the sessions of the gateway's clients. */
    static Change cut(FirezoneWant want, Change change) {
        Change cut = change.after() == null ? change.cuts() : change.cuts(AWAY_SECONDS);
        return want.others() ? cut.moves() : cut;
    }

    private static boolean isRestart(Change change, FirezoneFacts have) {
        return have.service().running() && change.is(Change.Kind.STATE, FirezoneService.UNIT);
    }

    private static String leading(String program) {
        return "-> " + program + "\n";
    }

    private static Optional<Change> token(FirezoneWant.Declared declared, FirezoneFacts have) {
        Secret wanted = declared.token();
        Secret found = have.token();
        if (wanted == null) {
            String hidden = found == null ? null : "(hidden)\n";
            return Optional.of(Change.file(FirezoneService.TOKEN, hidden, Change.UNKNOWN + "\n"));
        }
        boolean guarded = have.access().equals(FirezoneFacts.PRIVATE);
        if (found != null && wanted.equals(found) && guarded) return Optional.empty();
        String before = found == null
                ? null
                : declared.show(found).strip() + (guarded ? "" : ", mode, owner and group " + have.access()) + "\n";
        return Optional.of(Change.file(FirezoneService.TOKEN, before, declared.show(wanted)));
    }

    static List<Step> steps(
            FirezoneWant want, FirezoneWant.Declared declared, FirezoneFacts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        Secret token = declared.token();
        for (Change change : changes) {
            if (change.is(Change.Kind.FILE, FirezoneService.TOKEN) && token != null)
                out.add(new Step.PutFile(FirezoneService.TOKEN, "0600", Content.of(token)));
            if (change.is(Change.Kind.FILE, FirezoneService.PROGRAM))
                out.add(Step.put(FirezoneService.PROGRAM, "0755", declared.script()));
            if (change.is(Change.Kind.FILE, Versions.LINK)) out.add(new Step.Link(Versions.LINK, declared.program()));
        }
        for (Step step : want.service().steps(have.service(), changes, List.of())) {
            out.add(step instanceof Step.Run run && isRestart(run.argv()) ? start(have) : step);
        }
        return out;
    }

    private static boolean isRestart(Argv argv) {
        return argv.words().equals(List.of("systemctl", "restart", FirezoneService.UNIT));
    }

    /** Sees itself whether the gateway is ready, and goes back where it is not: no failure here waits for the run's end. */
    private static Step start(FirezoneFacts have) {
        List<String> words = new ArrayList<>(List.of(FirezoneService.PROGRAM, "start"));
        boolean running = have.service().running();
        if (running && have.running() != null) words.add(have.running());
        List<Argv> undo = running
                ? List.of(UnitState.RELOAD, Argv.of(FirezoneService.PROGRAM, "again"))
                : List.of(Argv.of("systemctl", "stop", FirezoneService.UNIT));
        return new Step.Run(new Argv(words), undo);
    }
}

package org.linkctl.modules.linux.firezone;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.firezonefiles.Versions;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;

/** How a gateway is taken away, with all versions of its program and what it has kept. */
final class FirezoneGone {
    private static final String RULES =
            ShellFile.of(FirezoneGone.class, "rules-gone.sh").text();

    private FirezoneGone() {}

    static List<Change> changes(FirezoneWant want, FirezoneFacts have) {
        List<Change> out = new ArrayList<>();
        for (Change change : want.service().diff(have.service(), false)) {
            boolean ends = have.service().running() && change.is(Change.Kind.STATE, FirezoneService.UNIT);
            out.add(ends ? FirezoneDiff.cut(want, change) : change);
        }
        OurFiles.diff(out, FirezoneService.PROGRAM, have.script(), null);
        if (have.running() != null) out.add(Change.file(FirezoneService.RUNNING, have.running() + "\n", null));
        have.versions().current().ifPresent(target -> out.add(Change.file(Versions.LINK, "-> " + target + "\n", null)));
        for (Versions.Program program : have.versions().programs()) {
            out.add(Change.file(program.path(), "(version " + Versions.versionOf(program.path()) + ")\n", null));
        }
        if (have.token() != null) out.add(Change.file(FirezoneService.TOKEN, "(hidden)\n", null));
        return out;
    }

    static List<Step> steps(FirezoneWant want, FirezoneFacts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        List<Step> ofService = want.service().steps(have.service(), changes, List.of());
        out.addAll(ofService);
        changes.stream()
                .filter(change -> change.kind() == Change.Kind.FILE)
                .map(change -> new Step.RemoveFile(change.subject()))
                .filter(step -> !ofService.contains(step))
                .forEach(out::add);
        List<String> folders = new ArrayList<>();
        for (Versions.Program program : have.versions().programs()) {
            folders.add(Versions.folder(Versions.versionOf(program.path())));
        }
        folders.addAll(
                List.of(Versions.FOLDER, "/usr/local/lib/linkctl", FirezoneService.CONFIGURATION, "/etc/linkctl"));
        out.add(OurFiles.unfold(folders));
        out.add(Step.run("sh", "-c", RULES, "sh"));
        // What it keeps is an id that it does not use, since it makes that anew, and logs of connections not sent yet.
        List<String> words = new ArrayList<>(List.of("rm", "-rf"));
        words.addAll(FirezoneService.STATE);
        out.add(new Step.Run(new Argv(words), List.of()));
        return out;
    }
}

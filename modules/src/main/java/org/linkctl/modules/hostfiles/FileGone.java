package org.linkctl.modules.hostfiles;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.shell.Content;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;
import org.linkctl.spi.Refused;

/** How a file that is no longer declared is taken away, and what was there before is given back. */
final class FileGone {
    private FileGone() {}

    /** Without a note linkctl has written nothing. What is no file any more was put there by somebody else. */
    static List<Change> changes(FileWant want, FileFacts have) {
        List<Change> out = new ArrayList<>();
        FormerFile former = have.note();
        if (former == null) return out;
        String path = want.path();
        refuse(want, have.paths());
        boolean others = !have.paths().isFile(path) && have.paths().at(path).isPresent();
        Content now = have.content();
        Content then = former.access() == null ? null : have.kept();
        if (!others && former.access() == null && now != null) out.add(Change.file(path, want.shown(now), null));
        if (!others && former.access() != null && then != null) {
            if (!FileFacts.same(then, now))
                out.add(Change.file(path, now == null ? null : want.shown(now), want.shown(then)));
            out.addAll(FileDiff.access(path, have.access(path), former.access(), want));
        }
        if (have.kept() != null)
            out.add(Change.file(FormerFile.kept(path), "(as " + path + " was before linkctl)\n", null));
        out.add(Change.file(FormerFile.note(path), former.text(), null));
        return out;
    }

    /** Nothing is given back, nor removed, in a folder that has come to be somebody else's. */
    private static void refuse(FileWant want, PathState found) {
        for (String part : PathState.parts(want.path())) {
            if (part.equals(want.path()) || !found.isFolder(part)) continue;
            if (!found.at(part).orElseThrow().isRoots())
                throw new Refused(
                        part + " is " + found.at(part).orElseThrow().access() + " there: others than root may write in"
                                + " it; give it to root alone, or remove " + want.path() + " by hand, and "
                                + FormerFile.note(want.path()));
        }
    }

    static List<Step> steps(FileWant want, FileFacts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        FormerFile former = have.note();
        if (changes.isEmpty() || former == null) return out;
        String path = want.path();
        if (former.access() != null) out.addAll(FileDiff.put(path, have.kept(), former.access(), have, changes));
        for (Change change : changes) {
            if (change.kind() == Change.Kind.FILE && change.after() == null)
                out.add(new Step.RemoveFile(change.subject()));
        }
        if (!former.folders().isEmpty()) out.add(OurFiles.unfold(former.folders()));
        return out;
    }
}

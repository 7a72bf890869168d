package org.linkctl.modules.hostfiles;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Content;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;
import org.linkctl.spi.Refused;

/** What differs of a file that is declared, and how it is made so. */
final class FileDiff {
    private FileDiff() {}

    static List<Change> changes(FileWant want, FileWant.Declared declared, FileFacts have) {
        refuse(want, have.paths());
        if (!have.strangers().isEmpty())
            throw new Refused("the host has no " + String.join(" and no ", have.strangers()) + ", for " + want.path());
        List<Change> out = new ArrayList<>();
        if (keeps(have)) {
            String before = have.kept() == null ? null : want.shown(have.kept());
            out.add(Change.file(FormerFile.kept(want.path()), before, "(as " + want.path() + " is now)\n"));
        }
        FormerFile note = have.wanted(want);
        if (!note.equals(have.note())) {
            String before = have.note() == null ? null : have.note().text();
            out.add(Change.file(FormerFile.note(want.path()), before, note.text()));
        }
        List<Change> file = new ArrayList<>(access(want.path(), have.access(want.path()), declared.access(), want));
        text(want, declared, have).ifPresent(file::addFirst);
        if (!file.isEmpty()) {
            for (String service : unnoted(want, have)) out.add(RestartNote.made(service));
        }
        out.addAll(file);
        return out;
    }

    /** Whether the file itself is changed, and not only what is noted of it. */
    static boolean touches(FileWant want, FileFacts have) {
        return want.declared() != null
                && changes(want, want.declared(), have).stream()
                        .anyMatch(change -> change.subject().equals(want.path()) || change.kind() == Change.Kind.STATE);
    }

    private static List<String> unnoted(FileWant want, FileFacts have) {
        return want.restarts().stream()
                .filter(service -> !have.noted().contains(service))
                .toList();
    }

    /** The former text is kept once, before linkctl's first change; a run that died in between has kept it already. */
    private static boolean keeps(FileFacts have) {
        return have.note() == null && have.content() != null && !FileFacts.same(have.content(), have.kept());
    }

    private static void refuse(FileWant want, PathState found) {
        for (String part : PathState.parts(want.path())) {
            PathState.Entry entry = found.at(part).orElse(null);
            if (entry == null) return;
            boolean last = part.equals(want.path());
            if (entry.kind() == PathState.Kind.LINK) {
                throw new Refused(
                        part + " is a symbolic link there: declare the path that it leads to, or remove the link");
            }
            if (last && entry.kind() != PathState.Kind.FILE) {
                throw new Refused(part + " is "
                        + (entry.kind() == PathState.Kind.FOLDER ? "a folder" : "no regular file")
                        + " there: declare another path, or remove it");
            }
            if (!last && entry.kind() != PathState.Kind.FOLDER) {
                throw new Refused(part + " is no folder there: " + want.path() + " cannot lie in it");
            }
            if (!last && !entry.isRoots()) {
                throw new Refused(
                        part + " is " + entry.access() + " there: others than root may write in it, and could have"
                                + " linkctl write elsewhere by a link; declare a path in folders of root's");
            }
        }
    }

    private static Optional<Change> text(FileWant want, FileWant.Declared declared, FileFacts have) {
        Content now = have.content();
        Content then = declared.content();
        if (then == null) {
            String hidden = now == null ? null : "(hidden)\n";
            return Optional.of(Change.file(want.path(), hidden, Change.UNKNOWN + "\n"));
        }
        if (FileFacts.same(then, now)) return Optional.empty();
        return Optional.of(Change.file(want.path(), now == null ? null : want.shown(now), want.shown(then)));
    }

    /** Of a new file only what is not as with most files is told. */
    static List<Change> access(String path, @Nullable String now, String then, FileWant want) {
        String usual = "0644 root:" + FileWant.rootGroup(want.system());
        String known = now == null ? usual : now;
        List<Change> out = new ArrayList<>();
        if (!mode(known).equals(mode(then)))
            out.add(Change.state(path + " mode", now == null ? null : mode(now), mode(then)));
        if (!owner(known).equals(owner(then)))
            out.add(Change.state(path + " owner", now == null ? null : owner(now), owner(then)));
        return out;
    }

    private static String mode(String access) {
        return access.substring(0, access.indexOf(' '));
    }

    private static String owner(String access) {
        return access.substring(access.indexOf(' ') + 1);
    }

    static List<Step> steps(FileWant want, FileWant.Declared declared, FileFacts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        if (changes.isEmpty()) return out;
        if (keeps(have) && have.content() != null)
            out.add(new Step.PutFile(FormerFile.kept(want.path()), "0600", have.content()));
        String path = want.path();
        List<Step> put = new ArrayList<>();
        if (touches(want, have)) unnoted(want, have).forEach(service -> put.add(RestartNote.make(service)));
        put.addAll(put(path, declared.content(), declared.access(), have, changes));
        // While the file holds a secret, the note says so.
        FormerFile note = have.wanted(want);
        boolean last = have.note() != null && !note.secret();
        if (last) out.addAll(put);
        if (!note.equals(have.note())) out.add(Step.put(FormerFile.note(path), "0600", note.text()));
        if (!last) out.addAll(put);
        return out;
    }

    /**
     * Puts text, mode and owner in place, as far as there are changes of them. What is put anew gets its owner each time: a
     * folder may give it its own group.
     */
    static List<Step> put(String path, @Nullable Content content, String access, FileFacts have, List<Change> changes) {
        String now = have.access(path);
        boolean texts = changes.stream().anyMatch(change -> change.is(Change.Kind.FILE, path));
        if (texts && content != null) {
            return List.of(new Step.PutFile(path, mode(access), content), Step.run("chown", "-h", owner(access), path));
        }
        List<Step> out = new ArrayList<>();
        if (now == null) return out;
        if (changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, path + " owner")))
            out.add(Step.run(Argv.of("chown", "-h", owner(access), path), Argv.of("chown", "-h", owner(now), path)));
        if (changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, path + " mode")))
            out.add(Step.run(Argv.of("chmod", mode(access), path), Argv.of("chmod", mode(now), path)));
        return out;
    }
}

package org.linkctl.modules.linux.stack;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;

/** The files of a network stack, wanted against found. */
public final class StackDiff {
    private StackDiff() {}

    /**
     * Adds what differs, and the removal of files of ours that are wanted no longer.
     *
     * @param ours tells, by path and content, the files of one resource from those of others
     */
    public static void files(
            Map<String, String> wanted, Map<String, String> found, BiPredicate<String, String> ours, List<Change> out) {
        wanted.forEach((path, text) -> {
            String now = found.get(path);
            if (!text.equals(now)) out.add(Change.file(path, now, text));
        });
        found.forEach((path, text) -> {
            if (ours.test(path, text) && !wanted.containsKey(path)) out.add(Change.file(path, text, null));
        });
    }

    /** The folder of a drop-in goes with the last file in it (rmdir(1)). */
    private static Optional<Step> folder(String path) {
        String folder = path.substring(0, path.lastIndexOf('/'));
        return folder.endsWith(".network.d") || folder.endsWith(".service.d")
                ? Optional.of(Step.run("rmdir", "--ignore-fail-on-non-empty", folder))
                : Optional.empty();
    }

    /** Adds the steps for changed files; whether there were any. */
    public static boolean write(NetworkStack stack, List<Change> changes, List<Step> out) {
        boolean any = false;
        for (Change change : changes) {
            if (change.kind() != Change.Kind.FILE) continue;
            String text = change.after();
            out.add(
                    text == null
                            ? new Step.RemoveFile(change.subject())
                            : Step.put(change.subject(), stack.mode(change.subject()), text));
            if (text == null) folder(change.subject()).ifPresent(out::add);
            any = true;
        }
        return any;
    }
}

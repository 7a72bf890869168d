package org.linkctl.modules.hostusers;

import java.util.List;
import org.linkctl.model.Os;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;

/**
 * Takes an account away so that an undo brings it back whole, with its password, its expiry and its groups: the files that have
 * the accounts are packed before, and put back. The package is root's alone, never leaves the host, and goes with the run.
 */
final class SavedAccounts {
    private static final String SAVE = "umask 077; saved=$1; shift; cd /etc || exit 1; "
            + "for file; do shift; [ ! -f \"$file\" ] || set -- \"$@\" \"$file\"; done; tar -cf \"$saved\" \"$@\"";

    /** Each file comes into its place by rename(2). SELinux gives it the label of that place (restorecon(8)). */
    private static final String RESTORE =
            "folder=$(mktemp -d /etc/linkctl.XXXXXXXXXX) && tar -xpf \"$1\" -C \"$folder\" || exit 1; "
                    + "for file in passwd group gshadow subuid subgid shadow; do "
                    + "[ ! -f \"$folder/$file\" ] || mv -f \"$folder/$file\" \"/etc/$file\" || exit 1; "
                    + "! command -v restorecon >/dev/null || restorecon \"/etc/$file\" 2>/dev/null || :; done; rmdir \"$folder\"";

    /** pwd_mkdb(8) makes passwd(5) and the databases of the file, and moves it into its place. */
    private static final String RESTORE_FREEBSD =
            "folder=$(mktemp -d /etc/linkctl.XXXXXXXXXX) && tar -xpf \"$1\" -C \"$folder\" "
                    + "|| exit 1; mv -f \"$folder/group\" /etc/group && pwd_mkdb -p \"$folder/master.passwd\" && rmdir \"$folder\"";

    private SavedAccounts() {}

    static List<Step> around(Os system, String name, Argv removal) {
        String saved = UserNote.path(name) + "=accounts";
        boolean linux = system == Os.LINUX;
        Argv save = linux
                ? Argv.of("sh", "-c", SAVE, "sh", saved, "passwd", "shadow", "group", "gshadow", "subuid", "subgid")
                : Argv.of("sh", "-c", SAVE, "sh", saved, "master.passwd", "group");
        Argv restore = Argv.of("sh", "-c", linux ? RESTORE : RESTORE_FREEBSD, "sh", saved);
        return List.of(Step.run(save, restore), Step.run(removal), new Step.RemoveFile(saved));
    }
}

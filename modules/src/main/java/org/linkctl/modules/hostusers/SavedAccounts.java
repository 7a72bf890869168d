package org.linkctl.modules.hostusers;

import java.util.List;
import org.linkctl.model.Os;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;

/**
 * Takes an account away so that an undo brings it back whole, with its password, its expiry and its groups: the files that have
 * the accounts are packed before, and put back. The package is root's alone, never leaves the host, and goes with the run.
 */
final class SavedAccounts {
    private static final String SAVE = program("save-accounts.sh");
    private static final String RESTORE = program("restore-accounts.sh");
    private static final String RESTORE_FREEBSD = program("restore-accounts-by-pwd-mkdb.sh");

    private SavedAccounts() {}

    private static String program(String name) {
        return ShellFile.of(SavedAccounts.class, name).text();
    }

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

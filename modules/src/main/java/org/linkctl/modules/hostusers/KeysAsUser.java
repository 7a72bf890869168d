package org.linkctl.modules.hostusers;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.model.Os;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;

/**
 * Puts linkctl's part of a user's authorized keys in place, with the rights of that user alone: the home is the user's, who may
 * have a link there lead anywhere at any time. Lines of others stay on the host, and stay as they are.
 */
final class KeysAsUser {
    private static final String KEYS =
            ShellFile.of(KeysAsUser.class, "own-keys.sh").text();

    private static final String AS_USER =
            ShellFile.of(KeysAsUser.class, "as-user.sh").text();

    private KeysAsUser() {}

    static Step step(Os system, String name, String file, List<String> keys, List<String> before) {
        return Step.run(words(system, name, file, keys), words(system, name, file, before));
    }

    private static Argv words(Os system, String name, String file, List<String> keys) {
        List<String> out = new ArrayList<>(
                system == Os.LINUX ? List.of("runuser", "-u", name, "--") : List.of("sh", "-c", AS_USER, "sh", name));
        out.addAll(List.of("sh", "-c", KEYS, "sh", file, OwnKeys.BEGIN, OwnKeys.END));
        out.addAll(keys);
        return new Argv(out);
    }
}

package org.linkctl.modules.hostusers;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.model.Os;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;

/**
 * Puts linkctl's part of a user's authorized keys in place, with the rights of that user alone: the home is the user's, who may
 * have a link there lead anywhere at any time. Lines of others stay on the host, and stay as they are.
 */
final class KeysAsUser {
    /** The words are the file, the two marks, and the keys. Nothing is left of a file without a line, nor of its folder. */
    private static final String SCRIPT = "set -e; umask 077; cd \"${1%/*/*}\"; begin=$2 end=$3; shift 3; "
            + "file=.ssh/authorized_keys new=.ssh/authorized_keys.new; "
            + "[ -d .ssh ] || { [ $# -gt 0 ] || exit 0; mkdir .ssh; }; rm -f \"$new\"; "
            + "{ [ ! -e \"$file\" ] || awk -v b=\"$begin\" -v e=\"$end\" "
            + "'$0 == b { own = 1; next } $0 == e { own = 0; next } !own' \"$file\"; "
            + "[ $# -eq 0 ] || printf '%s\\n' \"$begin\" \"$@\" \"$end\"; } >\"$new\"; "
            + "if [ -s \"$new\" ]; then mv -f \"$new\" \"$file\"; "
            + "else rm -f \"$new\" \"$file\"; rmdir .ssh 2>/dev/null || :; fi";

    /** chroot(8) of FreeBSD gives rights up as words; its su(1) would have a login shell read them. */
    private static final String FREEBSD = "user=$1; shift; group=$(id -g \"$user\") || exit 1; "
            + "exec chroot -u \"$user\" -g \"$group\" -G \"$group\" / \"$@\"";

    private KeysAsUser() {}

    static Step step(Os system, String name, String file, List<String> keys, List<String> before) {
        return Step.run(words(system, name, file, keys), words(system, name, file, before));
    }

    private static Argv words(Os system, String name, String file, List<String> keys) {
        List<String> out = new ArrayList<>(
                system == Os.LINUX ? List.of("runuser", "-u", name, "--") : List.of("sh", "-c", FREEBSD, "sh", name));
        out.addAll(List.of("sh", "-c", SCRIPT, "sh", file, OwnKeys.BEGIN, OwnKeys.END));
        out.addAll(keys);
        return new Argv(out);
    }
}

package org.linkctl.modules.freebsd.carpactions;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.model.Vip;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.files.Programs;
import org.linkctl.modules.freebsd.rc.RcProgram;
import org.linkctl.modules.freebsd.vip.VipState;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.shell.Argv;
import org.linkctl.shell.ShellTemplate;

/** The script that runs the inventory's programs, and the one by which rc(8) runs it at boot. POSIX sh. */
final class CarpActionsScript {
    static final String RC = "/usr/local/etc/rc.d/linkctl_carp_actions";
    private static final String NOTES = "/var/run/linkctl/carp";

    private static final ShellTemplate PROGRAM = ShellFile.of(CarpActionsScript.class, "carp-actions.sh");

    private static final ShellTemplate RC_PROGRAM = ShellFile.of(CarpActionsScript.class, "rc.sh");

    /** Seconds. What takes longer, as a daemon does, has to go into the background by itself. */
    private static final int LIMIT = 60;

    private CarpActionsScript() {}

    /** The file that says what was run last for a vhid. */
    static String note(Vip vip) {
        return NOTES + "/" + vip.on() + "-" + vip.id();
    }

    /** What stands there once everything was run that a host has to run as this. */
    static String noted(Vip vip, Vip.Role role) {
        return Stream.concat(
                        Stream.of(role.name()),
                        vip.actions().stream()
                                .filter(action -> action.role() == role)
                                .map(action -> String.join(" ", words(action))))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static List<String> words(Vip.Action action) {
        return Stream.concat(Stream.of(action.program()), action.arguments().stream())
                .toList();
    }

    /** None where there is nothing to run. */
    static RcProgram.Texts texts(List<Vip> vips) {
        return vips.isEmpty() ? RcProgram.Texts.NONE : new RcProgram.Texts(script(vips), rc());
    }

    static String script(List<Vip> vips) {
        return PROGRAM.lines("MARK", List.of(OurFiles.MARK))
                .words("VIPS", vips.stream().map(CarpActionsScript::named).toList())
                .word("NOTES", NOTES)
                .word("LIMIT", Integer.toString(LIMIT))
                .word(
                        "PATIENCE",
                        Integer.toString(VipState.patience(vips.stream().map(Vip::seconds))))
                .lines(
                        "ACTIONS",
                        vips.stream().flatMap(CarpActionsScript::actions).toList())
                .text();
    }

    private static String named(Vip vip) {
        return vip.on() + "/" + vip.id();
    }

    /** The lines of a case for each role that something is run in. */
    private static Stream<String> actions(Vip vip) {
        return Stream.of(Vip.Role.values())
                .filter(role -> vip.actions().stream().anyMatch(action -> action.role() == role))
                .flatMap(role -> Stream.of(
                                Stream.of(named(vip) + "/" + role + ")"), calls(vip, role), Stream.of("    ;;"))
                        .flatMap(lines -> lines));
    }

    private static Stream<String> calls(Vip vip, Vip.Role role) {
        return vip.actions().stream()
                .filter(action -> action.role() == role)
                .map(action -> "    \"$2\" " + new Argv(words(action)).render());
    }

    static String rc() {
        return RC_PROGRAM
                .lines("MARK", List.of(OurFiles.MARK))
                .word("PATH", Programs.CARP_ACTIONS)
                .text();
    }
}

package org.linkctl.modules.freebsd.carpactions;

import java.util.List;
import org.linkctl.model.Vip;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.files.Programs;
import org.linkctl.modules.freebsd.rc.RcProgram;
import org.linkctl.modules.freebsd.vip.VipState;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.modules.vipactions.VipActions;
import org.linkctl.shell.ShellTemplate;

/** The script that runs the inventory's programs, and the one by which rc(8) runs it at boot. POSIX sh. */
final class CarpActionsScript {
    static final String RC = "/usr/local/etc/rc.d/linkctl_carp_actions";
    static final String NOTES = "/var/run/linkctl/carp";

    private static final ShellTemplate PROGRAM = ShellFile.of(CarpActionsScript.class, "carp-actions.sh");

    private static final ShellTemplate RC_PROGRAM = ShellFile.of(CarpActionsScript.class, "rc.sh");

    private CarpActionsScript() {}

    /** None where there is nothing to run. */
    static RcProgram.Texts texts(List<Vip> vips) {
        return vips.isEmpty() ? RcProgram.Texts.NONE : new RcProgram.Texts(script(vips), rc());
    }

    static String script(List<Vip> vips) {
        return PROGRAM.lines("MARK", List.of(OurFiles.MARK))
                .words("VIPS", vips.stream().map(CarpActionsScript::named).toList())
                .word("NOTES", NOTES)
                .word("LIMIT", Integer.toString(VipActions.LIMIT))
                .word(
                        "PATIENCE",
                        Integer.toString(VipState.patience(vips.stream().map(Vip::seconds))))
                .lines("ACTIONS", new VipActions(vips, NOTES).cases())
                .text();
    }

    private static String named(Vip vip) {
        return vip.on() + "/" + vip.id();
    }

    static String rc() {
        return RC_PROGRAM
                .lines("MARK", List.of(OurFiles.MARK))
                .word("PATH", Programs.CARP_ACTIONS)
                .text();
    }
}

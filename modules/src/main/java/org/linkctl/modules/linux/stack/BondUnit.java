package org.linkctl.modules.linux.stack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;

/**
 * Makes a bond before systemd-networkd starts, with the commands that made it live. networkd itself enslaves the members
 * as their links happen to get ready (eth3 eth2 eth1 where eth1 eth2 eth3 was declared, seen with systemd 252), and by
 * their order the kernel chooses the member that a flow leaves by. What is there networkd takes as it is; a member that
 * was not found in time it enslaves when it comes.
 */
public final class BondUnit {
    private static final String FOLDER = "/etc/systemd/system/";

    /** Seconds until a boot goes on without a member that is not there. */
    private static final int PATIENCE = 20;

    private BondUnit() {}

    /** Valid in the name of a unit: what is valid in an interface's and not there is escaped (systemd.unit(5)). */
    private static String unit(String bond) {
        return "linkctl-bond-" + bond.replace("+", "\\x2b").replace("=", "\\x3d") + ".service";
    }

    public static boolean isOne(String path) {
        return path.startsWith(FOLDER);
    }

    static Map<String, String> files(BondConfig bond) {
        String unit = unit(bond.name());
        Map<String, String> out = new LinkedHashMap<>();
        out.put(FOLDER + unit, text(bond));
        out.put(
                FOLDER + "systemd-networkd.service.d/linkctl-bond-" + bond.name() + ".conf",
                OurFiles.MARK + "\n[Unit]\nWants=" + unit + "\nAfter=" + unit + "\n");
        return out;
    }

    private static String text(BondConfig bond) {
        StringBuilder out = new StringBuilder(OurFiles.MARK)
                .append("\n[Unit]\nDescription=linkctl: makes ")
                .append(bond.name())
                .append(", its members in order\nDefaultDependencies=no\n")
                .append("After=systemd-udevd.service systemd-udev-trigger.service systemd-modules-load.service\n")
                .append("Before=systemd-networkd.service\n")
                // A restart of networkd is no reason to touch a bond that runs.
                .append("ConditionPathExists=!/sys/class/net/")
                .append(bond.name())
                .append("\n\n[Service]\nType=oneshot\n");
        // Each may fail: a bond without one of its members is better than none.
        out.append("ExecStart=-").append(wait(bond.members())).append('\n');
        for (Step.Run command : bond.creation())
            out.append("ExecStart=-").append(command.argv()).append('\n');
        return out.toString();
    }

    /**
     * Until udev is done with them, and with it their names: udevadm(8). {@code wait} came with systemd 251; before, udevadm
     * knows no such command, and what can be waited for is the end of all that udev has begun with. Interface names, as the
     * checks take them, mean nothing more to a shell.
     */
    private static Argv wait(List<String> members) {
        StringBuilder script = new StringBuilder("udevadm wait --timeout=" + PATIENCE + " --initialized=true");
        members.forEach(member -> script.append(" /sys/class/net/").append(member));
        script.append(" || udevadm settle --timeout=").append(PATIENCE);
        return Argv.of("/bin/sh", "-c", script.toString());
    }
}

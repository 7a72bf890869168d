package org.linkctl.modules.freebsd.tunnelwatch;

import java.util.List;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.files.Programs;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.shell.ShellTemplate;

/** The watcher of a route's tunnels, and the script by which rc(8) runs it under daemon(8). */
final class TunnelWatchScript {
    private static final ShellTemplate PROGRAM = ShellFile.of(TunnelWatchScript.class, "watch-tunnels.sh");

    private static final ShellTemplate RC = ShellFile.of(TunnelWatchScript.class, "rc.sh");

    private TunnelWatchScript() {}

    /** rc.subr(8) makes variables of it: of what a site's name may hold, letters and digits alone can stay. */
    static String service(String label) {
        return "linkctl_watch_" + label.replaceAll("[^A-Za-z0-9]", "_");
    }

    static String path(String label) {
        return "/usr/local/lib/linkctl/watch-" + label;
    }

    static String rcPath(String label) {
        return "/usr/local/etc/rc.d/" + service(label);
    }

    static String script(TunnelWatchModule.Want want) {
        return PROGRAM.lines("MARK", List.of(OurFiles.MARK))
                .word("LABEL", want.label())
                .word("ROUTE", Programs.route(want.label()))
                .word("DEAD", Programs.ROUTE_STATE + "/dead")
                .words(
                        "TARGETS",
                        want.peers().stream()
                                .map(peer -> peer.tunnel() + "/" + peer.address())
                                .toList())
                .text();
    }

    static String rc(TunnelWatchModule.Want want) {
        return RC.lines("MARK", List.of(OurFiles.MARK))
                .word("NAME", service(want.label()))
                .word("LABEL", want.label())
                .word("SCRIPT", path(want.label()))
                .words(
                        "TUNNELS",
                        want.peers().stream()
                                .map(peer -> Programs.tunnelService(peer.tunnel()))
                                .toList())
                .text();
    }
}

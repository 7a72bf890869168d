package org.linkctl.modules.freebsd.tunnelwatch;

import java.util.List;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.files.Programs;
import org.linkctl.modules.freebsd.rc.RcProgram;
import org.linkctl.modules.routes.RouteProgram;
import org.linkctl.modules.routes.WatchedRoute;
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

    static String rcPath(String label) {
        return "/usr/local/etc/rc.d/" + service(label);
    }

    /** None where the route has no watcher. */
    static RcProgram.Texts texts(WatchedRoute route) {
        return route.watched() ? new RcProgram.Texts(script(route), rc(route)) : RcProgram.Texts.NONE;
    }

    static String script(WatchedRoute route) {
        return PROGRAM.lines("MARK", List.of(OurFiles.MARK))
                .word("LABEL", route.label())
                .word("ROUTE", RouteProgram.path(route.label()))
                .word("DEAD", Programs.ROUTE_STATE.folder() + "/dead")
                .words("TARGETS", route.targets())
                .word("PAUSE", route.pause())
                .text();
    }

    static String rc(WatchedRoute route) {
        return RC.lines("MARK", List.of(OurFiles.MARK))
                .word("NAME", service(route.label()))
                .word("LABEL", route.label())
                .word("SCRIPT", route.program())
                .words(
                        "TUNNELS",
                        route.tunnels().stream().map(Programs::tunnelService).toList())
                .text();
    }
}

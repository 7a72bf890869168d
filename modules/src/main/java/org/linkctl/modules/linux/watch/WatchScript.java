package org.linkctl.modules.linux.watch;

import java.util.List;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.linux.systemd.UnitState;
import org.linkctl.modules.routes.RouteProgram;
import org.linkctl.modules.routes.WatchedRoute;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.shell.ShellTemplate;

/** The watcher of a route's tunnels and the service that runs it. POSIX sh: dash and busybox will do. */
final class WatchScript {
    private static final ShellTemplate PROGRAM = ShellFile.of(WatchScript.class, "watch-tunnels.sh");

    private WatchScript() {}

    static KeptService service(WatchedRoute route) {
        String unit = unit(route.label());
        return new KeptService(
                unit,
                "/run/linkctl/" + unit,
                List.of(
                        new KeptService.KeptFile(route.program(), "0755", script(route)),
                        new KeptService.KeptFile(UnitState.path(unit), "0644", unitText(route))));
    }

    static String unit(String label) {
        return "linkctl-watch-" + label + ".service";
    }

    static String script(WatchedRoute route) {
        String unit = unit(route.label());
        return PROGRAM.lines("MARK", List.of(OurFiles.MARK))
                .word("LABEL", route.label())
                .word("NAME", "watch-" + route.label())
                .word("UNIT", unit)
                .word("UNITFILE", UnitState.path(unit))
                .word("ROUTE", RouteProgram.path(route.label()))
                .words("TARGETS", route.targets())
                .word("PAUSE", route.pause())
                .text();
    }

    static String unitText(WatchedRoute route) {
        return """
            %1$s
            [Unit]
            Description=linkctl: keeps the routes %2$s to the tunnels that answer
            After=network-online.target
            StartLimitIntervalSec=0

            [Service]
            ExecStartPre=%3$s note
            ExecStart=%3$s run
            Restart=always
            RestartSec=1

            [Install]
            WantedBy=multi-user.target
            """.formatted(OurFiles.MARK, route.label(), route.program());
    }
}

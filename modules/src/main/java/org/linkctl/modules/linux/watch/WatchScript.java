package org.linkctl.modules.linux.watch;

import java.util.List;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.files.Programs;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.linux.systemd.UnitState;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.shell.ShellTemplate;

/** The watcher of a route's tunnels and the service that runs it. POSIX sh: dash and busybox will do. */
final class WatchScript {
    private static final ShellTemplate PROGRAM = ShellFile.of(WatchScript.class, "watch-tunnels.sh");

    private WatchScript() {}

    static KeptService service(WatchModule.Want want) {
        String unit = unit(want.label());
        return new KeptService(
                unit,
                "/run/linkctl/" + unit,
                List.of(
                        new KeptService.KeptFile(path(want.label()), "0755", script(want)),
                        new KeptService.KeptFile(UnitState.path(unit), "0644", unitText(want))));
    }

    static String path(String label) {
        return "/usr/local/lib/linkctl/watch-" + label;
    }

    static String unit(String label) {
        return "linkctl-watch-" + label + ".service";
    }

    static String script(WatchModule.Want want) {
        String unit = unit(want.label());
        return PROGRAM.lines("MARK", List.of(OurFiles.MARK))
                .word("LABEL", want.label())
                .word("NAME", "watch-" + want.label())
                .word("UNIT", unit)
                .word("UNITFILE", UnitState.path(unit))
                .word("ROUTE", Programs.route(want.label()))
                .words(
                        "TARGETS",
                        want.peers().stream()
                                .map(peer -> peer.tunnel() + "/" + peer.address())
                                .toList())
                .text();
    }

    static String unitText(WatchModule.Want want) {
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
            """.formatted(OurFiles.MARK, want.label(), path(want.label()));
    }
}

package org.linkctl.modules.linux.watch;

import java.util.stream.Collectors;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.files.Programs;
import org.linkctl.modules.linux.systemd.UnitState;
import org.linkctl.modules.wireguard.WatchLoop;
import org.linkctl.shell.Argv;

/** The watcher of a route's tunnels and the service that runs it. POSIX sh: dash and busybox will do. */
final class WatchScript {
    private static final String SCRIPT = """
            #!/bin/sh
            @MARK@
            # Asks for an answer over each tunnel of @LABEL@ once a second. Three misses in a row take a tunnel out of
            # the routes, three answers in a row put it back.
            # usage: @NAME@ note | run
            PATH=/usr/sbin:/usr/bin:/sbin:/bin
            export PATH
            unit=@UNIT@
            route=@ROUTE@
            dead=/run/linkctl/dead
            tunnels='@TUNNELS@'
            limit=3

            mkdir -p $dead || exit
            case $1 in
                note) exec cat "$0" "@UNITFILE@" >"/run/linkctl/$unit" ;; # tells what is started
                run) ;;
                *) echo "usage: $0 note | run" >&2; exit 2 ;;
            esac

            @LOOP@""";

    private static final String LINKS = """
            links() { # which of the interfaces are there, and up
                local tunnel flags
                for tunnel in $tunnels; do
                    read -r flags <"/sys/class/net/${tunnel%%/*}/flags" && echo "${tunnel%%/*} $((flags & 1))"
                done 2>/dev/null
            }
            """;

    private static final String PING = "ping -q -c 1 -W 1 -I \"${tunnel%%/*}\" \"${tunnel#*/}\"";

    private static final String UNIT = """
            @MARK@
            [Unit]
            Description=linkctl: keeps the routes @LABEL@ to the tunnels that answer
            After=network-online.target
            StartLimitIntervalSec=0

            [Service]
            ExecStartPre=@SCRIPT@ note
            ExecStart=@SCRIPT@ run
            Restart=always
            RestartSec=1

            [Install]
            WantedBy=multi-user.target
            """;

    private WatchScript() {}

    static String path(String label) {
        return "/usr/local/lib/linkctl/watch-" + label;
    }

    static String unit(String label) {
        return "linkctl-watch-" + label + ".service";
    }

    static String script(WatchModule.Want want) {
        String tunnels = want.peers().stream()
                .map(peer -> peer.tunnel() + "/" + peer.address())
                .collect(Collectors.joining(" "));
        return SCRIPT.replace("@LOOP@", WatchLoop.text(LINKS, PING))
                .replace("@MARK@", OurFiles.MARK)
                .replace("@LABEL@", want.label())
                .replace("@NAME@", "watch-" + want.label())
                .replace("@UNIT@", unit(want.label()))
                .replace("@UNITFILE@", UnitState.path(unit(want.label())))
                .replace("@ROUTE@", Argv.quote(Programs.route(want.label())))
                .replace("@TUNNELS@", tunnels);
    }

    static String unitText(WatchModule.Want want) {
        return UNIT.replace("@MARK@", OurFiles.MARK)
                .replace("@LABEL@", want.label())
                .replace("@SCRIPT@", path(want.label()));
    }
}

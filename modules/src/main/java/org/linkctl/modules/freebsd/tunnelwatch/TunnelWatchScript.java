package org.linkctl.modules.freebsd.tunnelwatch;

import java.util.stream.Collectors;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.files.Programs;
import org.linkctl.modules.wireguard.WatchLoop;
import org.linkctl.shell.Argv;

/** The watcher of a route's tunnels, and the script by which rc(8) runs it under daemon(8). */
final class TunnelWatchScript {
    private static final String SCRIPT = """
            #!/bin/sh
            @MARK@
            # Asks for an answer over each tunnel of @LABEL@ once a second. Three misses in a row take a tunnel out of
            # the routes, three answers in a row put it back. What it does is in the system's log (syslogd(8)).
            PATH=/sbin:/bin:/usr/sbin:/usr/bin
            export PATH
            route=@ROUTE@
            dead=@RUN@/dead
            tunnels='@TUNNELS@'
            limit=3

            mkdir -p $dead || exit

            @LOOP@""";

    private static final String LINKS = """
            links() { # which of the interfaces are there, and up
                local tunnel
                for tunnel in $tunnels; do
                    case $(ifconfig "${tunnel%%/*}" 2>/dev/null) in *'<UP,'* | *'<UP>'*) echo "${tunnel%%/*}" ;; esac
                done
            }
            """;

    private static final String PING = "ping -q -c 1 -t 1 \"${tunnel#*/}\"";

    private static final String RC = """
            #!/bin/sh
            @MARK@
            #
            # PROVIDE: @NAME@
            # REQUIRE: @TUNNELS@
            # KEYWORD: nojailvnet

            . /etc/rc.subr

            name=@NAME@
            desc="Keeps the routes @LABEL@ to the tunnels that answer"
            pidfile=/var/run/$name.pid
            procname=/usr/sbin/daemon
            command=/usr/sbin/daemon
            command_args="-f -r -P $pidfile -t $name -T linkctl-watch @SCRIPT@"

            load_rc_config $name
            run_rc_command "$1"
            """;

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
        return SCRIPT.replace("@LOOP@", WatchLoop.text(LINKS, PING))
                .replace("@MARK@", OurFiles.MARK)
                .replace("@LABEL@", want.label())
                .replace("@ROUTE@", Argv.quote(Programs.route(want.label())))
                .replace("@RUN@", Programs.ROUTE_STATE)
                .replace(
                        "@TUNNELS@",
                        want.peers().stream()
                                .map(peer -> peer.tunnel() + "/" + peer.address())
                                .collect(Collectors.joining(" ")));
    }

    static String rc(TunnelWatchModule.Want want) {
        return RC.replace("@MARK@", OurFiles.MARK)
                .replace("@NAME@", service(want.label()))
                .replace("@LABEL@", want.label())
                .replace("@SCRIPT@", path(want.label()))
                .replace(
                        "@TUNNELS@",
                        want.peers().stream()
                                .map(peer -> Programs.tunnelService(peer.tunnel()))
                                .collect(Collectors.joining(" ")));
    }
}

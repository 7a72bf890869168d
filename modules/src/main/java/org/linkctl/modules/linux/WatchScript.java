package org.linkctl.modules.linux;

import java.util.stream.Collectors;
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

            # Counts, in the tunnels' order, the answers in a row that speak against what is marked. A mark from before
            # this start goes with the first answer.
            counts=
            for tunnel in $tunnels; do
                if [ -e "$dead/${tunnel%%/*}" ]; then counts="$counts $((limit - 1))"; else counts="$counts 0"; fi
            done

            links() { # which of the interfaces are there, and up
                for tunnel in $tunnels; do
                    read -r flags <"/sys/class/net/${tunnel%%/*}/flags" && echo "${tunnel%%/*} $((flags & 1))"
                done 2>/dev/null
            }

            turn() { # turn IF yes|no
                if [ "$2" = yes ]; then
                    rm -f "$dead/$1"
                    echo "$1 answers: back in the routes"
                else
                    : >"$dead/$1"
                    echo "$1 does not answer: out of the routes"
                fi
            }

            before=
            while :; do
                sleep 1 &
                second=$!
                pings=
                for tunnel in $tunnels; do
                    ping -q -c 1 -W 1 -I "${tunnel%%/*}" "${tunnel#*/}" >/dev/null 2>&1 &
                    pings="$pings $!"
                done
                set -- $counts
                counts=
                turned=
                for tunnel in $tunnels; do
                    name=${tunnel%%/*}
                    pings=${pings# }
                    if wait "${pings%% *}"; then answers=yes; else answers=no; fi
                    pings=${pings#* }
                    if [ -e "$dead/$name" ]; then alive=no; else alive=yes; fi
                    count=0
                    [ $answers = $alive ] || count=$(($1 + 1))
                    if [ $count -ge $limit ]; then
                        turn "$name" $answers
                        turned=yes
                        count=0
                    fi
                    counts="$counts $count"
                    shift
                done
                now=$(links)
                [ -z "$turned" ] && [ "$now" = "$before" ] || "$route" apply
                before=$now
                wait $second
            done
            """;

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

    static String script(Watch.Want want) {
        String tunnels = want.peers().stream()
                .map(peer -> peer.tunnel() + "/" + peer.address())
                .collect(Collectors.joining(" "));
        return SCRIPT.replace("@MARK@", OurFiles.MARK)
                .replace("@LABEL@", want.label())
                .replace("@NAME@", "watch-" + want.label())
                .replace("@UNIT@", unit(want.label()))
                .replace("@UNITFILE@", UnitState.path(unit(want.label())))
                .replace("@ROUTE@", Argv.quote(EcmpScript.path(want.label())))
                .replace("@TUNNELS@", tunnels);
    }

    static String unitText(Watch.Want want) {
        return UNIT.replace("@MARK@", OurFiles.MARK)
                .replace("@LABEL@", want.label())
                .replace("@SCRIPT@", path(want.label()));
    }
}

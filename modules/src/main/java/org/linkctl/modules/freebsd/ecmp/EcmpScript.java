package org.linkctl.modules.freebsd.ecmp;

import java.util.stream.Collectors;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.files.Programs;
import org.linkctl.modules.freebsd.routes.RouteWay;
import org.linkctl.shell.Argv;

/**
 * The script that sets a route over those of its tunnels that can carry something now. The tunnels' services and the
 * watcher go through it, one at a time. New ways come before old ones go, so that the prefix is never without one.
 */
final class EcmpScript {
    private static final String TEXT = """
            #!/bin/sh
            @MARK@
            # Sets the routes of @LABEL@ over those of its tunnels that are up, not marked dead and not being changed.
            # usage: @NAME@ apply | up IF | down IF
            PATH=/sbin:/bin:/usr/sbin:/usr/bin
            export PATH
            run=@RUN@
            mkdir -p $run/dead $run/down $run/drained || exit
            case $1 in
                locked) ;;
                apply) exec lockf -k "$run/@NAME@.lock" "$0" locked ;;
                up) rm -f "$run/down/$2"; exec "$0" apply ;;
                down) : >"$run/down/$2"; exec "$0" apply ;;
                *) echo "usage: $0 apply | up IF | down IF" >&2; exit 2 ;;
            esac

            up() {
                [ ! -e "$run/down/$1" ] || return 1
                case $(ifconfig "$1" 2>/dev/null) in *'<UP,'* | *'<UP>'*) return 0 ;; esac
                return 1
            }
            ready=
            alive=
            for i in @TUNNELS@; do
                up "$i" || continue
                ready="$ready $i"
                [ -e "$run/dead/$i" ] || [ -e "$run/drained/$i" ] || alive="$alive $i"
            done
            [ -n "$alive" ] || alive=$ready
            [ -n "$alive" ] || exit 0 # a route goes with its last interface
            alive="$alive "

            status=0
            add() {
                local said
                said=$(route -n add "$@" 2>&1) && return
                case $said in *'already in table'* | *'File exists'*) return ;; esac
                echo "$said" >&2
                status=1
            }
            delete() {
                route -n delete "$@" >/dev/null 2>&1
            }
            @ADD@
            @DELETE@
            exit $status
            """;

    private EcmpScript() {}

    /** What keeps two runs of the script apart. */
    static String lock(String label) {
        return Programs.ROUTE_STATE + "/" + Programs.routeName(label) + ".lock";
    }

    static String dead(String tunnel) {
        return Programs.ROUTE_STATE + "/dead/" + tunnel;
    }

    static String drained(String tunnel) {
        return Programs.ROUTE_STATE + "/drained/" + tunnel;
    }

    /** What says that a tunnel is being taken down. */
    static String down(String tunnel) {
        return Programs.ROUTE_STATE + "/down/" + tunnel;
    }

    static String text(EcmpWant want) {
        return TEXT.replace("@MARK@", OurFiles.MARK)
                .replace("@LABEL@", want.label())
                .replace("@NAME@", Programs.routeName(want.label()))
                .replace("@RUN@", Programs.ROUTE_STATE)
                .replace(
                        "@TUNNELS@",
                        want.hops().stream()
                                .map(hop -> Argv.quote(hop.tunnel()))
                                .collect(Collectors.joining(" ")))
                .replace("@ADD@", lines(want, true))
                .replace("@DELETE@", lines(want, false));
    }

    private static String lines(EcmpWant want, boolean add) {
        StringBuilder out = new StringBuilder();
        for (EcmpWant.Target target : want.targets()) {
            for (EcmpWant.Hop hop : want.hops()) {
                RouteWay path = EcmpWant.way(target, hop);
                Argv words = add ? path.add() : path.delete();
                // But for route -n and the verb, which are the function's.
                String rest = new Argv(words.words().subList(3, words.words().size())).render();
                out.append("case $alive in *\" ").append(hop.tunnel()).append(" \"*) ");
                out.append(add ? "add " + rest : "").append(add ? " ;; esac\n" : ";; *) delete " + rest + " ;; esac\n");
            }
        }
        return out.toString().stripTrailing();
    }
}

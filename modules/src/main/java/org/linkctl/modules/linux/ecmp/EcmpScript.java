package org.linkctl.modules.linux.ecmp;

import java.util.List;
import java.util.stream.Collectors;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.files.Programs;
import org.linkctl.shell.Argv;

/**
 * The script that sets a route over those of its tunnels that can carry something now. wg-quick's hooks, the watcher
 * and linkctl itself all go through it, one at a time.
 *
 * <p>Two things about Linux shape it. Taking an interface away takes the whole IPv4 route with it, however many other
 * next hops it has (seen on 6.1 and 6.18): so a tunnel leaves the route before it goes down. And {@code ip route
 * replace} never leaves a moment without the route: IPv4 swaps it, IPv6 replaces the first next hop and then adds the
 * others (net/ipv6/route.c, ip6_route_multipath_add).
 */
final class EcmpScript {
    private static final String TEXT = """
            #!/bin/sh
            @MARK@
            # Sets the routes of @LABEL@ over those of its tunnels that are up, not marked dead and not being changed.
            # usage: @NAME@ apply | up IF | down IF
            PATH=/usr/sbin:/usr/bin:/sbin:/bin
            export PATH
            run=/run/linkctl
            mkdir -p $run/dead $run/down $run/drained || exit
            patience=0
            case $1 in
                apply) ;;
                up) rm -f "$run/down/$2"; patience=30 ;;
                down) : >"$run/down/$2" ;;
                *) echo "usage: $0 apply | up IF | down IF" >&2; exit 2 ;;
            esac

            # At boot the address that a route is to come from may still be on its way.
            has() { ip -o addr show to "$1" -tentative | grep -q .; }
            arrived() { @ARRIVED@; }
            until arrived || [ $patience -eq 0 ]; do
                patience=$((patience - 1))
                sleep 1
            done

            exec 9>$run/@NAME@.lock
            flock 9
            up() {
                local flags
                [ ! -e "$run/down/$1" ] && read -r flags <"/sys/class/net/$1/flags" && [ $((flags & 1)) -eq 1 ]
            } 2>/dev/null
            ready=
            alive=
            for i in @TUNNELS@; do
                up "$i" || continue
                ready="$ready $i"
                [ -e "$run/dead/$i" ] || [ -e "$run/drained/$i" ] || alive="$alive $i"
            done
            [ -n "$alive" ] || alive=$ready
            [ -n "$alive" ] || exit 0 # a route goes with its last interface

            hops() { # hops FAMILY
                local i
                for i in $alive; do
                    case $1/$i in
            @HOPS@
                    esac
                done
            }
            status=0
            route() { # route FAMILY PREFIX [SOURCE]: rather without its source address than not at all
                ip -"$1" route replace "$2" proto @PROTOCOL@ ${3:+src "$3"} $(hops "$1") && return
                status=1
                [ -z "$3" ] || ip -"$1" route replace "$2" proto @PROTOCOL@ $(hops "$1")
            }
            @ROUTES@
            exit $status
            """;

    private EcmpScript() {}

    /** What keeps two runs of the script apart. */
    static String lock(String label) {
        return "/run/linkctl/" + Programs.routeName(label) + ".lock";
    }

    /** What says that a tunnel is being taken down. */
    static String down(String tunnel) {
        return "/run/linkctl/down/" + tunnel;
    }

    static String text(EcmpModule.Want want) {
        String tunnels =
                want.hops().stream().map(hop -> Argv.quote(hop.tunnel())).collect(Collectors.joining(" "));
        return TEXT.replace("@MARK@", OurFiles.MARK)
                .replace("@LABEL@", want.label())
                .replace("@NAME@", Programs.routeName(want.label()))
                .replace("@ARRIVED@", arrived(want))
                .replace("@TUNNELS@", tunnels)
                .replace("@PROTOCOL@", EcmpModule.PROTOCOL)
                .replace(
                        "@HOPS@",
                        want.hops().stream()
                                .flatMap(hop -> hops(want, hop).stream())
                                .collect(Collectors.joining("\n")))
                .replace(
                        "@ROUTES@",
                        want.targets().stream().map(EcmpScript::route).collect(Collectors.joining("\n")));
    }

    private static String arrived(EcmpModule.Want want) {
        List<String> sources = want.targets().stream()
                .filter(target -> target.source() != null)
                .map(target -> "has " + target.source())
                .distinct()
                .toList();
        return sources.isEmpty() ? "true" : String.join(" && ", sources);
    }

    private static List<String> hops(EcmpModule.Want want, EcmpModule.Hop hop) {
        return want.targets().stream()
                .map(target -> target.prefix().isV6())
                .distinct()
                .map(v6 -> "            " + (v6 ? 6 : 4) + "/" + Argv.quote(hop.tunnel()) + ") echo "
                        + new Argv(hop.words(v6)).render() + " ;;")
                .toList();
    }

    private static String route(EcmpModule.Target target) {
        return "route " + (target.prefix().isV6() ? 6 : 4) + " " + target.prefix()
                + (target.source() == null ? "" : " " + target.source());
    }
}

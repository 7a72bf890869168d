package org.linkctl.modules.wireguard;

/**
 * How tunnels are watched, on every system: the part of the watcher's script that asks and decides. POSIX sh: dash,
 * busybox and FreeBSD's sh will do. It goes by {@code $tunnels}, words of an interface, a slash and the far end's
 * address; {@code $dead}, the folder of marks; {@code $limit}; and {@code $route}, the script that sets the routes.
 */
public final class WatchLoop {
    private static final String TEXT = """
            # Counts, in the tunnels' order, the answers in a row that speak against what is marked. A mark from before
            # this start goes with the first answer.
            counts=
            for tunnel in $tunnels; do
                if [ -e "$dead/${tunnel%%/*}" ]; then counts="$counts $((limit - 1))"; else counts="$counts 0"; fi
            done

            @LINKS@

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
                    @PING@ >/dev/null 2>&1 &
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

    private WatchLoop() {}

    /**
     * The script's text from there on.
     *
     * @param links a function {@code links} that prints which of the interfaces are there, and up
     * @param ping the words that ask the far end of {@code $tunnel} once, and wait for a second
     */
    public static String text(String links, String ping) {
        return TEXT.replace("@LINKS@\n", links).replace("@PING@", ping);
    }
}

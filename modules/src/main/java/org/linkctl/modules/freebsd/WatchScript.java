package org.linkctl.modules.freebsd;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.net.Ip;
import org.linkctl.shell.Argv;

/** The script that asks next hops for answers, and the one by which rc(8) runs it. POSIX sh, but for sleep's fractions. */
final class WatchScript {
    static final String NAME = "linkctl_watch";
    static final String PATH = "/usr/local/lib/linkctl/watch-gateways";
    static final String RC = "/usr/local/etc/rc.d/" + NAME;
    /** The rules of the anchor as they were when the script last loaded them, in pfctl's form. */
    static final String NOTE = "/var/run/linkctl/balance.loaded";

    static final String DEAD = "/var/run/linkctl/dead";

    private static final String SCRIPT = """
            #!/bin/sh
            @MARK@
            # Asks each next hop for an answer every 0.5 s, and at once three times more when one misses. If it misses these, too,
            # it is taken out of the round robin; three answers in a row put it back. The anchor then holds the rules without
            # it, which count before those of pf.conf, and is empty while all of them answer or none does.
            # usage: watch-gateways run | load | clear
            PATH=/sbin:/bin:/usr/sbin:/usr/bin
            export PATH
            anchor=@ANCHOR@
            dead=@DEAD@
            note=@NOTE@
            hops='@HOPS@'
            misses=2 # rounds
            answers=3
            # ping waits for -i (1 s, if nothing is said) and then for -W, after its last request, too: 0.31 s and 0.85 s.
            once='-c 1 -i 0.01 -W 300'
            more='-o -c 3 -i 0.15 -W 400'

            # What split has found.
            pool=
            gone=

            pools() { # pools FUNCTION: BEFORE AFTER PEERS KEEP INTERFACE/HOP... of each
            @POOLS@
            }

            split() { # split INTERFACE/HOP...: the live ones as a pool, the dead ones as words; fails where none or all live
                local hop
                pool=
                gone=
                for hop; do
                    if [ -e "$dead/${hop#*/}" ]; then gone="$gone ${hop#*/}"; else pool="$pool, (${hop%%/*} ${hop#*/})"; fi
                done
                [ -n "$pool" ] && [ -n "$gone" ]
            }

            rules() { # a connection that went by a dead one goes on by another: its packets may come in mid-stream
                local before after peers keep
                before=$1 after=$2 peers=$3 keep=$4
                shift 4
                split "$@" || return 0
                echo "$before { ${pool#, } } $after $peers $keep"
                echo "$before { ${pool#, } } $after proto tcp $peers flags any keep state (sloppy)"
            }

            out() { # the dead ones that others stand in for
                shift 4
                split "$@" || return 0
                echo "$gone"
            }

            say() {
                logger -t linkctl-watch "$*"
            }

            now() {
                pfctl -q -a $anchor -s rules 2>/dev/null
            }

            load() {
                if pools rules | pfctl -q -o none -a $anchor -f -; then now >$note; else say "the rules could not be loaded"; fi
            }

            turn() { # turn HOP yes|no
                if [ "$2" = yes ]; then rm -f "$dead/$1"; else : >"$dead/$1"; fi
            }

            tell() { # tell yes|no HOP...
                local said hop
                said=$1
                shift
                for hop; do
                    if [ $said = yes ]; then say "$hop answers: back in the round robin"
                    else say "$hop does not answer: out of the round robin"; fi
                done
            }

            release() { # release HOP...: connections that are held by what was just taken out are free to go another way
                local hop
                for hop in $(pools out | tr ' ' '\\n' | sort -u); do
                    case " $* " in *" $hop "*) pfctl -q -k gateway -k "$hop" ;; esac
                done
            }

            mkdir -p $dead || exit
            case $1 in
                run) ;;
                load) load; exit ;;
                clear) rm -f $dead/*; load; rm -f $note; exit ;;
                *) echo "usage: $0 run | load | clear" >&2; exit 2 ;;
            esac

            # Counts, in the hops' order, the answers in a row that speak against what is marked. A mark from before this
            # start goes with the first answer.
            counts=
            for hop in $hops; do
                if [ -e "$dead/$hop" ]; then counts="$counts $((answers - 1))"; else counts="$counts 0"; fi
            done
            load
            say "watches $hops"

            round=0
            doubt=
            while :; do
                how=$more
                if [ -z "$doubt" ]; then
                    how=$once
                    sleep 0.5 &
                    pause=$!
                fi
                pings=
                for hop in $hops; do
                    ping -q $how "$hop" >/dev/null 2>&1 &
                    pings="$pings $!"
                done
                set -- $counts
                counts=
                came=
                died=
                doubt=
                for hop in $hops; do
                    pings=${pings# }
                    if wait "${pings%% *}"; then answer=yes limit=$answers; else answer=no limit=$misses; fi
                    pings=${pings#* }
                    if [ -e "$dead/$hop" ]; then alive=no; else alive=yes; fi
                    count=0
                    [ $answer = $alive ] || count=$(($1 + 1))
                    if [ $count -ge $limit ]; then
                        turn "$hop" $answer
                        count=0
                        if [ $answer = yes ]; then came="$came $hop"; else died="$died $hop"; fi
                    fi
                    [ $count = 0 ] || [ $answer = yes ] || doubt=yes
                    counts="$counts $count"
                    shift
                done
                round=$(((round + 1) % 5))
                if [ -n "$came$died" ]; then
                    load
                    release $died
                    tell yes $came
                    tell no $died
                elif [ $round = 0 ] && [ -z "$doubt" ] && [ "$(now)" != "$(cat $note)" ]; then
                    say "the rules were other ones: loaded again"
                    load
                fi
                [ -n "$doubt" ] || wait $pause
            done
            """;

    private static final String RC_SCRIPT = """
            #!/bin/sh
            @MARK@
            # PROVIDE: @NAME@
            # REQUIRE: pf
            . /etc/rc.subr

            name=@NAME@
            desc="Takes next hops that do not answer out of pf's round robin"
            pidfile=/var/run/$name.pid
            procname=/usr/sbin/daemon
            command=/usr/sbin/daemon
            command_args="-f -r -P $pidfile -t $name @PATH@ run"
            stop_postcmd="@PATH@ clear"

            load_rc_config $name
            run_rc_command "$1"
            """;

    private static final Pattern LOADED = Pattern.compile("(?m)^anchor=([a-z/-]+)$");

    private WatchScript() {}

    static List<Ip> hops(List<PfPool> pools) {
        return pools.stream()
                .flatMap(pool -> pool.hops().stream())
                .map(PfPool.Hop::address)
                .distinct()
                .toList();
    }

    /** Null where there is nothing to watch. */
    static @Nullable String script(List<PfPool> pools, String anchor) {
        if (pools.isEmpty()) return null;
        return SCRIPT.replace("@MARK@", OurFiles.MARK)
                .replace("@ANCHOR@", anchor)
                .replace("@DEAD@", DEAD)
                .replace("@NOTE@", NOTE)
                .replace("@HOPS@", hops(pools).stream().map(Ip::text).collect(Collectors.joining(" ")))
                .replace("@POOLS@", pools.stream().map(WatchScript::pool).collect(Collectors.joining("\n")));
    }

    /** The anchor that such a script loads. */
    static Optional<String> anchor(@Nullable String script) {
        return Stream.ofNullable(script)
                .flatMap(text -> LOADED.matcher(text).results())
                .map(found -> found.group(1))
                .findFirst();
    }

    private static String pool(PfPool pool) {
        return Stream.concat(
                        Stream.of(pool.before(), pool.after(), pool.peers(), pool.keep()),
                        pool.hops().stream().map(hop -> PfWords.name(hop.device()) + "/" + hop.address()))
                .map(Argv::quote)
                .collect(Collectors.joining(" ", "    \"$1\" ", ""));
    }

    static @Nullable String rc(List<PfPool> pools) {
        if (pools.isEmpty()) return null;
        return RC_SCRIPT
                .replace("@MARK@", OurFiles.MARK)
                .replace("@NAME@", NAME)
                .replace("@PATH@", PATH);
    }
}

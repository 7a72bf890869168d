package org.linkctl.modules.freebsd.watch;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.files.Programs;
import org.linkctl.modules.freebsd.pfrules.PfPool;
import org.linkctl.net.Ip;
import org.linkctl.shell.Argv;

/** The script that asks next hops for answers, and the one by which rc(8) runs it. POSIX sh, but for sleep's fractions. */
final class WatchScript {
    static final String NAME = "linkctl_watch";
    static final String RC = "/usr/local/etc/rc.d/" + NAME;
    /** The tables as they were when the script last set them, as {@link #show} prints them. */
    static final String NOTE = "/var/run/linkctl/balance.loaded";

    static final String DEAD = "/var/run/linkctl/dead";

    /** A ping is a process; so many in a second take some percent of a processor. */
    private static final int PROCESSES = 64;

    private static final String SCRIPT = """
            #!/bin/sh
            @MARK@
            # Asks each next hop for an answer every @PAUSE@ s, and at once three times more when one misses. If it misses these, too,
            # its tables are emptied, and round robin leaves it out; three answers in a row put it back. Where none of a pool
            # answers, nobody knows better, and all count as there. No rule is loaded for that.
            # usage: watch-gateways run | load | clear
            PATH=/sbin:/bin:/usr/sbin:/usr/bin
            export PATH
            dead=@DEAD@
            note=@NOTE@
            hops='@HOPS@'
            line='
            '
            misses=2 # rounds
            answers=3
            # ping waits for -i (1 s, if nothing is said) and then for -W, after its last request, too: 0.31 s and 0.85 s.
            once='-c 1 -i 0.01 -W 300'
            more='-o -c 3 -i 0.15 -W 400'

            # What split has found.
            gone=
            live=
            # What load works with.
            held=
            seen=
            failed=

            pools() { # pools FUNCTION: TABLE-OF-WHAT-RESUMES 'PREFIX...' TABLE/HOP... of each
            @POOLS@
                :
            }

            split() { # split TABLE/HOP...: the dead ones; fails where none or all are
                local hop
                gone=
                live=
                for hop; do
                    if [ -e "$dead/${hop#*/}" ]; then gone="$gone ${hop#*/}"; else live=yes; fi
                done
                [ -n "$live" ] && [ -n "$gone" ]
            }

            put() { # put TABLE ADDRESS...: what the table shall hold, by standard input, as a list may be longer than a command
                local table
                case " $seen " in *" $1 "*) return 0 ;; esac
                seen="$seen $1"
                case "$line$held$line" in *"$line$*$line"*) return 0 ;; esac
                table=$1
                shift
                if [ $# = 0 ]; then pfctl -q@PLACE@ -t "$table" -T flush; else printf '%s\\n' "$@" | pfctl -q@PLACE@ -t "$table" -T replace -f -; fi
            }

            fill() { # a connection that went by a dead one goes on by another: its packets may come in mid-stream
                local resume sources part hop
                resume=$1 sources=$2 # of addresses and slashes
                shift 2
                if split "$@"; then part=yes; else part=no sources=; fi
                put "$resume" $sources || failed=yes
                for hop; do
                    case "$part $gone " in
                        "yes "*" ${hop#*/} "*) put "${hop%%/*}" ;;
                        *) put "${hop%%/*}" "${hop#*/}" ;;
                    esac || failed=yes
                done
            }

            out() { # the dead ones that others stand in for
                shift 2
                split "$@" || return 0
                echo "$gone"
            }

            say() {
                logger -t linkctl-watch "$*"
            }

            now() { # TABLE ADDRESS... of each
                local table
                @SHOW@
            }

            load() {
                held=$(now) seen= failed=
                pools fill
                now >$note
                [ -z "$failed" ] || say "pf does not take what its tables shall hold"
            }

            turn() { # turn HOP yes|no
                if [ "$2" = yes ]; then rm -f "$dead/$1"; else : >"$dead/$1"; fi
            }

            tell() { # tell yes|no HOP...
                local said hop
                said=$1
                shift
                for hop; do
                    case "$said $(pools out | tr '\\n' ' ') " in
                        yes*) say "$hop answers: back in the round robin" ;;
                        *" $hop "*) say "$hop does not answer: out of the round robin" ;;
                        *) say "$hop does not answer, nor does one that could stand in for it: stays in the round robin" ;;
                    esac
                done
            }

            release() { # release HOP...: connections that are held by what was just taken out are free to go another way
                local hop all
                for hop in $(pools out | tr ' ' '\\n' | sort -u); do
                    case " $* " in *" $hop "*) ;; *) continue ;; esac
                    for all in @STICKY@; do pfctl -q -K $all; done
                    pfctl -q -k gateway -k "$hop"
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
                    sleep @PAUSE@ &
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
                    say "the tables were other ones: set again"
                    load
                    release $(ls $dead)
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

    /** Such scripts loaded rules into an anchor instead. */
    private static final Pattern FORMER = Pattern.compile("(?m)^anchor=([a-z/-]+)$");

    private WatchScript() {}

    static List<Ip> hops(List<PfPool> pools) {
        return pools.stream()
                .flatMap(pool -> pool.hops().stream())
                .map(PfPool.Hop::address)
                .distinct()
                .toList();
    }

    /**
     * Prints what each table of the pools holds, a line each.
     *
     * @param place the words by which pfctl(8) is told where the tables are
     */
    static String show(List<PfPool> pools, List<String> place) {
        return "for table in" + words(PfPool.tables(pools)) + "; do echo $table $(pfctl -q" + words(place)
                + " -t $table -T show 2>/dev/null); done";
    }

    private static String words(List<String> words) {
        return words.stream().map(word -> " " + word).collect(Collectors.joining());
    }

    /** Null where there is nothing to watch. */
    static @Nullable String script(List<PfPool> pools, List<String> place) {
        if (pools.isEmpty()) return null;
        return SCRIPT.replace("@MARK@", OurFiles.MARK)
                .replace("@SHOW@", show(pools, place))
                .replace("@PLACE@", words(place))
                .replace("@DEAD@", DEAD)
                .replace("@NOTE@", NOTE)
                .replace("@STICKY@", sticky(pools))
                .replace("@PAUSE@", pause(hops(pools).size()))
                .replace("@HOPS@", hops(pools).stream().map(Ip::text).collect(Collectors.joining(" ")))
                .replace(
                        "@POOLS@\n",
                        pools.stream()
                                .filter(pool -> pool.resume() != null)
                                .map(pool -> pool(pool) + "\n")
                                .collect(Collectors.joining()));
    }

    /** Seconds between two rounds, so that there are no more than some processes in a second. */
    private static String pause(int hops) {
        return hops <= PROCESSES / 2 ? "0.5" : Integer.toString((hops + PROCESSES - 1) / PROCESSES);
    }

    /** Whom pf has sent to a next hop it would send there again: pfctl(8), -K. Of 15.1's pfctl a second -K hits nothing. */
    private static String sticky(List<PfPool> pools) {
        return pools.stream()
                .filter(PfPool::sticky)
                .map(pool -> pool.v6() ? "::/0" : "0.0.0.0/0")
                .distinct()
                .collect(Collectors.joining(" "));
    }

    /** The anchor that a script of a former linkctl loads rules into. */
    static Optional<String> formerAnchor(@Nullable String script) {
        return Stream.ofNullable(script)
                .flatMap(text -> FORMER.matcher(text).results())
                .map(found -> found.group(1))
                .findFirst();
    }

    private static String pool(PfPool pool) {
        return Stream.concat(
                        Stream.of(String.valueOf(pool.resume()), String.join(" ", pool.sources())),
                        pool.hops().stream().distinct().map(hop -> hop.table() + "/" + hop.address()))
                .map(Argv::quote)
                .collect(Collectors.joining(" ", "    \"$1\" ", ""));
    }

    static @Nullable String rc(List<PfPool> pools) {
        if (pools.isEmpty()) return null;
        return RC_SCRIPT
                .replace("@MARK@", OurFiles.MARK)
                .replace("@NAME@", NAME)
                .replace("@PATH@", Programs.NEXT_HOPS);
    }
}

#!/bin/bash
# Measures how check and render grow: CPU seconds and peak memory at each size, and the slope between two sizes, which is
# 1 where work grows with the inventory, and 2 where it grows with its square. Contacts no host.
#
# usage: bench/scale/run.sh [small|full|KIND:N,N...]...
#   small   sizes that take a minute, for CI
#   full    those of docs/performance.md (default)
#   KIND    as inventory.sh knows them
# environment: LINKCTL (the one beside this folder), COMMANDS ("check render"), CAP (seconds for one run, 300),
#              RECORD (a folder: a JFR recording of each run; `jfr view hot-methods FILE` reads it)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
linkctl=${LINKCTL:-$here/../../linkctl}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LINKCTL_NO_CACHE=${LINKCTL_NO_CACHE-}
failed=0

measure() { # measure COMMAND FILE NAME: sets cpu and memory
    local command=$1 file=$2 output=() started
    rm -rf "$work/out"
    [ "$command" = check ] || output=(-o "$work/out")
    if [ -n "${RECORD:-}" ]; then
        mkdir -p "$RECORD"
        export JAVA_TOOL_OPTIONS="-Xmx1g -XX:StartFlightRecording=filename=$RECORD/$3-$command.jfr,settings=profile"
    else
        export JAVA_TOOL_OPTIONS=-Xmx1g
    fi
    if ! /usr/bin/time -o "$work/time" -f '%U %S %M' timeout "${CAP:-300}" \
        "$linkctl" "$command" "$file" ${output[@]+"${output[@]}"} >"$work/stdout" 2>"$work/stderr"; then
        echo "$3 $command: failed, or longer than ${CAP:-300} s"
        grep -v '^Picked up JAVA_TOOL_OPTIONS' "$work/stderr" | head -n 5
        failed=1
        return 1
    fi
    read -r cpu memory <<<"$(tail -n 1 "$work/time" | awk '{print $1 + $2, int($3 / 1024)}')"
}

series() { # series KIND N,N...
    local kind=$1 n before command
    for command in ${COMMANDS:-check render}; do
        before=
        for n in ${2//,/ }; do
            sh "$here/inventory.sh" "$kind" "$n" >"$work/$kind-$n.groovy"
            measure "$command" "$work/$kind-$n.groovy" "$kind-$n" || break
            awk -v k="$kind" -v n="$n" -v c="$command" -v cpu="$cpu" -v mib="$memory" -v base="$base" -v before="$before" 'BEGIN {
                split(before, b)
                work = cpu - base > 0.05 ? cpu - base : 0.05
                slope = b[1] ? sprintf("%.2f", log(work / b[2]) / log(n / b[1])) : "-"
                printf "%-8s %6d %-7s %7.2f s %5d MiB  slope %s\n", k, n, c, cpu, mib, slope
            }'
            before="$n $(awk -v cpu="$cpu" -v base="$base" 'BEGIN { w = cpu - base; print (w > 0.05 ? w : 0.05) }')"
        done
    done
}

[ $# -gt 0 ] || set -- full
# What a start costs is no part of the slope: the smallest inventory there is.
sh "$here/inventory.sh" route 1 >"$work/least.groovy"
measure check "$work/least.groovy" least
measure check "$work/least.groovy" least || exit 1
base=$cpu
echo "CPU of a start, with one tunnel: $base s"
for what; do
    case $what in
    small) set -- dense:30,100 group:30,100 hub:30,100 ;;
    full) set -- dense:100,300,1000,3000 routed:100,300,1000,3000 group:100,300,1000 hub:100,300,1000,3000 route:25,50,100 \
        pair:100,300 pairs:100,300,1000 ;;
    *) set -- "$what" ;;
    esac
    for each; do series "${each%%:*}" "${each#*:}"; done
done
exit $failed

## Which hosts new connections shall not go to (`linkctl drain`), by $held, the folder of marks.
drained() { # drained ADDRESS: is the host that has it out of service?
    local place
    case $1 in
        #@PLACES@
        *) return 1 ;;
    esac
    [ -s "$held/$place" ]
}

live= # what offered has found
# offered PORT@TARGET...: leaves in $live those to use: that answer, or all where none does, when it fails; drained ones never
offered() {
    local check rest
    live=
    rest=
    for check; do
        ! drained "${check#*@}" || continue
        rest="$rest ${check#*@}"
        [ -e "$dead/$check" ] || live="$live ${check#*@}"
    done
    [ -z "$live" ] || return 0
    live=$rest
    return 1
}

## The marks of targets that were found dead, for answers-in-a-row.sh: files in the folder $dead.
mark() {
    local target
    for target in $came; do rm -f "$dead/${target%%/*}"; done
    for target in $died; do : >"$dead/${target%%/*}"; done
}

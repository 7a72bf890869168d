## Watches a route's tunnels. The program that includes this has $targets, words of an interface, a slash and the far end's
## address; $route, the program that sets the marks and the route; $dead; and the functions ask and
##   links: prints which of the interfaces are there, and up
misses=3
answers=3

mark() { # never a mark without the route that goes with it: the program changes both under its lock
    local target
    for target in $came; do "$route" alive "${target%%/*}"; done
    for target in $died; do "$route" dead "${target%%/*}"; done
}

#@include watching/answers-in-a-row.sh

before=
expect
while :; do
    sleep @PAUSE@ &
    pause=$!
    round
    for target in $came; do echo "${target%%/*} answers: back in the routes"; done
    for target in $died; do echo "${target%%/*} does not answer: out of the routes"; done
    now=$(links)
    [ "$now" = "$before" ] || "$route" apply
    before=$now
    wait $pause
done

## Watches a route's tunnels. The program that includes this has $targets, words of an interface, a slash and the far end's
## address; $route, the program that sets the route; $dead; and the functions ask and
##   links: prints which of the interfaces are there, and up
misses=3
answers=3
#@include watching/answers-in-a-row.sh

before=
expect
while :; do
    sleep 1 &
    second=$!
    round
    for target in $came; do echo "${target%%/*} answers: back in the routes"; done
    for target in $died; do echo "${target%%/*} does not answer: out of the routes"; done
    now=$(links)
    [ -z "$came$died" ] && [ "$now" = "$before" ] || "$route" apply
    before=$now
    wait $second
done

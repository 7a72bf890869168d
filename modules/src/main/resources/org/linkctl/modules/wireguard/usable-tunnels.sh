## Which of a route's tunnels it is to go over: alive. The program that includes this has $run, the folder of marks, and
## a function: up IF, is it up, and not being changed?
ready=
alive=
for i in @TUNNELS@; do
    [ ! -s @HELD@/"$i" ] || : >"$run/drained/$i" # `linkctl drain`: also after a boot
    up "$i" || continue
    ready="$ready $i"
    [ -e "$run/dead/$i" ] || [ -e "$run/drained/$i" ] || alive="$alive $i"
done
[ -n "$alive" ] || alive=$ready
[ -n "$alive" ] || exit 0 # a route goes with its last interface
#@PREFER@

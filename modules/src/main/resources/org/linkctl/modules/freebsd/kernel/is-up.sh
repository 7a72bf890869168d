is_up() { # is_up IF: is it there, and up?
    case $(ifconfig "$1" 2>/dev/null) in *'<UP,'* | *'<UP>'*) return 0 ;; esac
    return 1
}

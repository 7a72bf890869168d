# Waits until daemons that were started have read their configuration: they answer, and bgpd, if it is one of them, has its
# instance.
# sh -c PROGRAM sh VTYSH DAEMON...
vtysh=$1
shift
tries=0
while :; do
  running=$("$vtysh" -c 'show daemons' 2>/dev/null) || running=
  missing=
  for daemon; do
    case " $running " in
      *" $daemon "*) ;;
      *) missing="$missing $daemon" ;;
    esac
  done
  if [ -z "$missing" ]; then
    case " $* " in
      *' bgpd '*) ! "$vtysh" -c 'show running-config' 2>/dev/null | grep -q '^router bgp ' || exit 0 ;;
      *) exit 0 ;;
    esac
  fi
  tries=$((tries + 1))
  if [ "$tries" -ge 150 ]; then
    echo "not running after 30 s:${missing:- (no instance of BGP)}" >&2
    exit 1
  fi
  sleep 0.2
done

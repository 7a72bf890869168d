## remove-by-dpkg NAME: apt-get(8) waits for the lock of another run of its kind, dpkg(1) does not: it is tried for a minute, as
## long as apt-get waits elsewhere.
tries=0
export DEBIAN_FRONTEND=noninteractive
until said=$(dpkg --remove "$1" 2>&1); do
  case $said in
  *lock*) tries=$((tries + 1)) ;;
  *) tries=60 ;;
  esac
  [ "$tries" -lt 60 ] || {
    printf '%s\n' "$said" >&2
    exit 1
  }
  sleep 1
done
printf '%s\n' "$said"

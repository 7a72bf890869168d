## save-accounts PACKAGE FILE...: packs those of these files of /etc that are there. The package is root's alone.
umask 077
saved=$1
shift
cd /etc || exit 1
for file; do
  shift
  [ ! -f "$file" ] || set -- "$@" "$file"
done
tar -cf "$saved" "$@"

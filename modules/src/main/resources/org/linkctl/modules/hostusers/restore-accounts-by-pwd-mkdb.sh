## restore-accounts-by-pwd-mkdb PACKAGE: the same on FreeBSD. pwd_mkdb(8) makes passwd(5) and the databases of the file, and
## moves it into its place.
folder=/etc/linkctl.accounts
[ -f "$1" ] || exit 75
rm -rf "$folder"
mkdir -m 0700 "$folder" && tar -xpf "$1" -C "$folder" || exit 1
mv -f "$folder/group" /etc/group && pwd_mkdb -p "$folder/master.passwd" && rmdir "$folder"

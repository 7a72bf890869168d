# shellcheck disable=SC2046 # of several addresses in lines, one line
for table in @TABLES@; do echo $table $(pfctl -q @PLACE@ -t $table -T show 2>/dev/null); done

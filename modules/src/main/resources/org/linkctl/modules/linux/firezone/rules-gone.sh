# Takes away how Firezone's gateway has packets go other ways than the main table's. It makes rules of its own and fills three
# tables, and leaves both when it ends: only its next start empties the tables (tun_device_manager/linux.rs).
# sh -c PROGRAM sh
for family in -4 -6; do
  for table in 539098368 539098369 539098370; do
    for priority in 100 200 300; do
      while ip "$family" rule del priority "$priority" table "$table" 2>/dev/null; do :; done
    done
    ip "$family" route flush table "$table" 2>/dev/null
  done
done
exit 0

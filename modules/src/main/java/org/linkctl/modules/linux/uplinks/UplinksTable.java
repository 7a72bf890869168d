package org.linkctl.modules.linux.uplinks;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.marks.Numbers;

/** The text of the table of nftables that marks connections by where they came in. */
final class UplinksTable {
    private UplinksTable() {}

    /**
     * A connection has its mark from its first packet on, and its answers get it before they are routed: before those are
     * translated back that are forwarded, and in the hook of type route for what the host itself answers (nft(8), "CHAINS";
     * -150 is "mangle"). Marks of others stay. Named first, so that there is a table to delete (nft(8), "TABLES").
     */
    static String text(List<Uplink> uplinks) {
        String name = Uplink.KIND.table().name();
        String range =
                "0x" + Integer.toHexString(Numbers.UPLINKS) + "-0x" + Integer.toHexString(Numbers.UPLINKS | 0xffff);
        String answers = "\t\tct direction reply ct mark " + range + " meta mark set ct mark";
        List<String> out = new ArrayList<>(List.of(
                OurFiles.MARK,
                "table inet " + name,
                "delete table inet " + name,
                "table inet " + name + " {",
                "\tchain prerouting {",
                "\t\ttype filter hook prerouting priority -150; policy accept;"));
        uplinks.forEach(uplink -> out.add("\t\t" + uplink.marking()));
        out.addAll(List.of(
                answers,
                "\t}",
                "\tchain output {",
                "\t\ttype route hook output priority -150; policy accept;",
                answers,
                "\t}",
                "}"));
        return String.join("\n", out) + "\n";
    }
}

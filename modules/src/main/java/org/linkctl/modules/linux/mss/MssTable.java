package org.linkctl.modules.linux.mss;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.nftables.OwnTable;
import org.linkctl.modules.linux.nftables.TableService;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.linux.systemd.UnitState;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/** The table of nftables that fits the segments of TCP to tunnels, and the service that loads it. */
final class MssTable {
    private static final String RUN = "/run/linkctl-mss";
    static final OwnTable TABLE = new OwnTable("linkctl_mss", RUN + "/rules", false);

    private static final String FILE = "/etc/linkctl/nftables/mss.nft";
    private static final String UNIT = "linkctl-mss.service";

    private MssTable() {}

    static KeptService service(List<String> tunnels) {
        return new KeptService(
                UNIT,
                RUN + "/started",
                List.of(
                        new KeptService.KeptFile(FILE, "0644", text(tunnels)),
                        new KeptService.KeptFile(
                                UnitState.path(UNIT),
                                "0644",
                                TableService.loadingUnit(
                                        "fits the segments of forwarded TCP to the tunnels", "", FILE, UNIT, TABLE))));
    }

    /** Whether neither file of the service is there. */
    static boolean isUnknown(Answers answers) {
        return answers.to(UnitState.file(UNIT)).isEmpty()
                && answers.to(Question.file(FILE)).isEmpty();
    }

    private static List<String> rules(List<String> tunnels) {
        List<String> out = new ArrayList<>();
        for (String tunnel : tunnels) {
            for (String way : List.of("iifname", "oifname")) {
                out.add("\t\t" + way + " \"" + tunnel
                        + "\" tcp flags syn / syn,rst tcp option maxseg size set rt mtu\n");
            }
        }
        return out;
    }

    /** -150 is "mangle" (nft(8), "CHAINS"). Named first, so that there is one to delete (nft(8), "TABLES"). */
    private static String text(List<String> tunnels) {
        return """
            %1$s
            table inet %2$s
            delete table inet %2$s
            table inet %2$s {
            \tchain forward {
            \t\ttype filter hook forward priority -150; policy accept;
            %3$s\t}
            }
            """.formatted(OurFiles.MARK, TABLE.name(), String.join("", rules(tunnels)));
    }
}

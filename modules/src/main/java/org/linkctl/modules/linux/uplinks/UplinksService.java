package org.linkctl.modules.linux.uplinks;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.iprules.IpRule;
import org.linkctl.modules.linux.marks.Numbers;
import org.linkctl.modules.linux.nftables.OwnTable;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.linux.systemd.UnitState;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.shell.ShellTemplate;

/** The table of nftables that marks connections, the program that keeps it with rules and routes, and its service. */
final class UplinksService {
    private static final String RUN = "/run/linkctl-uplinks";
    static final OwnTable TABLE = new OwnTable("linkctl_uplinks", RUN + "/marks", false);
    static final String UNIT = "linkctl-uplinks.service";
    static final String PATH = "/usr/local/lib/linkctl/keep-uplinks";
    private static final String MARKS = "/etc/linkctl/nftables/uplinks.nft";
    private static final ShellTemplate PROGRAM = ShellFile.of(UplinksService.class, "keep-uplinks.sh");

    /** nftables.service flushes every table when it starts, reloads and stops: this one follows it in all of them. */
    private static final String UNIT_TEXT = """
            %1$s
            [Unit]
            Description=linkctl: answers by the interface that was asked by
            After=network.target nftables.service
            PartOf=nftables.service
            ReloadPropagatedFrom=nftables.service
            StartLimitIntervalSec=0

            [Service]
            ExecStartPre=%2$s load
            ExecStart=%2$s run
            ExecReload=%2$s load
            Restart=always
            RestartSec=1

            [Install]
            WantedBy=multi-user.target nftables.service
            """.formatted(OurFiles.MARK, PATH);

    private UplinksService() {}

    static KeptService of(List<Uplink> uplinks) {
        return new KeptService(
                UNIT,
                RUN + "/started",
                List.of(
                        new KeptService.KeptFile(PATH, "0755", program(uplinks)),
                        new KeptService.KeptFile(MARKS, "0644", marks(uplinks)),
                        new KeptService.KeptFile(UnitState.path(UNIT), "0644", UNIT_TEXT)));
    }

    private static String program(List<Uplink> uplinks) {
        return PROGRAM.lines("MARK", List.of(OurFiles.MARK))
                .word("MARKS", MARKS)
                .word("UNITFILE", UnitState.path(UNIT))
                .word("RUN", RUN)
                .word("UPPER", Integer.toString(Numbers.UPLINKS >> 16))
                .lines("ROUTES", uplinks.stream().map(Uplink::line).toList())
                .lines("RULES", Uplink.rules(uplinks).stream().map(IpRule::line).toList())
                .text();
    }

    /**
     * A connection has its mark from its first packet on, and its answers get it before they are routed: before those are
     * translated back that are forwarded, and in the hook of type route for what the host itself answers (nft(8), "CHAINS";
     * -150 is "mangle"). Marks of others stay. Named first, so that there is a table to delete (nft(8), "TABLES").
     */
    private static String marks(List<Uplink> uplinks) {
        String range =
                "0x" + Integer.toHexString(Numbers.UPLINKS) + "-0x" + Integer.toHexString(Numbers.UPLINKS | 0xffff);
        String answers = "\t\tct direction reply ct mark " + range + " meta mark set ct mark";
        List<String> out = new ArrayList<>(List.of(
                OurFiles.MARK,
                "table inet " + TABLE.name(),
                "delete table inet " + TABLE.name(),
                "table inet " + TABLE.name() + " {",
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

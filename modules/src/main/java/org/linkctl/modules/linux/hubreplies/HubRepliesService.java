package org.linkctl.modules.linux.hubreplies;

import java.util.List;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.iprules.IpRule;
import org.linkctl.modules.linux.marks.Numbers;
import org.linkctl.modules.linux.nftables.OwnTable;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.linux.systemd.UnitState;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.shell.ShellTemplate;

/** The program that keeps the table of nftables with rules and routes, and its service. */
final class HubRepliesService {
    private static final String RUN = "/run/linkctl-hub-replies";
    static final OwnTable TABLE = new OwnTable("linkctl_hub_replies", RUN + "/marks", true);
    static final String UNIT = "linkctl-hub-replies.service";
    static final String PATH = "/usr/local/lib/linkctl/keep-hub-replies";
    private static final String MARKS = "/etc/linkctl/nftables/hub-replies.nft";
    private static final ShellTemplate PROGRAM = ShellFile.of(HubRepliesService.class, "keep-hub-replies.sh");

    /** nftables.service flushes every table when it starts, reloads and stops: this one follows it in all of them. */
    private static final String UNIT_TEXT = """
            %1$s
            [Unit]
            Description=linkctl: what is asked over a hub is answered over it
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

    private HubRepliesService() {}

    static KeptService of(List<HubReply> replies) {
        return new KeptService(
                UNIT,
                RUN + "/started",
                List.of(
                        new KeptService.KeptFile(PATH, "0755", program(replies)),
                        new KeptService.KeptFile(MARKS, "0644", HubRepliesTable.text(TABLE.name(), replies)),
                        new KeptService.KeptFile(UnitState.path(UNIT), "0644", UNIT_TEXT)));
    }

    private static String program(List<HubReply> replies) {
        return PROGRAM.lines("MARK", List.of(OurFiles.MARK))
                .word("MARKS", MARKS)
                .word("UNITFILE", UnitState.path(UNIT))
                .word("RUN", RUN)
                .word("UPPER", Integer.toString(Numbers.HUBS >> 16))
                .lines("ROUTES", replies.stream().map(HubReply::line).toList())
                .lines(
                        "RULES",
                        HubReply.rules(replies).stream().map(IpRule::line).toList())
                .text();
    }
}

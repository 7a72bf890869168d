package org.linkctl.modules.linux.firezonenat;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.FirezoneGateway;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.linux.systemd.UnitState;
import org.linkctl.shell.Argv;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/** The table of nftables, and the service that loads it. */
final class NatTable {
    private static final String TABLE = "linkctl_firezone";
    static final String NAME = "inet " + TABLE;

    static final Question.Command ALL = Question.command("nft", "list", "tables");
    static final Question.Command LOADED = Question.command("nft", "-s", "list", "table", "inet", TABLE);
    static final Argv DELETE = Argv.of("nft", "delete", "table", "inet", TABLE);

    /** As nft(8) lists it in 1.0.6. */
    static final String TEXT = "table " + NAME + " {\n\tchain postrouting {\n"
            + "\t\ttype nat hook postrouting priority srcnat; policy accept;\n"
            + FirezoneGateway.CLIENTS.stream()
                    .map(clients -> "\t\toifname != \"" + FirezoneGateway.DEVICE + "\" "
                            + (clients.isV6() ? "ip6" : "ip") + " saddr " + clients + " masquerade\n")
                    .collect(Collectors.joining())
            + "\t}\n}\n";

    private static final String FILE = "/etc/linkctl/nftables/firezone.nft";
    private static final String UNIT = "linkctl-firezone-nat.service";
    private static final String NOTE = "/run/linkctl/" + UNIT;

    /** nftables.service flushes every table when it starts, reloads and stops: this unit follows it in all of them. */
    private static final String UNIT_TEXT =
            OurFiles.MARK + "\n" + """
            [Unit]
            Description=linkctl: translates the addresses of Firezone's clients
            After=nftables.service
            PartOf=nftables.service
            ReloadPropagatedFrom=nftables.service

            [Service]
            Type=oneshot
            RemainAfterExit=yes
            ExecStartPre=/bin/sh -c 'mkdir -p /run/linkctl && exec cat %1$s %2$s >%3$s'
            ExecStart=/usr/sbin/nft -f %1$s
            ExecReload=/usr/sbin/nft -f %1$s
            ExecStop=-/usr/sbin/nft delete table %4$s

            [Install]
            WantedBy=multi-user.target nftables.service
            """.formatted(FILE, UnitState.path(UNIT), NOTE, NAME);

    /** Adding before deleting: the deletion of a table that is not there would fail. */
    static final KeptService SERVICE = new KeptService(
            UNIT,
            NOTE,
            List.of(
                    new KeptService.KeptFile(
                            FILE,
                            "0644",
                            OurFiles.MARK + "\nadd table " + NAME + "\ndelete table " + NAME + "\n" + TEXT),
                    new KeptService.KeptFile(UnitState.path(UNIT), "0644", UNIT_TEXT)));

    private NatTable() {}

    /** That a table is not there is told by the list of all: what nft(8) says of a missing one depends on the locale. */
    static @Nullable String read(Answers answers) {
        Answer.Output tables = answers.to(ALL);
        if (tables.exit() == 127) return null;
        if (answers.stdout(ALL).lines().map(String::strip).noneMatch(("table " + NAME)::equals)) return null;
        String text = answers.stdout(LOADED);
        if (!text.startsWith("table " + NAME + " {")) {
            throw new UnreadableFacts("nft list table " + NAME + " does not begin with that table: "
                    + text.lines().findFirst().orElse("(nothing)"));
        }
        // Some versions spell the priority out (nft(8), "CHAINS").
        return text.replace("priority 100;", "priority srcnat;");
    }
}

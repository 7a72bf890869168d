package org.linkctl.modules.linux.nftables;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.linux.systemd.UnitState;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Question;

/**
 * A service of linkctl's that loads a table of nftables of its own.
 *
 * @param clear takes away what the service has loaded; the service's files are there then
 */
public record TableService(KeptService service, OwnTable table, Argv clear) {
    /** What was found. */
    public record Found(KeptService.Found service, OwnTable.Found table) {
        public static final Found NONE = new Found(KeptService.Found.NONE, OwnTable.Found.NONE);
    }

    /** One that loads a table and nothing else. */
    public static TableService of(KeptService service, OwnTable table) {
        return new TableService(service, table, table.deletion());
    }

    /**
     * The unit of a program that loads a table and keeps it right: {@code load} and {@code run}. nftables.service flushes
     * every table when it starts, reloads and stops: this unit follows it in all of them. The notes of what is loaded go
     * with the service, and stay when it is restarted (systemd.exec(5), RuntimeDirectoryPreserve=).
     *
     * @param run the folder of its notes below /run
     */
    public static String unitText(String description, String program, String run) {
        return """
            %1$s
            [Unit]
            Description=linkctl: %2$s
            Wants=network-online.target
            After=network-online.target nftables.service
            Before=keepalived.service
            PartOf=nftables.service
            ReloadPropagatedFrom=nftables.service
            StartLimitIntervalSec=0

            [Service]
            RuntimeDirectory=%4$s
            RuntimeDirectoryPreserve=restart
            ExecStartPre=%3$s load
            ExecStart=%3$s run
            ExecReload=%3$s load
            Restart=always
            RestartSec=1

            [Install]
            WantedBy=multi-user.target nftables.service
            """.formatted(OurFiles.MARK, description, program, run);
    }

    /**
     * The unit of a table that is loaded from a file and then left alone. What nft(8) shows of it then, and what it was
     * started with, is noted below /run, for as long as the service is active.
     *
     * @param order lines of the unit about what it comes before; may be empty
     */
    public static String loadingUnit(String description, String order, String rules, String unit, OwnTable table) {
        String run = table.shown().substring(0, table.shown().lastIndexOf('/'));
        return """
            %1$s
            [Unit]
            Description=linkctl: %2$s
            After=nftables.service
            %3$sPartOf=nftables.service
            ReloadPropagatedFrom=nftables.service

            [Service]
            Type=oneshot
            RemainAfterExit=yes
            RuntimeDirectory=%6$s
            ExecStart=/usr/sbin/nft -f %4$s
            ExecStartPost=/bin/sh -c 'nft -s %8$slist table inet %7$s >/run/%6$s/rules && cat %4$s %5$s >/run/%6$s/started'
            ExecReload=/usr/sbin/nft -f %4$s

            [Install]
            WantedBy=multi-user.target nftables.service
            """.formatted(
                        OurFiles.MARK,
                        description,
                        order,
                        rules,
                        UnitState.path(unit),
                        run.substring("/run/".length()),
                        table.name(),
                        table.terse() ? "-t " : "");
    }

    public List<Question<?>> questions() {
        List<Question<?>> out = new ArrayList<>(service.questions());
        out.addAll(table.questions());
        return out;
    }

    public Found read(Answers answers) {
        return new Found(service.read(answers), table.read(answers));
    }

    /** @param stale what else the service loads is not there as it was loaded, or is to go */
    public List<Change> diff(Found have, boolean stale) {
        boolean wanted = service.isWanted();
        boolean differs = wanted && !have.table().isAsLoaded();
        List<Change> out = new ArrayList<>(service.diff(have.service(), wanted && (differs || stale)));
        if (differs) out.add(table.restored(have.table()));
        else if (!wanted && have.table().now() != null) out.add(table.removed(have.table()));
        return out;
    }

    /** @param loaded there is something that a removal has to take away */
    public List<Step> steps(Found have, List<Change> changes, boolean loaded) {
        List<Argv> undone = have.table().now() == null ? List.of(clear) : List.of();
        return service.steps(
                have.service(), changes, undone, loaded ? List.of(new Step.Run(clear, List.of())) : List.of());
    }

    /** Of one that loads nothing but the table. */
    public List<Step> steps(Found have, List<Change> changes) {
        return steps(have, changes, have.table().now() != null);
    }
}

package org.linkctl.modules.linux.hubhandover;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.pair.PairFiles;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.linux.systemd.UnitState;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.shell.Argv;
import org.linkctl.shell.ShellTemplate;

/**
 * The program that raises and lowers a hub's interface with the role of its host, the service that tells the other host
 * of the spokes' places, and the socket on which that is heard: by one interface, at one address (systemd.socket(5)).
 */
final class HubService {
    private static final ShellTemplate PROGRAM = ShellFile.of(HubService.class, "hub.sh");

    /** Of the numbers of routing tables, a range of its own; a host has a port once. */
    private static final int TABLES = 0x6c64_0000;

    private HubService() {}

    static String program(String tunnel) {
        return PairFiles.HOOKS + "/hub-" + tunnel;
    }

    static String unit(String tunnel) {
        return "linkctl-hub-" + tunnel + ".service";
    }

    /** The names before the dot of a socket's unit and of what it starts are the same. */
    private static String socket(String tunnel) {
        return "linkctl-hub-" + tunnel + "-told.socket";
    }

    private static String receiver(String tunnel) {
        return "linkctl-hub-" + tunnel + "-told@.service";
    }

    static KeptService of(SharedHub hub) {
        SharedHub.Wire wire = hub.wire();
        String tunnel = hub.tunnel();
        return new KeptService(
                unit(tunnel),
                "/run/linkctl/hub-" + tunnel + "/started",
                List.of(
                        new KeptService.KeptFile(program(tunnel), "0755", program(hub)),
                        new KeptService.KeptFile(
                                UnitState.path(receiver(tunnel)), "0644", wire == null ? null : receiverText(tunnel)),
                        new KeptService.KeptFile(
                                UnitState.path(socket(tunnel)), "0644", wire == null ? null : socketText(hub, wire)),
                        new KeptService.KeptFile(
                                UnitState.path(unit(tunnel)), "0644", unitText(tunnel, wire != null))));
    }

    private static String unitText(String tunnel, boolean told) {
        return """
            %1$s
            [Unit]
            Description=linkctl: hub %2$s of a pair, up where the shared addresses are
            After=wg-quick@%2$s.service%3$s
            Before=keepalived.service
            StartLimitIntervalSec=0

            [Service]
            ExecStartPre=%4$s note
            ExecStart=%4$s run
            ExecStopPost=%4$s clear
            Restart=always
            RestartSec=1

            [Install]
            WantedBy=multi-user.target
            """.formatted(
                        OurFiles.MARK,
                        tunnel,
                        told ? "\nWants=" + socket(tunnel) + "\nAfter=" + socket(tunnel) : "",
                        program(tunnel));
    }

    private static String socketText(SharedHub hub, SharedHub.Wire wire) {
        String self = wire.ends().self().isV6()
                ? "[" + wire.ends().self() + "]"
                : wire.ends().self().text();
        return """
            %1$s
            [Unit]
            Description=linkctl: where the other host of the pair tells of the spokes of %2$s
            PartOf=%3$s

            [Socket]
            ListenStream=%4$s
            BindToDevice=%5$s
            FreeBind=yes
            Accept=yes
            MaxConnections=4
            """.formatted(OurFiles.MARK, hub.tunnel(), unit(hub.tunnel()), self + ":" + hub.port(), wire.device());
    }

    private static String receiverText(String tunnel) {
        return """
            %1$s
            [Unit]
            Description=linkctl: what the other host of the pair tells of the spokes of %2$s
            CollectMode=inactive-or-failed

            [Service]
            StandardInput=socket
            ExecStart=%3$s receive
            RuntimeMaxSec=30
            """.formatted(OurFiles.MARK, tunnel, program(tunnel));
    }

    /** The kernel takes an interface's routes away when it goes down. */
    private static List<String> raised(@Nullable String routes) {
        if (routes == null) return List.of();
        return List.of(Argv.of("test", "!", "-x", routes).render() + " || "
                + Argv.of(routes, "apply").render());
    }

    private static String program(SharedHub hub) {
        SharedHub.Wire wire = hub.wire();
        List<String> files = new ArrayList<>(List.of(program(hub.tunnel())));
        if (wire != null) {
            files.add(UnitState.path(receiver(hub.tunnel())));
            files.add(UnitState.path(socket(hub.tunnel())));
        }
        files.add(UnitState.path(unit(hub.tunnel())));
        return PROGRAM.lines("MARK", List.of(OurFiles.MARK))
                .word("TUNNEL", hub.tunnel())
                .word("PORT", Integer.toString(hub.port()))
                .words("VIPS", hub.vips())
                .words("CALLED", hub.called())
                .word("PEER", wire == null ? "" : wire.ends().peer().text())
                .word("TABLE", Integer.toString(TABLES + hub.port()))
                .words("FILES", files)
                .lines("RAISED", raised(hub.routes()))
                .text();
    }
}

package org.linkctl.modules.linux.role;

import java.util.List;
import java.util.stream.Collectors;
import org.linkctl.model.Vip;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.pair.PairFiles;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.linux.systemd.UnitState;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.modules.vipactions.VipActions;
import org.linkctl.shell.ShellTemplate;

/** The program that makes a host what it is in its pair, and the service by which it looks by itself. POSIX sh. */
final class RoleProgram {
    static final String UNIT = "linkctl-role.service";
    static final String RUN = "/run/linkctl/role";

    /** Seconds between two refreshes: a UDP flow is kept for 120 (kernel: nf_conntrack-sysctl.rst,
     * nf_conntrack_udp_timeout_stream). */
    private static final int EVERY = 30;

    /** As conntrackd(8) takes them: its own table as the kernel has it now, and all of that to the other host. */
    private static final List<String> SENT = List.of("-R", "-B");

    private static final String FORGOTTEN = "-f internal";

    private static final ShellTemplate PROGRAM = ShellFile.of(RoleProgram.class, "role.sh");

    private static final String UNIT_TEXT = """
            %1$s
            [Unit]
            Description=linkctl: makes this host what it is in its pair
            StartLimitIntervalSec=0

            [Service]
            ExecStartPre=%2$s note
            ExecStart=%2$s watch
            Restart=always
            RestartSec=1

            [Install]
            WantedBy=multi-user.target
            """.formatted(OurFiles.MARK, PairFiles.ROLE);

    private RoleProgram() {}

    /** @param synchronizes whether the pair tells each other of connections */
    static KeptService of(List<Vip> vips, List<Proxied> proxied, boolean synchronizes) {
        return new KeptService(
                UNIT,
                RUN + "/started",
                List.of(
                        new KeptService.KeptFile(PairFiles.ROLE, "0755", program(vips, proxied, synchronizes)),
                        new KeptService.KeptFile(UnitState.path(UNIT), "0644", UNIT_TEXT)));
    }

    static String program(List<Vip> vips, List<Proxied> proxied, boolean synchronizes) {
        return PROGRAM.lines("MARK", List.of(OurFiles.MARK))
                .word("HOOKS", PairFiles.HOOKS)
                .words("VIPS", vips.stream().map(RoleProgram::entry).toList())
                .words("PROXIED", proxied.stream().flatMap(Proxied::entries).toList())
                .lines("CONNTRACKD", synchronizes ? conntrackd(SENT, List.of(FORGOTTEN, "-n")) : List.of())
                .lines("REFRESH", synchronizes ? conntrackd(SENT, List.of(FORGOTTEN)) : List.of())
                .word("EVERY", Integer.toString(EVERY))
                .word("LIMIT", Integer.toString(VipActions.LIMIT))
                .word("UNITFILE", UnitState.path(UNIT))
                .lines("ACTIONS", new VipActions(vips, RUN).cases())
                .text();
    }

    private static List<String> conntrackd(List<String> master, List<String> backup) {
        return List.of("if [ $1 = MASTER ]; then " + commands(master) + "; else " + commands(backup) + "; fi");
    }

    private static String commands(List<String> requests) {
        return requests.stream()
                .map(request -> "conntrackd -C " + PairFiles.CONNTRACKD + " " + request)
                .collect(Collectors.joining(" && "));
    }

    private static String entry(Vip vip) {
        return vip.on() + "/" + vip.id() + "/" + vip.addresses().getFirst().address();
    }
}

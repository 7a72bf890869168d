package org.linkctl.modules.linux.quorum;

import java.util.List;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.pair.PairVip;
import org.linkctl.modules.linux.pair.Vote;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.linux.systemd.UnitState;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.shell.ShellTemplate;

/** The program that says whether a host may serve, and the service that runs it. POSIX sh: dash and busybox will do. */
final class QuorumProgram {
    static final String UNIT = "linkctl-quorum.service";
    private static final String FILE = "/usr/local/lib/linkctl/quorum";
    private static final String NOTE = "/run/linkctl/" + UNIT;
    private static final ShellTemplate PROGRAM = ShellFile.of(QuorumProgram.class, "quorum.sh");

    /** Hundredths of a second: longer ago than anything that is waited for. */
    private static final String NEVER = "-1000000";

    private static final int CENTI = 10;

    /**
     * Who is killed and started anew goes on with what it said; a host that boots says nothing before it has asked. It goes
     * before other work: a host that is merely busy shall not look like one that is cut off.
     */
    private static final String UNIT_TEXT = """
            %1$s
            [Unit]
            Description=linkctl: lets a host of a pair serve that sees the other one, or has the vote of the witness
            Before=keepalived.service
            StartLimitIntervalSec=0

            [Service]
            Nice=-10
            ExecStartPre=%2$s decide
            ExecStart=%2$s run
            Restart=always
            RestartSec=100ms

            [Install]
            WantedBy=multi-user.target
            """.formatted(OurFiles.MARK, FILE);

    private QuorumProgram() {}

    /** That there is none. */
    static KeptService none() {
        return service("").none();
    }

    static KeptService service(Vote vote, List<PairVip> vips) {
        List<String> others = vips.stream()
                .map(vip -> vip.vip().on() + "/" + vip.ends().peer())
                .distinct()
                .toList();
        List<String> shared = vips.stream()
                .map(vip -> vip.vip().addresses().getFirst().address().text())
                .toList();
        return service(PROGRAM.lines("MARK", List.of(OurFiles.MARK))
                .words("OTHERS", others)
                .word("WITNESS", vote.witness().address().text())
                .word("DEVICE", vote.device())
                .word("OWN", vote.ends().self().text())
                .words("SHARED", shared)
                .word("HELD", Integer.toString(vote.held() / CENTI))
                .word("AWAITED", Integer.toString(vote.awaited() / CENTI))
                .word("DEFERRED", Integer.toString(vote.deferred() / CENTI))
                .word("NEVER", NEVER)
                .word("PATIENCE", seconds(vote.patience()))
                .word("PAUSE", seconds(vote.pause()))
                .word("PATTERN", vote.pattern())
                .word("ANSWER", vote.shownAnswer())
                .word("UNITFILE", UnitState.path(UNIT))
                .word("NOTE", NOTE)
                .text());
    }

    private static KeptService service(String program) {
        return new KeptService(
                UNIT,
                NOTE,
                List.of(
                        new KeptService.KeptFile(FILE, "0755", program),
                        new KeptService.KeptFile(UnitState.path(UNIT), "0644", UNIT_TEXT)));
    }

    static String seconds(int millis) {
        return millis / 1000 + "." + "%03d".formatted(millis % 1000);
    }
}

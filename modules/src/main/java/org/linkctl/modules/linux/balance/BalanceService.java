package org.linkctl.modules.linux.balance;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.nftables.TableService;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.linux.systemd.UnitState;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.shell.Argv;
import org.linkctl.shell.ShellTemplate;

/** The program that loads the rules and routes and asks the next hops, and the service that runs it. POSIX sh. */
final class BalanceService {
    static final String UNIT = "linkctl-balance.service";
    static final String PATH = "/usr/local/lib/linkctl/watch-next-hops";

    /** Of the rules of ip-rule(8): after the kernel's own table of local addresses, before all others' usual ones. */
    static final int PRIORITY = 990;

    private static final String RULES = "/etc/linkctl/nftables/balance.nft";

    private static final String RUN = "linkctl-balance";

    /** Each question is a process; so many in a second take some percent of a processor. */
    private static final int PROCESSES = 64;

    private static final ShellTemplate PROGRAM = ShellFile.of(BalanceService.class, "watch-next-hops.sh");

    private BalanceService() {}

    static KeptService of(List<SpreadConnections> all) {
        return new KeptService(
                UNIT,
                "/run/" + RUN + "/started",
                List.of(
                        new KeptService.KeptFile(PATH, "0755", program(all)),
                        new KeptService.KeptFile(RULES, "0644", BalanceRules.file(all)),
                        new KeptService.KeptFile(
                                UnitState.path(UNIT),
                                "0644",
                                TableService.unitText(
                                        "spreads connections over the next hops that answer", PATH, RUN))));
    }

    private static String program(List<SpreadConnections> all) {
        List<String> hops =
                SpreadConnections.hops(all).stream().map(NextHop::word).toList();
        return PROGRAM.lines("MARK", List.of(OurFiles.MARK))
                .word("RULES", RULES)
                .word("UNITFILE", UnitState.path(UNIT))
                .word("RUN", "/run/" + RUN)
                .word("PRIORITY", Integer.toString(PRIORITY))
                .words("TARGETS", hops)
                .word("PAUSE", String.format(Locale.ROOT, "%.1f", Math.max(0.5, (double) hops.size() / PROCESSES)))
                .lines("MAPS", all.stream().map(BalanceService::map).toList())
                .text();
    }

    private static String map(SpreadConnections one) {
        Stream<String> hops = one.hops().stream().map(NextHop::word);
        return Stream.concat(Stream.of(BalanceRules.map(one), Integer.toString(BalanceRules.slots(one))), hops)
                .map(Argv::quote)
                .collect(Collectors.joining(" ", "\"$1\" ", ""));
    }
}

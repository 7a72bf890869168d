package org.linkctl.modules.linux.publish;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.model.Publish;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.nftables.TableService;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.linux.systemd.UnitState;
import org.linkctl.modules.publishing.PublishedService;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.shell.Argv;
import org.linkctl.shell.ShellTemplate;
import org.linkctl.spi.Scope;

/** The program that loads the rules and asks the targets, and the service that runs it. POSIX sh, and bash to ask. */
final class PublishService {
    static final String UNIT = "linkctl-publish.service";
    static final String RULES = "/etc/linkctl/nftables/publish.nft";
    private static final String PATH = "/usr/local/lib/linkctl/watch-published";

    private static final String RUN = "linkctl-publish";

    /** The marks of targets that do not answer. */
    static final String DEAD = "/run/" + RUN + "/dead";

    private static final String NOTE = "/run/" + RUN + "/started";

    /** Each check is a process; so many in a second take some percent of a processor. */
    private static final int PROCESSES = 64;

    private static final ShellTemplate PROGRAM = ShellFile.of(PublishService.class, "watch-published.sh");

    private PublishService() {}

    static KeptService of(List<PublishedService> published) {
        return new KeptService(
                UNIT,
                NOTE,
                List.of(
                        new KeptService.KeptFile(PATH, "0755", program(published)),
                        new KeptService.KeptFile(RULES, "0644", PublishRules.file(published)),
                        new KeptService.KeptFile(
                                UnitState.path(UNIT),
                                "0644",
                                TableService.unitText("connects what is published with those who answer", PATH, RUN))));
    }

    private static String program(List<PublishedService> published) {
        List<String> checks = PublishedService.checks(published);
        return PROGRAM.lines("MARK", List.of(OurFiles.MARK))
                .word("RULES", RULES)
                .word("UNITFILE", UnitState.path(UNIT))
                .word("RUN", "/run/" + RUN)
                .word("PING", PublishedService.PING)
                .words("TARGETS", checks)
                .word("PAUSE", String.format(Locale.ROOT, "%.1f", pause(checks.size())))
                .word("HELD", Scope.HELD)
                .lines("PLACES", PublishedService.cases(published))
                .lines("FLOWS", PublishedService.flows(published))
                .word("GRACE", Integer.toString(PublishedService.grace(pause(checks.size()))))
                .lines("MAPS", published.stream().map(PublishService::map).toList())
                .text();
    }

    /** Seconds from one round to the next. */
    private static double pause(int checks) {
        return Math.max(0.5, (double) checks / PROCESSES);
    }

    private static String map(PublishedService one) {
        String how = one.publish().choose() == Publish.Choose.FIRST_HEALTHY ? "first" : "all";
        String slots = Integer.toString(PublishRules.slots(one));
        return Stream.concat(Stream.of(PublishRules.map(one), slots, how), one.checks().stream())
                .map(Argv::quote)
                .collect(Collectors.joining(" ", "\"$1\" ", ""));
    }
}

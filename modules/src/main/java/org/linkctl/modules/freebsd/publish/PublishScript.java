package org.linkctl.modules.freebsd.publish;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.model.Publish;
import org.linkctl.model.Vip;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.pfrules.PfPublish;
import org.linkctl.modules.freebsd.rc.RcProgram;
import org.linkctl.modules.publishing.PublishedService;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.shell.Argv;
import org.linkctl.shell.ShellTemplate;
import org.linkctl.spi.Scope;

/** The script that asks what is published for answers, and the one by which rc(8) runs it. POSIX sh. */
final class PublishScript {
    static final String NAME = "linkctl_publish";
    static final String PATH = "/usr/local/lib/linkctl/watch-published";
    static final String RC = "/usr/local/etc/rc.d/" + NAME;
    static final String DEAD = "/var/run/linkctl/published-dead";

    /** Each check is a process; so many in a second take some percent of a processor. */
    private static final int PROCESSES = 64;

    private static final ShellTemplate PROGRAM = ShellFile.of(PublishScript.class, "watch-published.sh");

    private static final ShellTemplate RC_PROGRAM = ShellFile.of(PublishScript.class, "rc.sh");

    private PublishScript() {}

    /**
     * None where there is nothing to watch.
     *
     * @param place the words that tell pfctl(8) where the tables are
     * @param vips those of a pair, whose master is called
     */
    static RcProgram.Texts texts(List<PfPublish> published, List<String> place, List<Vip> vips) {
        return published.isEmpty()
                ? RcProgram.Texts.NONE
                : new RcProgram.Texts(script(published, place, vips), rc(place));
    }

    static String script(List<PfPublish> published, List<String> place, List<Vip> vips) {
        List<PublishedService> services =
                published.stream().map(PfPublish::what).toList();
        int pause = pause(checks(published).size());
        return PROGRAM.lines("MARK", List.of(OurFiles.MARK))
                .word("DEAD", DEAD)
                .word("PING", PublishedService.PING)
                .words("TARGETS", checks(published))
                .word("EVERY", pause == 1 ? "second" : pause + " s")
                .word("PAUSE", Integer.toString(pause))
                .words("PLACE", place)
                .word("HELD", Scope.HELD)
                .lines("PLACES", PublishedService.cases(services))
                .words(
                        "VIPS",
                        vips.stream().map(vip -> vip.on() + "/" + vip.id()).toList())
                .lines("FLOWS", PublishedService.flows(services))
                .word("GRACE", Integer.toString(PublishedService.grace(pause)))
                .lines("TABLES", published.stream().map(PublishScript::table).toList())
                .text();
    }

    /** Seconds between two rounds, so that there are no more than some processes in a second. */
    private static int pause(int checks) {
        return Math.max(1, (checks + PROCESSES - 1) / PROCESSES);
    }

    private static List<String> checks(List<PfPublish> published) {
        return PublishedService.checks(published.stream().map(PfPublish::what).toList());
    }

    private static String table(PfPublish one) {
        String how = one.publish().choose() == Publish.Choose.FIRST_HEALTHY ? "first" : "all";
        return Stream.concat(Stream.of(one.table(), how), one.what().checks().stream())
                .map(Argv::quote)
                .collect(Collectors.joining(" ", "\"$1\" ", ""));
    }

    /** Its tables are those of the rules, which a service of ours loads where they stand in an anchor. */
    static String rc(List<String> place) {
        return RC_PROGRAM
                .lines("MARK", List.of(OurFiles.MARK))
                .word("NAME", NAME)
                .words("AFTER", place.isEmpty() ? List.of() : List.of("linkctl_pf"))
                .word("PATH", PATH)
                .text();
    }
}

package org.linkctl.modules.freebsd.foreignfilter;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.pfload.PfLoaded;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Found;
import org.linkctl.spi.Question;

/** The user's own rules of pf and ipfw, which {@code linkctl import} leaves alone; their text is not read. */
final class FilterFound {
    private static final Question.Command OURS = Question.command("grep", "-csF", OurFiles.MARK, "/etc/pf.conf");
    private static final Question.Command IPFW = Question.command("sysctl", "-n", "-i", "net.inet.ip.fw.enable");

    private FilterFound() {}

    static List<Question<?>> questions() {
        return List.of(PfLoaded.INFO, OURS, IPFW);
    }

    static List<Found> read(Answers answers) {
        List<Found> out = new ArrayList<>();
        boolean pf = answers.to(PfLoaded.INFO).stdout().startsWith("Status: Enabled");
        if (pf && !answers.to(OURS).ok())
            out.add(new Found.Unsaid(
                    "pf, with the rules of /etc/pf.conf",
                    "no words are made of rules: they stay as they are, and ruleset: ANCHOR puts linkctl's beside them"
                            + " (docs/freebsd.md)"));
        if (answers.to(IPFW).stdout().strip().equals("1"))
            out.add(new Found.Unsaid("ipfw, with its rules", "no words are made of rules: they stay as they are"));
        return List.copyOf(out);
    }
}

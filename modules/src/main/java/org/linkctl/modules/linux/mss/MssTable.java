package org.linkctl.modules.linux.mss;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.shell.Argv;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/** The table of nftables that fits the segments of TCP to tunnels. */
final class MssTable {
    static final String NAME = "inet linkctl_mss";

    static final Question.Command ALL = Question.command("nft", "list", "tables");
    static final Question.Command LOADED = Question.command("nft", "-s", "list", "table", "inet", "linkctl_mss");

    static final Argv DELETE = Argv.of("nft", "delete", "table", "inet", "linkctl_mss");

    private MssTable() {}

    /** The rules, as {@code nft list} prints them in 1.0.6. */
    private static List<String> rules(List<String> tunnels) {
        List<String> out = new ArrayList<>();
        for (String tunnel : tunnels) {
            for (String way : List.of("iifname", "oifname")) {
                out.add(way + " \"" + tunnel + "\" tcp flags syn / syn,rst tcp option maxseg size set rt mtu");
            }
        }
        return out;
    }

    /** As nft(8) lists it. */
    static String text(List<String> tunnels) {
        return "table " + NAME + " {\n\tchain forward {\n"
                + "\t\ttype filter hook forward priority mangle; policy accept;\n\t\t"
                + String.join("\n\t\t", rules(tunnels))
                + "\n\t}\n}\n";
    }

    /** Adding before deleting: the deletion of a table that is not there would fail. */
    static String file(List<String> tunnels) {
        return OurFiles.MARK + "\nadd table " + NAME + "\ndelete table " + NAME + "\n" + text(tunnels);
    }

    /** That a table is not there is told by the list of all: what nft(8) says of a missing one depends on the locale. */
    static @Nullable String read(Answers answers) {
        Answer.Output tables = answers.to(ALL);
        if (tables.exit() == 127) return null;
        String list = answers.stdout(ALL);
        if (list.lines().map(String::strip).noneMatch(("table " + NAME)::equals)) return null;
        String text = answers.stdout(LOADED);
        if (!text.startsWith("table " + NAME + " {")) {
            throw new UnreadableFacts("nft list table " + NAME + " does not begin with that table: "
                    + text.lines().findFirst().orElse("(nothing)"));
        }
        return normal(text);
    }

    /** Before 0.9.9, and again in some later versions, nft(8) spells masks and priorities out. */
    private static String normal(String text) {
        return text.replace("tcp flags & (syn | rst) == syn ", "tcp flags syn / syn,rst ")
                .replace("priority -150;", "priority mangle;");
    }
}

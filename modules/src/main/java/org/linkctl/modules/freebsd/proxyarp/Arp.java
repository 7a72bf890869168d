package org.linkctl.modules.freebsd.proxyarp;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.net.Ip;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/** What arp(8) shows of the kernel's table: the addresses of others that this host answers for. */
final class Arp {
    private static final Question.Command SHOW = Question.command("arp", "-an");

    private static final Pattern LINE = Pattern.compile(
            "\\S+ \\((?<ip>[0-9.]+)\\) at (?<mac>\\S+)(?: on (?<device>\\S+))?(?: permanent| expired| expires in [0-9]+ seconds)"
                    + "(?<published> published)?(?: \\[\\w+\\])?");

    private Arp() {}

    /** An address of others that this host answers for. */
    record Entry(Ip address, String mac, String device) {
        String shown() {
            return "published as " + mac + " on " + device;
        }
    }

    static Question.Command question() {
        return SHOW;
    }

    static List<Entry> published(Answers answers) {
        List<Entry> out = new ArrayList<>();
        for (String line : answers.stdout(SHOW).lines().toList()) {
            Matcher match = LINE.matcher(line);
            if (!match.matches()) throw new UnreadableFacts("arp -an: no entry: '" + line + "'");
            if (match.group("published") == null) continue;
            Ip address = Ip.parse(match.group("ip"))
                    .orElseThrow(() -> new UnreadableFacts("arp -an: no address: '" + line + "'"));
            String device = match.group("device");
            out.add(new Entry(address, match.group("mac"), device == null ? "no interface" : device));
        }
        return List.copyOf(out);
    }
}

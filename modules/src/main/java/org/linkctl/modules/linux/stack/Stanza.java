package org.linkctl.modules.linux.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/**
 * An {@code iface} stanza of interfaces(5) that somebody else wrote.
 *
 * @param text its first line
 * @param addresses that it gives; one whose length nobody can tell is not among them
 */
record Stanza(String file, String device, String method, String text, List<Cidr> addresses) {
    /** Never the whole file: such files may hold the passphrases of wireless networks. */
    private static final Question.Command COMMAND = Question.command(
            "grep",
            "-RsHE",
            "--exclude=*linkctl-*",
            "^[[:space:]]*(iface|address|netmask)[[:space:]]",
            "/etc/network/interfaces",
            "/etc/network/interfaces.d");

    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,3}");

    /** Whether it only brings the interface up, or not even that. */
    boolean givesNone() {
        return method.equals("manual") || (method.isEmpty() && addresses.isEmpty());
    }

    static Question.Command question() {
        return COMMAND;
    }

    static List<Stanza> read(Answers answers) {
        List<Stanza> out = new ArrayList<>();
        Draft draft = null;
        Answer.Output output = answers.to(COMMAND);
        for (String line : output.stdout().lines().toList()) {
            int colon = line.indexOf(':');
            if (colon < 1 || line.charAt(0) != '/') throw new UnreadableFacts("interfaces(5): '" + line + "'");
            String[] words = line.substring(colon + 1).strip().split("\\s+");
            if (words[0].equals("iface")) {
                if (draft != null) out.add(draft.end());
                draft = new Draft(line.substring(0, colon), words);
            } else if (draft != null && words.length > 1) {
                draft.add(words);
            }
        }
        if (draft != null) out.add(draft.end());
        return List.copyOf(out);
    }

    /** One that is still being read: an address and its netmask may stand in two lines. */
    private static final class Draft {
        private final String file;
        private final String[] words;
        private final List<Cidr> addresses = new ArrayList<>();
        private @Nullable Ip waiting;

        Draft(String file, String[] words) {
            this.file = file;
            this.words = words;
        }

        void add(String[] line) {
            if (line[0].equals("address")) {
                Cidr.parse(line[1]).ifPresent(addresses::add);
                waiting = Ip.parse(line[1]).orElse(null);
            } else if (waiting != null) {
                int length = length(line[1]);
                if (length <= (waiting.isV6() ? 128 : 32)) addresses.add(new Cidr(waiting, length));
                waiting = null;
            }
        }

        /** Bits of a netmask such as {@code 24} or {@code 255.255.255.0}. */
        private static int length(String mask) {
            if (LENGTH.matcher(mask).matches()) return Integer.parseInt(mask);
            int bits = 0;
            for (String octet : mask.split("\\.", -1)) {
                if (!LENGTH.matcher(octet).matches()) return Integer.MAX_VALUE;
                bits += Integer.bitCount(Integer.parseInt(octet));
            }
            return bits;
        }

        Stanza end() {
            return new Stanza(
                    file,
                    words.length > 1 ? words[1] : "",
                    words.length > 3 ? words[3] : "",
                    String.join(" ", words),
                    List.copyOf(addresses));
        }
    }
}

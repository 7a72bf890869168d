package org.linkctl.modules.linux;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.shell.Question;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Refused;
import org.linkctl.spi.UnreadableFacts;

/**
 * Which stack runs a host's network, our files in it, and which of its files configures an interface.
 *
 * @param stack null where it is none that linkctl writes for
 * @param refusal why, then
 * @param files our own, by path
 * @param networkFiles systemd-networkd's file, by interface
 */
record StackFacts(
        @Nullable NetworkStack stack, String refusal, Map<String, String> files, Map<String, String> networkFiles) {
    private static final String[] NETWORKD = {"systemctl", "is-active", "systemd-networkd.service"};
    private static final String[] IFUPDOWN = {"systemctl", "is-enabled", "networking.service"};
    private static final String[] MANAGER = {"systemctl", "is-active", "NetworkManager.service"};
    private static final String[] NETPLAN = {"ls", "/etc/netplan"};
    private static final String[] SOURCED = {
        "grep", "-sE", "^source(-directory)? +/etc/network/interfaces.d", "/etc/network/interfaces"
    };
    private static final String[] OURS = {
        "grep", "-rsH", "--include=*linkctl*", "", "/etc/systemd/network", "/etc/network"
    };
    private static final String[] STATUS = {"networkctl", "status", "--all", "--no-pager", "--lines=0"};
    private static final Pattern LINK = Pattern.compile("^\\S* ?\\d+: (\\S+)");
    private static final Pattern FILE = Pattern.compile("^\\s*Network File: (/\\S+)");

    static final StackFacts BARE = new StackFacts(new Networkd(), "", Map.of(), Map.of());

    static List<Question> questions() {
        return List.of(
                Question.command(NETWORKD),
                Question.command(IFUPDOWN),
                Question.command(MANAGER),
                Question.command(NETPLAN),
                Question.command(SOURCED),
                Question.command(OURS),
                Question.command(STATUS));
    }

    static StackFacts from(Answers answers) {
        Map<String, String> files = files(answers.to(OURS));
        Map<String, String> networkFiles = networkFiles(answers.to(STATUS));
        if (answers.to(NETWORKD).exit() == 127) return none("it does not run systemd");
        if (says(answers.to(MANAGER), "active")) return none("NetworkManager runs its network");
        if (answers.to(NETPLAN).ok() && answers.to(NETPLAN).stdout().contains(".yaml")) {
            return none("netplan runs its network (/etc/netplan)");
        }
        if (says(answers.to(NETWORKD), "active")) return new StackFacts(new Networkd(), "", files, networkFiles);
        if (!says(answers.to(IFUPDOWN), "enabled")) {
            return none("neither systemd-networkd nor ifupdown (networking.service) runs its network");
        }
        if (!answers.to(SOURCED).ok()) {
            return none("its /etc/network/interfaces does not source /etc/network/interfaces.d");
        }
        return new StackFacts(new Ifupdown(), "", files, networkFiles);
    }

    private static StackFacts none(String why) {
        return new StackFacts(null, why, Map.of(), Map.of());
    }

    private static boolean says(Answer.Output output, String word) {
        return output.stdout().strip().equals(word);
    }

    /** The stack, or a refusal that names what runs the network instead. */
    NetworkStack require() {
        if (stack == null) {
            throw new Refused(refusal + "; linkctl configures systemd-networkd and ifupdown");
        }
        return stack;
    }

    /** grep(1) -H prints {@code path:line} for every line: all our files in one answer. */
    private static Map<String, String> files(Answer.Output output) {
        Map<String, StringBuilder> texts = new LinkedHashMap<>();
        for (String line : output.stdout().lines().toList()) {
            int colon = line.indexOf(':');
            if (colon < 1 || line.charAt(0) != '/') throw new UnreadableFacts("our files: '" + line + "'");
            texts.computeIfAbsent(line.substring(0, colon), path -> new StringBuilder())
                    .append(line, colon + 1, line.length())
                    .append('\n');
        }
        Map<String, String> out = new LinkedHashMap<>();
        texts.forEach((path, text) -> out.put(path, text.toString()));
        return out;
    }

    private static Map<String, String> networkFiles(Answer.Output output) {
        Map<String, String> out = new LinkedHashMap<>();
        String link = "";
        for (String line : output.stdout().lines().toList()) {
            Matcher named = LINK.matcher(line);
            if (named.find()) link = named.group(1);
            Matcher file = FILE.matcher(line);
            if (file.find() && !link.isEmpty()) out.put(link, file.group(1));
        }
        return out;
    }
}

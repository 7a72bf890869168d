package org.linkctl.engine.script;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.linkctl.spi.Answer;

/** wg(8), {@code wg show INTERFACE FIELD}: for all interfaces, each line begins with the interface and a tab. No secret is shown. */
final class WireguardCommands implements CommandKind {
    private static final Set<String> FIELDS = Set.of(
            "public-key",
            "listen-port",
            "fwmark",
            "endpoints",
            "allowed-ips",
            "latest-handshakes",
            "transfer",
            "persistent-keepalive");

    @Override
    public boolean is(List<String> words) {
        return words.size() == 4
                && words.subList(0, 2).equals(List.of("wg", "show"))
                && !words.get(2).equals("all")
                && FIELDS.contains(words.get(3));
    }

    @Override
    public String subject(List<String> words) {
        return words.get(2);
    }

    @Override
    public List<String> common(List<String> words) {
        return List.of(words.get(3));
    }

    @Override
    public List<String> joined(List<String> common, List<String> subjects) {
        return List.of("wg", "show", "all", common.getFirst());
    }

    // An interface without peers has no line in most fields, and one that is not there has none either.
    @Override
    public Map<String, Answer.Output> read(Answer.Output output, List<String> subjects) {
        Map<String, StringBuilder> lines = new HashMap<>();
        if (!CommandKind.clean(output)) return Map.of();
        for (String line : output.stdout().lines().toList()) {
            int tab = line.indexOf('\t');
            if (tab < 0) return Map.of();
            lines.computeIfAbsent(line.substring(0, tab), name -> new StringBuilder())
                    .append(line, tab + 1, line.length())
                    .append('\n');
        }
        return CommandKind.succeeded(lines, subjects);
    }
}

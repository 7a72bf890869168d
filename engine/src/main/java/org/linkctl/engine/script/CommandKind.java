package org.linkctl.engine.script;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.spi.Answer;

/** Commands that one process can answer for many interfaces, files or units. */
enum CommandKind {
    /** wg(8), {@code wg show INTERFACE FIELD}: for all interfaces, each line begins with the interface and a tab. No secret is shown. */
    WIREGUARD {
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
        boolean is(List<String> words) {
            return words.size() == 4
                    && words.subList(0, 2).equals(List.of("wg", "show"))
                    && !words.get(2).equals("all")
                    && FIELDS.contains(words.get(3));
        }

        @Override
        String subject(List<String> words) {
            return words.get(2);
        }

        @Override
        List<String> common(List<String> words) {
            return List.of(words.get(3));
        }

        @Override
        List<String> joined(List<String> common, List<String> subjects) {
            return List.of("wg", "show", "all", common.getFirst());
        }

        // An interface without peers has no line in most fields, and one that is not there has none either.
        @Override
        Map<String, Answer.Output> read(Answer.Output output, List<String> subjects) {
            Map<String, StringBuilder> lines = new HashMap<>();
            if (!clean(output)) return Map.of();
            for (String line : output.stdout().lines().toList()) {
                int tab = line.indexOf('\t');
                if (tab < 0) return Map.of();
                lines.computeIfAbsent(line.substring(0, tab), name -> new StringBuilder())
                        .append(line, tab + 1, line.length())
                        .append('\n');
            }
            return succeeded(lines, subjects);
        }
    },

    /** stat(1) of GNU and of FreeBSD, {@code stat -c FORMAT FILE}. */
    STAT {
        @Override
        boolean is(List<String> words) {
            return words.size() == 4
                    && words.getFirst().equals("stat")
                    && (words.get(1).equals("-c") || words.get(1).equals("-f"))
                    && words.get(3).matches("/[A-Za-z0-9_@+./-]+");
        }

        @Override
        List<String> joined(List<String> common, List<String> subjects) {
            String name = common.get(1).equals("-c") ? " %n" : " %N";
            return Stream.concat(Stream.of(common.getFirst(), common.get(1), common.get(2) + name), subjects.stream())
                    .toList();
        }

        @Override
        Map<String, Answer.Output> read(Answer.Output output, List<String> subjects) {
            Map<String, Answer.Output> out = new LinkedHashMap<>();
            for (String line : output.stdout().lines().toList()) {
                int space = line.lastIndexOf(' ');
                if (space < 0) return Map.of();
                out.put(line.substring(space + 1), new Answer.Output(0, line.substring(0, space) + "\n", ""));
            }
            for (String line : output.stderr().lines().toList()) {
                subjects.stream()
                        .filter(path -> line.contains("'" + path + "'") || line.contains(" " + path + ": "))
                        .forEach(path -> out.putIfAbsent(path, new Answer.Output(1, "", line + "\n")));
            }
            return out;
        }
    },

    /** {@code ip -o addr show dev DEVICE}: ip-address(8); a line each, its second word the interface. */
    ADDRESSES {
        private static final List<String> COMMON = List.of("ip", "-o", "addr", "show");

        @Override
        boolean is(List<String> words) {
            return words.size() == 6
                    && words.subList(0, 4).equals(COMMON)
                    && words.get(4).equals("dev");
        }

        @Override
        List<String> joined(List<String> common, List<String> subjects) {
            return COMMON;
        }

        // An interface without addresses has no line, and one that is not there has none either.
        @Override
        Map<String, Answer.Output> read(Answer.Output output, List<String> subjects) {
            Map<String, StringBuilder> lines = new HashMap<>();
            if (!clean(output)) return Map.of();
            for (String line : output.stdout().lines().toList()) {
                String[] words = line.split(" +", 3);
                if (words.length < 3) return Map.of();
                lines.computeIfAbsent(words[1], name -> new StringBuilder())
                        .append(line)
                        .append('\n');
            }
            return succeeded(lines, subjects);
        }
    },

    /** {@code systemctl show --property=… UNIT}: systemctl(1); a block each, in order, an empty line between. */
    UNIT_PROPERTIES {
        @Override
        boolean is(List<String> words) {
            return words.size() == 4
                    && words.subList(0, 2).equals(List.of("systemctl", "show"))
                    && words.get(2).startsWith("--property=");
        }

        @Override
        Map<String, Answer.Output> read(Answer.Output output, List<String> subjects) {
            return clean(output) ? inOrder(output.stdout().split("(?<=\n)\n", -1), subjects, "") : Map.of();
        }
    },

    /** dpkg-query(1), {@code dpkg-query -W -f FORMAT PACKAGE...}: each reads the whole database of packages. */
    PACKAGES {
        private static final String LINE = "${Package} ${db:Status-Status} ${Version}\\n";
        private static final Set<String> FORMATS = Set.of("${Version}", "${Package} ${db:Status-Status}\\n");
        private static final String UNKNOWN = "dpkg-query: no packages found matching ";

        // The format is a word of its own behind -f, or begins with -f=.
        private static int firstName(List<String> words) {
            return words.size() > 2 && words.get(2).startsWith("-f=") ? 3 : 4;
        }

        private static String format(List<String> words) {
            return firstName(words) == 3 ? words.get(2).substring(3) : words.get(3);
        }

        private static List<String> words(String subject) {
            return List.of(subject.split("\0"));
        }

        private static List<String> names(String subject) {
            List<String> words = words(subject);
            return words.subList(firstName(words), words.size());
        }

        @Override
        boolean is(List<String> words) {
            return words.size() > firstName(words)
                    && words.subList(0, 2).equals(List.of("dpkg-query", "-W"))
                    && (firstName(words) == 3 || words.get(2).equals("-f"))
                    && FORMATS.contains(format(words))
                    && words.subList(firstName(words), words.size()).stream()
                            .allMatch(name -> name.matches("[a-z0-9][a-z0-9+.-]+"));
        }

        @Override
        String subject(List<String> words) {
            return String.join("\0", words);
        }

        @Override
        List<String> common(List<String> words) {
            return List.of("dpkg-query", "-W", "-f", LINE);
        }

        @Override
        List<String> joined(List<String> common, List<String> subjects) {
            return Stream.concat(
                            common.stream(),
                            subjects.stream()
                                    .flatMap(subject -> names(subject).stream())
                                    .distinct())
                    .toList();
        }

        @Override
        Map<String, Answer.Output> read(Answer.Output output, List<String> subjects) {
            Map<String, Answer.Output> out = new LinkedHashMap<>();
            // Another system: none of the commands is there.
            boolean none = output.exit() > 125 && output.stdout().isEmpty();
            List<String[]> lines =
                    output.stdout().lines().map(line -> line.split(" ", 3)).toList();
            List<String> unknown = output.stderr().lines().toList();
            if (lines.stream().anyMatch(line -> line.length < 3)
                    || (!none && unknown.stream().anyMatch(line -> !line.startsWith(UNKNOWN)))) return Map.of();
            for (String subject : subjects) out.put(subject, none ? output : of(subject, lines, unknown));
            return out;
        }

        private static Answer.Output of(String subject, List<String[]> lines, List<String> unknown) {
            List<String> names = names(subject);
            String text = lines.stream()
                    .filter(line -> names.contains(line[0]))
                    .map(line -> format(words(subject))
                            .replace("${Package}", line[0])
                            .replace("${db:Status-Status}", line[1])
                            .replace("${Version}", line[2])
                            .replace("\\n", "\n"))
                    .collect(Collectors.joining());
            String errors = unknown.stream()
                    .filter(line -> names.contains(line.substring(UNKNOWN.length())))
                    .map(line -> line + "\n")
                    .collect(Collectors.joining());
            return new Answer.Output(errors.isEmpty() ? 0 : 1, text, errors);
        }
    },

    /**
     * {@code systemctl is-active UNIT} and {@code is-enabled}, of instances of templates: a line each. Its exit status counts
     * for all of them together, so that only what is active or enabled is taken from it.
     */
    UNIT_STATE {
        @Override
        boolean is(List<String> words) {
            return words.size() == 3
                    && words.getFirst().equals("systemctl")
                    && (words.get(1).equals("is-active") || words.get(1).equals("is-enabled"))
                    && words.get(2).contains("@");
        }

        @Override
        Map<String, Answer.Output> read(Answer.Output output, List<String> subjects) {
            if (!output.stderr().isEmpty()) return Map.of();
            Map<String, Answer.Output> out =
                    new LinkedHashMap<>(inOrder(output.stdout().split("\n"), subjects, "\n"));
            out.values()
                    .removeIf(one ->
                            !one.stdout().equals("active\n") && !one.stdout().equals("enabled\n"));
            return out;
        }
    };

    static Optional<CommandKind> of(List<String> words) {
        return Stream.of(values()).filter(kind -> kind.is(words)).findFirst();
    }

    abstract boolean is(List<String> words);

    /** What one command is about. */
    String subject(List<String> words) {
        return words.getLast();
    }

    /** What commands that go together have in common. */
    List<String> common(List<String> words) {
        return List.copyOf(words.subList(0, words.size() - 1));
    }

    List<String> joined(List<String> common, List<String> subjects) {
        List<String> out = new ArrayList<>(common);
        out.addAll(subjects);
        return out;
    }

    /** What each command alone would have given, for those of which that is certain. */
    abstract Map<String, Answer.Output> read(Answer.Output output, List<String> subjects);

    private static boolean clean(Answer.Output output) {
        return output.ok() && output.stderr().isEmpty();
    }

    private static Map<String, Answer.Output> succeeded(Map<String, StringBuilder> lines, List<String> subjects) {
        Map<String, Answer.Output> out = new LinkedHashMap<>();
        for (String subject : subjects) {
            StringBuilder text = lines.get(subject);
            if (text != null) out.put(subject, new Answer.Output(0, text.toString(), ""));
        }
        return out;
    }

    private static Map<String, Answer.Output> inOrder(String[] texts, List<String> subjects, String end) {
        if (texts.length != subjects.size()) return Map.of();
        Map<String, Answer.Output> out = new LinkedHashMap<>();
        for (int i = 0; i < texts.length; i++) out.put(subjects.get(i), new Answer.Output(0, texts[i] + end, ""));
        return out;
    }
}

package org.linkctl.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Debian part of this machine's own apt sources, so that the image comes from where this machine's packages come
 * from. Both formats of sources.list(5) are read. Third parties are left out: a source counts only if it serves the
 * suites of the release with the component main and is signed, if it says by whom, by Debian's archive keyring.
 */
final class AptSources {
    private static final Pattern ONE_LINE = Pattern.compile("deb\\s+(?:\\[([^]]*)]\\s+)?(\\S+)\\s+(\\S+)\\s+(.+)");

    private AptSources() {}

    /** Lines of the one-line format for {@code release}; none if this machine has no such source. */
    static List<String> lines(Path etcApt, String release) {
        Set<String> lines = new LinkedHashSet<>();
        for (Path file : files(etcApt)) {
            String text = read(file);
            if (file.toString().endsWith(".sources")) {
                for (String stanza : text.split("\n\\s*\n", -1)) {
                    lines.addAll(fromStanza(stanza, release));
                }
            } else {
                text.lines().flatMap(line -> fromLine(line, release)).forEach(lines::add);
            }
        }
        return List.copyOf(lines);
    }

    static Stream<String> fromLine(String line, String release) {
        Matcher m = ONE_LINE.matcher(line.strip());
        if (!m.matches() || !suites(release).contains(m.group(3))) {
            return Stream.empty();
        }
        boolean main = words(m.group(4)).contains("main");
        String options = m.group(1) == null ? "" : m.group(1);
        boolean debian = !options.contains("signed-by") || options.contains("debian-archive");
        return main && debian ? Stream.of(render(m.group(2), m.group(3))) : Stream.empty();
    }

    static List<String> fromStanza(String stanza, String release) {
        Map<String, String> fields = new HashMap<>();
        for (String line : stanza.lines().filter(l -> !l.startsWith("#")).toList()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        String signedBy = fields.getOrDefault("signed-by", "");
        boolean wanted = words(fields.getOrDefault("types", "")).contains("deb")
                && words(fields.getOrDefault("components", "")).contains("main")
                && !fields.getOrDefault("enabled", "yes").equals("no")
                && (signedBy.isEmpty() || signedBy.contains("debian-archive"));
        List<String> lines = new ArrayList<>();
        for (String uri : wanted ? words(fields.getOrDefault("uris", "")) : List.<String>of()) {
            for (String suite : words(fields.getOrDefault("suites", ""))) {
                if (suites(release).contains(suite)) {
                    lines.add(render(uri, suite));
                }
            }
        }
        return lines;
    }

    private static Set<String> suites(String release) {
        return Set.of(release, release + "-updates", release + "-security");
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+", -1))
                .filter(w -> !w.isEmpty())
                .toList();
    }

    private static String render(String uri, String suite) {
        return "deb " + uri + " " + suite + " main";
    }

    private static List<Path> files(Path etcApt) {
        List<Path> files = new ArrayList<>();
        if (Files.exists(etcApt.resolve("sources.list"))) {
            files.add(etcApt.resolve("sources.list"));
        }
        Path folder = etcApt.resolve("sources.list.d");
        if (Files.isDirectory(folder)) {
            try (Stream<Path> list = Files.list(folder)) {
                list.filter(f -> f.toString().endsWith(".list") || f.toString().endsWith(".sources"))
                        .sorted()
                        .forEach(files::add);
            } catch (IOException e) {
                throw new LabException("cannot list " + folder, e);
            }
        }
        return files;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new LabException("cannot read " + file, e);
        }
    }
}

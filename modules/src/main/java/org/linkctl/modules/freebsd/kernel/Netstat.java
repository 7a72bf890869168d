package org.linkctl.modules.freebsd.kernel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.linkctl.modules.routes.DependentRoutes;
import org.linkctl.modules.routes.ManagementSession;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/**
 * The kernel's routes as netstat(1) tells them. Only the structured form of libxo(3) has the weights of a route over
 * several gateways (usr.bin/netstat/route.c: a field that is encoded and not shown).
 */
public record Netstat(List<Path> paths) {
    /**
     * The entries, a line each, without those of routing daemons, of which a router may have a million: a daemon marks its
     * routes (route(8), -proto1 and -proto3), or sets them by a gateway without the mark that route(8) gives (flag S).
     * What goes to a prefix that is asked for is there in any case, whoever set it. awk(1) reads entry by entry: libxo(3)
     * prints all of them in one line.
     */
    public static final String SCRIPT = """
            netstat --libxo json -rnW | awk -v asked=" $* " '
            function value(key, at) {
              if (!match(entry, "\\"" key "\\": *\\"[^\\"]*\\"")) return "";
              at = substr(entry, RSTART, RLENGTH - 1); sub(/.*"/, "", at); return at }
            BEGIN { RS = "}" }
            { n = split($0, part, "{"); entry = part[n]; to = value("destination"); flags = value("flags") }
            to == "" { next }
            index(asked, " " to " ") || flags !~ /[13]/ && (flags !~ /G/ || flags ~ /[S2]/ || to == "default") {
              print "{" entry "}" }'
            """.replaceAll("\n *", " ").strip();

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** RTF_PROTO2, which marks routes as linkctl's; RTF_PROTO1 and 3 are what routing daemons mark theirs with. */
    private static final String OURS = "2";

    /**
     * One way to a prefix; where there are several, each is one.
     *
     * @param gateway an address, or {@code link#N} where the prefix is on an interface itself
     * @param flags letters of netstat(1)
     */
    public record Path(Cidr prefix, String gateway, String device, int weight, String flags) {
        public boolean isByGateway() {
            return flags.contains("G");
        }

        public boolean isStatic() {
            return flags.contains("S");
        }

        public boolean isOurs() {
            return flags.contains(OURS);
        }

        /** Whatever set it would set it again. */
        public boolean isDaemons() {
            return flags.contains("1") || flags.contains("3");
        }
    }

    public Netstat {
        paths = List.copyOf(paths);
    }

    /** As netstat(1) does: a single address without its length. */
    private static String shown(Cidr prefix) {
        if (prefix.length() == 0) return "default";
        boolean single = prefix.length() == (prefix.isV6() ? 128 : 32);
        return single ? prefix.address().toString() : prefix.toString();
    }

    /** @param asked prefixes to which routing daemons' routes are told, too */
    public static Question.Command question(Collection<Cidr> asked) {
        List<String> out = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "sh"));
        for (Cidr prefix : asked) out.add(shown(prefix));
        return Question.command(out);
    }

    public static Question.Command question() {
        return question(List.of());
    }

    public static Netstat read(Answers answers) {
        return read(answers, List.of());
    }

    /** @param asked as in the question */
    public static Netstat read(Answers answers, Collection<Cidr> asked) {
        List<Path> out = new ArrayList<>();
        String answer = answers.stdout(question(asked));
        if (answer.isBlank()) throw new UnreadableFacts("netstat -r: no routes, not even to lo0");
        for (String line : answer.lines().toList()) {
            JsonNode entry = entry(line);
            prefix(entry).ifPresent(prefix -> out.add(path(prefix, entry)));
        }
        return new Netstat(out);
    }

    private static JsonNode entry(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new UnreadableFacts("netstat -r: " + e.getOriginalMessage());
        }
    }

    /** What may go with an interface; where the routes cannot be read, that is told there. */
    public static DependentRoutes going(Answers answers) {
        ManagementSession session = ManagementSession.read(answers);
        try {
            return read(answers).going(session);
        } catch (UnreadableFacts e) {
            return new DependentRoutes(List.of(), session, List.of(String.valueOf(e.getMessage())));
        }
    }

    /** A single address has no length; those with a zone are the kernel's own. The gateway tells of which family all addresses are. */
    private static Optional<Cidr> prefix(JsonNode entry) {
        String text = text(entry, "destination");
        if (text.equals("default"))
            return gateway(text(entry, "gateway")).map(via -> Cidr.of(via.isV6() ? "::/0" : "0.0.0.0/0"));
        return Cidr.parse(text).or(() -> Ip.parse(text).map(Cidr::host));
    }

    /** A link-local address comes with its zone; empty: none is named. */
    private static Optional<Ip> gateway(String text) {
        return Ip.parse(text.replaceFirst("%.*", ""));
    }

    private static Path path(Cidr prefix, JsonNode entry) {
        JsonNode weight = entry.path("weight");
        if (!weight.isInt()) throw new UnreadableFacts("netstat -r: no weight of the route to " + prefix);
        return new Path(
                prefix,
                text(entry, "gateway"),
                text(entry, "interface-name").strip(),
                weight.asInt(),
                text(entry, "flags"));
    }

    private static String text(JsonNode entry, String key) {
        JsonNode value = entry.path(key);
        if (!value.isTextual()) throw new UnreadableFacts("netstat -r: a route without " + key);
        return value.asText().strip();
    }

    /** The same as what may go with an interface; whatever leads to an address of the host itself is no way. */
    private DependentRoutes going(ManagementSession session) {
        List<DependentRoutes.Hop> out = new ArrayList<>();
        for (Path path : paths) {
            boolean own = path.device().startsWith("lo")
                    || (path.prefix().isV6() && path.prefix().toString().startsWith("fe80:"));
            if (own || path.flags().contains("R")) continue;
            Ip via = path.isByGateway() ? gateway(path.gateway()).orElse(null) : null;
            boolean several = to(path.prefix()).size() > 1;
            out.add(new DependentRoutes.Hop(path.prefix(), "main", via, path.device(), null, several));
        }
        return new DependentRoutes(out, session, List.of());
    }

    public List<Path> to(Cidr prefix) {
        return paths.stream().filter(path -> path.prefix().equals(prefix)).toList();
    }
}

package org.linkctl.modules.freebsd.kernel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
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
    private static final Question.Command COMMAND = Question.command("netstat", "--libxo", "json", "-rnW");
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

    public static Question.Command question() {
        return COMMAND;
    }

    public static Netstat read(Answers answers) {
        JsonNode families;
        try {
            families = JSON.readTree(answers.stdout(COMMAND)).findValue("rt-family");
        } catch (JsonProcessingException e) {
            throw new UnreadableFacts("netstat -r: " + e.getOriginalMessage());
        }
        if (families == null || !families.isArray())
            throw new UnreadableFacts("netstat -r: no routes, not even to lo0");
        List<Path> out = new ArrayList<>();
        for (JsonNode family : families) {
            for (JsonNode entry : family.path("rt-entry")) {
                prefix(text(entry, "destination")).ifPresent(prefix -> out.add(path(prefix, entry)));
            }
        }
        return new Netstat(out);
    }

    /** A single address has no length; those with a zone are the kernel's own, and so is the one of all addresses here. */
    private static Optional<Cidr> prefix(String text) {
        return Cidr.parse(text).or(() -> Ip.parse(text).map(Cidr::host));
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
    public DependentRoutes going(ManagementSession session) {
        List<DependentRoutes.Hop> out = new ArrayList<>();
        for (Path path : paths) {
            boolean own = path.device().startsWith("lo")
                    || (path.prefix().isV6() && path.prefix().toString().startsWith("fe80:"));
            if (own || path.flags().contains("R")) continue;
            Ip via = path.isByGateway() ? Ip.parse(path.gateway()).orElse(null) : null;
            boolean several = to(path.prefix()).size() > 1;
            out.add(new DependentRoutes.Hop(path.prefix(), "main", via, path.device(), null, several));
        }
        return new DependentRoutes(out, session);
    }

    public List<Path> to(Cidr prefix) {
        return paths.stream().filter(path -> path.prefix().equals(prefix)).toList();
    }
}

package org.linkctl.cli.show;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linkctl.shell.Argv;

/**
 * A plan as it was written down.
 *
 * @param hosts what was planned for each host
 */
public record SavedPlan(Origin origin, Map<String, JsonNode> hosts) {
    /**
     * What a plan was made from.
     *
     * @param inventory its absolute path
     * @param sha256 of that file's bytes
     * @param rotatePsk the tunnels whose pre-shared keys are made anew
     * @param rotateKey the same of private keys
     */
    public record Origin(
            String inventory,
            String sha256,
            List<String> limit,
            List<String> only,
            boolean purgeKeys,
            List<String> rotatePsk,
            List<String> rotateKey) {
        public Origin {
            limit = List.copyOf(limit);
            only = List.copyOf(only);
            rotatePsk = List.copyOf(rotatePsk);
            rotateKey = List.copyOf(rotateKey);
        }

        /** The options of {@code linkctl plan} that give the same plan, ready to be pasted. */
        public String options() {
            StringBuilder out = new StringBuilder();
            option(out, "--limit", limit);
            option(out, "--only", only);
            if (purgeKeys) out.append(" --purge-keys");
            option(out, "--rotate-psk", rotatePsk);
            option(out, "--rotate-key", rotateKey);
            return out.toString();
        }

        private static void option(StringBuilder out, String name, List<String> words) {
            if (words.isEmpty()) return;
            out.append(' ').append(name).append(' ').append(Argv.quote(String.join(",", words)));
        }

        ObjectNode json() {
            ObjectNode node = Json.object().put("inventory", inventory).put("sha256", sha256);
            limit.forEach(node.putArray("limit")::add);
            only.forEach(node.putArray("only")::add);
            node.put("purgeKeys", purgeKeys);
            rotatePsk.forEach(node.putArray("rotatePsk")::add);
            rotateKey.forEach(node.putArray("rotateKey")::add);
            return node;
        }
    }

    /** @throws IllegalArgumentException where the text is no saved plan, or of another format */
    public static SavedPlan parse(String text) {
        try {
            JsonNode root = Json.read(text);
            if (root.path("format").asInt() != Json.FORMAT)
                throw new IllegalArgumentException("its format is not " + Json.FORMAT);
            JsonNode from = root.path("origin");
            if (!from.path("inventory").isTextual() || !from.path("sha256").isTextual())
                throw new IllegalArgumentException("it does not say what it was made from");
            Origin origin = new Origin(
                    from.path("inventory").asText(),
                    from.path("sha256").asText(),
                    words(from.path("limit")),
                    words(from.path("only")),
                    from.path("purgeKeys").asBoolean(),
                    words(from.path("rotatePsk")),
                    words(from.path("rotateKey")));
            return new SavedPlan(origin, hosts(root));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is not JSON", e);
        }
    }

    private static List<String> words(JsonNode array) {
        List<String> out = new ArrayList<>();
        array.forEach(one -> out.add(one.asText()));
        return out;
    }

    private static Map<String, JsonNode> hosts(JsonNode root) {
        Map<String, JsonNode> out = new LinkedHashMap<>();
        for (JsonNode host : root.path("hosts")) out.put(host.path("name").asText(), host);
        return out;
    }

    /** A host that could not be reached then has no plan, whatever the reason. */
    private static boolean same(JsonNode then, @Nullable JsonNode now) {
        if (now == null) return false;
        return then.equals(now) || (isAway(then) && isAway(now));
    }

    private static boolean isAway(JsonNode host) {
        return host.path("outcome").asText().equals("unreachable");
    }

    /** The hosts for which another plan, as JSON, differs. */
    public List<String> moved(String other) {
        try {
            Map<String, JsonNode> now = hosts(Json.read(other));
            List<String> out = new ArrayList<>();
            hosts.forEach((name, host) -> {
                if (!same(host, now.get(name))) out.add(name);
            });
            now.keySet().stream().filter(name -> !hosts.containsKey(name)).forEach(out::add);
            return out;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was just written is JSON", e);
        }
    }
}

package org.linkctl.modules.wireguard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Endpoint;

/**
 * What a file for wg-quick(8) says that the kernel does not tell, whoever wrote it.
 *
 * @param keys of its section Interface, in small letters: what is there beside addresses and keys
 * @param peers by public key
 */
public record ConfText(Map<String, String> keys, Map<String, Peer> peers) {
    /**
     * @param label how a comment above or in the section calls the peer; empty: none does
     * @param endpoint as it is written; null: none
     */
    public record Peer(String label, @Nullable Endpoint endpoint) {}

    /** As wg-quick(8) writes them, which takes them in any case. */
    private static final Map<String, String> SHOWN = Map.of(
            "preup", "PreUp",
            "postup", "PostUp",
            "predown", "PreDown",
            "postdown", "PostDown",
            "dns", "DNS",
            "table", "Table",
            "saveconfig", "SaveConfig",
            "fwmark", "FwMark");

    private static final Pattern SECTION = Pattern.compile("\\[\\s*(?<name>[A-Za-z]+)\\s*]\\s*(?:#.*)?");
    private static final Pattern SETTING = Pattern.compile("(?<key>[A-Za-z]+)\\s*=\\s*(?<value>[^#]*?)\\s*(?:#.*)?");

    /** {@code # phone}, {@code # Name = phone}, {@code ### begin phone ###}, {@code # Client: phone (0123)}. */
    private static final Pattern LABEL = Pattern.compile(
            "#+\\s*(?:(?:friendly_?name|name|client|peer|begin)\\b\\s*[:=]?\\s*)?(?<name>[A-Za-z0-9][A-Za-z0-9_.-]{0,62})"
                    + "(?:\\s+\\([^)]*\\))?(?:\\s+#+)?\\s*",
            Pattern.CASE_INSENSITIVE);

    public ConfText {
        keys = Map.copyOf(keys);
        peers = Map.copyOf(peers);
    }

    /** @param text as {@link PeerSection#read} gives it: without keys */
    public static ConfText of(String text) {
        Draft draft = new Draft();
        text.lines().map(String::strip).forEach(draft::line);
        draft.end();
        return new ConfText(draft.keys, draft.peers);
    }

    /** The settings of the interface that no word of the language says. */
    public Set<String> unsaid() {
        Set<String> out = new TreeSet<>(keys.keySet());
        out.removeAll(Set.of("privatekey", "listenport", "address", "mtu"));
        if ("off".equals(keys.get("table")) || "auto".equals(keys.get("table"))) out.remove("table");
        if ("false".equals(keys.get("saveconfig"))) out.remove("saveconfig");
        Set<String> shown = new LinkedHashSet<>();
        for (String key : out) shown.add(SHOWN.getOrDefault(key, key));
        return shown;
    }

    private static final class Draft {
        private final Map<String, String> keys = new LinkedHashMap<>();
        private final Map<String, Peer> peers = new LinkedHashMap<>();
        private final List<String> comments = new ArrayList<>();
        private String section = "";
        private String key = "";
        private String label = "";
        private Optional<Endpoint> endpoint = Optional.empty();

        void line(String line) {
            Matcher head = SECTION.matcher(line);
            Matcher setting = SETTING.matcher(line);
            if (line.startsWith(PeerSection.NAMED)) named(line.substring(PeerSection.NAMED.length()));
            else if (line.startsWith("#")) comment(line);
            else if (head.matches()) begin(head.group("name").toLowerCase(Locale.ROOT));
            else if (setting.matches()) setting(setting.group("key").toLowerCase(Locale.ROOT), setting.group("value"));
        }

        private void begin(String name) {
            end();
            section = name;
            label = comments.isEmpty() ? "" : label(comments.getLast());
            comments.clear();
        }

        /** As linkctl's own files have it. */
        private void named(String value) {
            if (section.equals("peer")) endpoint = Endpoint.parse(value);
        }

        private void comment(String line) {
            comments.add(line);
            if (section.equals("peer") && key.isEmpty() && label.isEmpty()) label = label(line);
        }

        private void setting(String name, String value) {
            comments.clear();
            if (section.equals("interface")) keys.putIfAbsent(name, value);
            else if (name.equals("publickey")) key = value;
            else if (name.equals("endpoint")) endpoint = Endpoint.parse(value);
        }

        void end() {
            if (section.equals("peer") && !key.isEmpty()) peers.put(key, new Peer(label, endpoint.orElse(null)));
            key = "";
            label = "";
            endpoint = Optional.empty();
        }

        private static String label(String comment) {
            Matcher match = LABEL.matcher(comment);
            return match.matches() ? match.group("name") : "";
        }
    }
}

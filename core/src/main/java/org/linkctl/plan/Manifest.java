package org.linkctl.plan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Owned;
import org.linkctl.spi.UnreadableFacts;

/**
 * What linkctl owns on a host for one inventory, in the order in which it is made. The text has a line for each resource:
 * its id, and what has to be known to take it away.
 *
 * @param fabric the name of the inventory's fabric, by which it is known: a file may be renamed
 */
public record Manifest(String fabric, Map<String, Owned> owned) {
    private static final String FORMAT = "format 1";
    private static final Pattern ENTRY = Pattern.compile("(?<id>[a-z][a-z0-9.-]*(\\[[^\\[\\];]+])?)(?<rest>(; .*)?)");
    private static final Pattern VALUE = Pattern.compile("(?<key>[a-z][a-z-]*)=(?<value>[ -~]*)");
    private static final Pattern ESCAPE = Pattern.compile("%([0-9A-F]{2})");

    public Manifest {
        owned = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(owned));
    }

    public static Manifest of(String fabric, Collection<Owned> all) {
        Map<String, Owned> byId = new LinkedHashMap<>();
        for (Owned one : all) byId.put(one.resource(), one);
        return new Manifest(fabric, byId);
    }

    /** The file's name: a fabric may be called anything. */
    public static String fileName(String fabric) {
        String name = escaped(fabric, "[A-Za-z0-9_.-]");
        return name.startsWith(".") ? "%2E" + name.substring(1) : name;
    }

    public Optional<Memory> memory(String resource) {
        return Optional.ofNullable(owned.get(resource)).map(Owned::memory);
    }

    /**
     * @param what the file's path, for messages
     * @throws UnreadableFacts where a line is none of linkctl's: what it owned cannot be told
     */
    public static Manifest parse(String what, String fabric, List<String> lines) {
        if (lines.size() < 2 || !lines.get(1).equals(FORMAT)) {
            throw unreadable(what, 2, lines.size() < 2 ? "" : lines.get(1), "'" + FORMAT + "'");
        }
        Map<String, Owned> byId = new LinkedHashMap<>();
        for (int i = 2; i < lines.size(); i++) {
            String line = lines.get(i);
            Matcher match = ENTRY.matcher(line);
            if (!match.matches()) throw unreadable(what, i + 1, line, "RESOURCE[; KEY=VALUE]...");
            Map<String, String> values = new TreeMap<>();
            for (String field : match.group("rest").split("; ", -1)) {
                if (field.isEmpty()) continue;
                Matcher value = VALUE.matcher(field);
                if (!value.matches()) throw unreadable(what, i + 1, field, "KEY=VALUE");
                values.put(value.group("key"), plain(value.group("value")));
            }
            String id = match.group("id");
            if (byId.put(id, new Owned(id, new Memory(values))) != null) {
                throw unreadable(what, i + 1, line, "each resource once");
            }
        }
        return new Manifest(fabric, byId);
    }

    private static UnreadableFacts unreadable(String what, int line, String text, String right) {
        return new UnreadableFacts(what + ":" + line + ": '" + text + "'; right would be " + right
                + ". What linkctl owns there cannot be told: use the linkctl that wrote it, or put the file right");
    }

    public String text() {
        List<String> out = new ArrayList<>(List.of(
                "# What linkctl owns here for " + escaped(fabric, "[ -$&-~]") + ", in the order of making.", FORMAT));
        for (Owned one : owned.values()) {
            StringBuilder line = new StringBuilder(one.resource());
            one.memory()
                    .values()
                    .forEach((key, value) ->
                            line.append("; ").append(key).append('=').append(escaped(value, "[ -$&-:<-~]")));
            out.add(line.toString());
        }
        return String.join("\n", out) + "\n";
    }

    /** Whatever is not plain stands as the bytes of its UTF-8, two digits each. */
    private static String escaped(String text, String plain) {
        StringBuilder out = new StringBuilder();
        Pattern allowed = Pattern.compile(plain);
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            String c = String.valueOf((char) (one & 0xff));
            if (one > 0 && allowed.matcher(c).matches()) out.append(c);
            else out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(one));
        }
        return out.toString();
    }

    private static String plain(String escaped) {
        byte[] ascii = escaped.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[ascii.length];
        int length = 0;
        for (int i = 0; i < ascii.length; i++) {
            boolean code = ascii[i] == '%'
                    && i + 2 < ascii.length
                    && ESCAPE.matcher(escaped.substring(i, i + 3)).matches();
            out[length++] = code ? (byte) Integer.parseInt(escaped.substring(i + 1, i + 3), 16) : ascii[i];
            if (code) i += 2;
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }
}

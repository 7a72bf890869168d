package org.linkctl.cli.imported;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linkctl.dsl.write.Written;
import org.linkctl.dsl.write.Written.Word;
import org.linkctl.model.Become;
import org.linkctl.model.Host;
import org.linkctl.spi.Found;
import org.linkctl.spi.Found.Value;

/** What stands in the braces of a host. */
final class HostWords {
    private static final String NIC = "nic";

    /** What several modules tell of one interface, put together. */
    private static final class Interface {
        private String kind = "";
        private final Map<String, Value> attributes = new LinkedHashMap<>();
    }

    private static Interface nic() {
        Interface out = new Interface();
        out.kind = NIC;
        return out;
    }

    private HostWords() {}

    /** @param paired it stands in a pair, which says of what system it is */
    static Word of(ImportedHost host, List<Written> notes, boolean paired) {
        List<Written> inside = new ArrayList<>(interfaces(host));
        host.of(Found.Line.class).forEach(line -> inside.add(Word.of(line.word(), line.values(), Map.of())));
        inside.addAll(notes);
        Map<String, Value> attributes = new LinkedHashMap<>();
        if (!paired) attributes.put("os", new Value.Constant(host.os()));
        attributes.put("ssh", Value.of(host.ssh().toString()));
        if (host.become() != Become.AUTO) attributes.put("become", new Value.Constant(host.become()));
        return Word.of("host", List.of(Value.of(host.name())), attributes, inside);
    }

    /** One that could not be read: what it is has to be said by hand. */
    static Written unread(String name, Host host, String why) {
        Map<String, Value> attributes = new LinkedHashMap<>();
        attributes.put("os", new Value.Constant(host.os()));
        attributes.put("ssh", Value.of(host.ssh().toString()));
        if (host.become() != Become.AUTO) attributes.put("become", new Value.Constant(host.become()));
        Word word = Word.of("host", List.of(Value.of(name)), attributes);
        return new Written.Disabled(
                Word.of("site", List.of(Value.of(name)), Map.of(), List.of(word)), name + " was not read: " + why);
    }

    private static List<Word> interfaces(ImportedHost host) {
        Map<String, Interface> all = new LinkedHashMap<>();
        host.of(Found.Part.class).forEach(part -> {
            Interface one = all.computeIfAbsent(part.device(), any -> new Interface());
            String kind = part.kind();
            if (kind != null && (one.kind.isEmpty() || !kind.equals(NIC))) one.kind = kind;
            one.attributes.putAll(part.attributes());
        });
        // What no module knows how to declare is told as such, and not as a nic.
        all.values().removeIf(one -> one.kind.isEmpty());
        carriers(all);
        return all.entrySet().stream()
                .map(one -> Word.of(
                        one.getValue().kind, List.of(Value.of(one.getKey())), ordered(one.getValue().attributes)))
                .toList();
    }

    /** What carries a VLAN is declared, too. */
    private static void carriers(Map<String, Interface> all) {
        for (Interface one : List.copyOf(all.values())) {
            if (one.kind.equals("vlan") && one.attributes.get("on") instanceof Value.Text(String on))
                if (!all.containsKey(on)) all.put(on, nic());
        }
    }

    private static Map<String, Value> ordered(Map<String, Value> attributes) {
        Map<String, Value> out = new LinkedHashMap<>();
        for (String key : List.of("on", "id", "mode", "hash", "miimon", "lacpRate", "members", "stp", "mtu", "address"))
            if (attributes.containsKey(key)) out.put(key, attributes.get(key));
        attributes.forEach(out::putIfAbsent);
        return out;
    }
}

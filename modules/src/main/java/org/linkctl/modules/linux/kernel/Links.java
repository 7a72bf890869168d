package org.linkctl.modules.linux.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Found;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/** The interfaces of a host as its kernel has them: ip-link(8) and ip-address(8) in one question. */
public record Links(Map<String, Link> byName) {
    private static final Question.Command COMMAND = Question.command("ip", "-j", "-d", "address", "show");

    /**
     * One interface.
     *
     * @param mtu bytes
     * @param master the interface it is enslaved to; null: none
     * @param addresses of global scope; link-local ones are the kernel's own
     * @param mac its address on the wire; empty where it has none
     * @param permanent the address that its hardware came with, or {@code mac} where the kernel knows no other
     * @param port it stands for hardware: nothing that a configuration made (a bond, a VLAN, a tunnel)
     * @param bond its bonding options, by their ip-link(8) names; empty where it is no bond
     * @param kind what a configuration made it, such as {@code vlan}; empty where none did
     * @param on the interface that carries it; null: none
     * @param options of a VLAN {@code id} and {@code protocol}, of a bridge {@code stp_state}, by their ip-link(8) names
     * @param otherwise those that are not as usual and that no attribute of the language says, by their ip-link(8) names
     */
    public record Link(
            String name,
            boolean up,
            int mtu,
            @Nullable String master,
            List<Cidr> addresses,
            String mac,
            String permanent,
            boolean port,
            Map<String, String> bond,
            String kind,
            @Nullable String on,
            Map<String, String> options,
            Map<String, String> otherwise) {
        /** One that is there and of which nothing is used. */
        public static Link plain(String name) {
            return new Link(name, false, 1500, null, List.of(), "", "", true, Map.of(), "", null, Map.of(), Map.of());
        }

        /** The same of a host that nobody has asked. */
        public static Link unknown(String name) {
            return new Link(
                    name,
                    false,
                    1500,
                    null,
                    List.of(),
                    Change.UNKNOWN,
                    Change.UNKNOWN,
                    true,
                    Map.of(),
                    "",
                    null,
                    Map.of(),
                    Map.of());
        }

        /** What {@code linkctl import} tells of them. */
        public List<Found.Unsaid> unsaid(String word) {
            return otherwise.entrySet().stream()
                    .map(option -> new Found.Unsaid(
                            name + ": " + option.getKey() + " "
                                    + (option.getValue().isEmpty() ? "none" : option.getValue()),
                            word + " has no attribute for it: what makes it by linkctl's files, at a boot too, makes it"
                                    + " without"))
                    .toList();
        }
    }

    public static Question.Command question() {
        return COMMAND;
    }

    public static Links from(Answers answers) {
        Map<String, Link> out = new LinkedHashMap<>();
        String what = COMMAND.argv().render();
        for (JsonNode node : Json.objects(what, answers.stdout(COMMAND))) {
            Link link = link(node);
            out.put(link.name(), link);
        }
        if (out.isEmpty()) throw new UnreadableFacts(what + ": no interface, not even lo");
        return new Links(out);
    }

    private static Link link(JsonNode node) {
        boolean up = false;
        for (JsonNode flag : node.path("flags")) up |= flag.asText().equals("UP");
        JsonNode master = node.get("master");
        String mac = node.path("address").asText();
        return new Link(
                Json.text(node, "ifname"),
                up,
                Json.number(node, "mtu"),
                master == null ? null : master.asText(),
                addresses(node.path("addr_info")),
                mac,
                node.has("permaddr") ? Json.text(node, "permaddr") : mac,
                node.path("link_type").asText().equals("ether")
                        && !node.path("linkinfo").has("info_kind"),
                bond(node.path("linkinfo")),
                node.path("linkinfo").path("info_kind").asText(),
                node.has("link") ? Json.text(node, "link") : null,
                options(node.path("linkinfo")),
                LinkDefaults.otherwise(node.path("linkinfo")));
    }

    private static List<Cidr> addresses(JsonNode list) {
        List<Cidr> out = new ArrayList<>();
        for (JsonNode one : list) {
            // ip(8) prints an empty object for an address it filtered out.
            if (one.isEmpty() || !one.path("scope").asText().equals("global")) continue;
            Ip local = Ip.parse(Json.text(one, "local"))
                    .orElseThrow(() -> new UnreadableFacts("no address: " + one.get("local")));
            out.add(new Cidr(local, Json.number(one, "prefixlen")));
        }
        return List.copyOf(out);
    }

    /** The addresses that a DHCP server or a router gave for a time, by interface: ip(8) calls them dynamic. */
    public static Map<String, Set<Cidr>> leased(Answers answers) {
        Map<String, Set<Cidr>> out = new LinkedHashMap<>();
        for (JsonNode node : Json.objects(COMMAND.argv().render(), answers.stdout(COMMAND))) {
            Set<Cidr> addresses = new TreeSet<>();
            for (JsonNode one : node.path("addr_info")) {
                if (!one.path("dynamic").asBoolean()) continue;
                Ip.parse(Json.text(one, "local"))
                        .ifPresent(local -> addresses.add(new Cidr(local, Json.number(one, "prefixlen"))));
            }
            out.put(Json.text(node, "ifname"), addresses);
        }
        return out;
    }

    private static Map<String, String> bond(JsonNode info) {
        Map<String, String> out = new LinkedHashMap<>();
        if (!info.path("info_kind").asText().equals("bond")) return out;
        JsonNode data = info.path("info_data");
        out.put("mode", Json.text(data, "mode"));
        out.put("miimon", Integer.toString(Json.number(data, "miimon")));
        out.put("xmit_hash_policy", Json.text(data, "xmit_hash_policy"));
        JsonNode rate = data.get("ad_lacp_rate");
        if (rate != null) out.put("lacp_rate", rate.asText());
        return out;
    }

    private static Map<String, String> options(JsonNode info) {
        JsonNode data = info.path("info_data");
        return switch (info.path("info_kind").asText()) {
            case "vlan" ->
                Map.of("id", Integer.toString(Json.number(data, "id")), "protocol", Json.text(data, "protocol"));
            case "bridge" -> Map.of("stp_state", Integer.toString(Json.number(data, "stp_state")));
            default -> Map.of();
        };
    }

    public Optional<Link> link(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The names of the interfaces enslaved to one. */
    public List<String> enslavedTo(String master) {
        return byName.values().stream()
                .filter(link -> master.equals(link.master()))
                .map(Link::name)
                .toList();
    }

    /** The interface that is on the network of an address; empty where none is. */
    public String towards(Ip address) {
        return byName.values().stream()
                .filter(link ->
                        link.master() == null && link.addresses().stream().anyMatch(own -> own.contains(address)))
                .map(Link::name)
                .findFirst()
                .orElse("");
    }
}

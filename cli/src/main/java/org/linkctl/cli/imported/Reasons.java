package org.linkctl.cli.imported;

import java.util.Map;
import org.linkctl.spi.Change;

/** Why a plan changes something on a host that was just imported. */
final class Reasons {
    private static final String STACK =
            "the network stack makes it again at boot, by a file of linkctl's own beside yours";

    private static final Map<String, String> FILES = Map.ofEntries(
            Map.entry("bond", STACK),
            Map.entry("vlan", STACK),
            Map.entry("bridge", STACK),
            Map.entry("address", STACK),
            Map.entry("default-route", STACK),
            Map.entry(
                    "wireguard",
                    "linkctl's own, which makes the same interface at boot, takes the place of yours; no key is in it"),
            Map.entry(
                    "wireguard-key",
                    "a file of its own for the key that the interface runs with; it stays on the host"),
            Map.entry("wireguard-psk", "a file of its own for the pre-shared key"),
            Map.entry("owned", "the host's list of what linkctl owns there, so that it can be removed again"),
            Map.entry("carp", "the shared addresses at boot, and their password, in files of linkctl's own"),
            Map.entry("pfsync", STACK),
            Map.entry("sysctl", "linkctl sets each parameter by lines of its own"),
            Map.entry("ecmp", "the program that sets the route again whenever a tunnel comes up"),
            Map.entry("mss", "the rules that tell TCP what fits into a tunnel, for the next boot"));

    private static final String OTHERWISE =
            "the words of the language say it otherwise than it runs; the notes above tell which";

    private static final Map<String, String> STATES = Map.ofEntries(
            Map.entry("wireguard", OTHERWISE),
            Map.entry("bond", OTHERWISE),
            Map.entry(
                    "ecmp",
                    "linkctl marks its routes as its own, and gives them the address of the LAN as their source"),
            Map.entry("sysctl", "what is declared needs it"),
            Map.entry("mss", "TCP that goes through a tunnel is told what fits into it"),
            Map.entry("packages", "programs that linkctl needs for what is declared"),
            Map.entry("napi", "linkctl has a tunnel decrypt in a thread of its own"));

    private Reasons() {}

    /** @param module its full name, such as {@code linux.bond} */
    static String of(String module, Change change) {
        String name = module.substring(module.indexOf('.') + 1);
        return change.kind() == Change.Kind.FILE
                ? FILES.getOrDefault(name, "a file of linkctl's for what is declared")
                : STATES.getOrDefault(name, "what is declared needs it");
    }
}

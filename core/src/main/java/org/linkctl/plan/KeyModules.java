package org.linkctl.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Tunnel;

/**
 * The modules that give a tunnel a new key: one makes it, and one gives it to the interface. A run that leaves one of them out
 * would change nothing, or leave a key that nobody uses.
 */
public final class KeyModules {
    private static final String INTERFACE = "wireguard";
    private static final String PSK = "wireguard-psk";
    private static final String KEY = "wireguard-key";

    private KeyModules() {}

    /** @return those of a new pre-shared key, by their names without the system's */
    public static List<String> ofPsk() {
        return List.of(INTERFACE, PSK);
    }

    /** @return those of new private keys, by their names without the system's */
    public static List<String> ofKey() {
        return List.of(INTERFACE, KEY);
    }

    /**
     * Those that a run leaves out.
     *
     * @param needed {@link #ofPsk} or {@link #ofKey}
     * @param only what the run is limited to, with the system's name or without; empty: it has all
     * @param known the names of all modules: what is not among them is not missed
     * @return names with the system's, such as {@code linux.wireguard-key}, each once
     */
    public static List<String> leftOut(
            Fabric fabric,
            Collection<Tunnel> tunnels,
            List<String> needed,
            Collection<String> only,
            Collection<String> known) {
        if (only.isEmpty()) return List.of();
        Set<String> out = new LinkedHashSet<>();
        for (String system : systems(fabric, tunnels)) {
            for (String name : needed) {
                String full = system + "." + name;
                if (known.contains(full) && !only.contains(full) && !only.contains(name)) out.add(full);
            }
        }
        return List.copyOf(out);
    }

    /** The systems of their ends, as far as linkctl logs in there. */
    private static List<String> systems(Fabric fabric, Collection<Tunnel> tunnels) {
        List<String> out = new ArrayList<>();
        for (Host host : fabric.hosts()) {
            boolean ends = tunnels.stream()
                    .flatMap(tunnel -> tunnel.ends().stream())
                    .anyMatch(end -> end.unmanaged() == null && end.host().equals(host.name()));
            if (ends) out.add(host.os().name().toLowerCase(Locale.ROOT));
        }
        return out;
    }
}

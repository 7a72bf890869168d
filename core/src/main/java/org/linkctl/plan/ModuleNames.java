package org.linkctl.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Tunnel;
import org.linkctl.spi.Module;
import org.linkctl.spi.ReplacesKeys;

/**
 * The names of the modules that there are.
 *
 * @param all with the system's name, such as {@code linux.bond}, sorted; empty: not known
 * @param replacing of them, those that a key is not replaced without ({@link ReplacesKeys})
 */
public record ModuleNames(List<String> all, Map<ReplacesKeys.Key, List<String>> replacing) {
    /** Not known, and not checked. */
    public static final ModuleNames UNKNOWN = new ModuleNames(List.of(), Map.of());

    public ModuleNames {
        all = List.copyOf(all);
        replacing = Map.copyOf(replacing);
    }

    static ModuleNames of(List<Module<?, ?>> modules) {
        List<String> all = modules.stream().map(Module::name).sorted().toList();
        Map<ReplacesKeys.Key, List<String>> replacing = new EnumMap<>(ReplacesKeys.Key.class);
        for (Module<?, ?> module : modules) {
            if (!(module instanceof ReplacesKeys<?, ?> part)) continue;
            part.replaces()
                    .forEach(key -> replacing
                            .computeIfAbsent(key, _ -> new ArrayList<>())
                            .add(module.name()));
        }
        return new ModuleNames(all, replacing);
    }

    /** @return those that replace a kind of keys, each once, by their names without the system's */
    public List<String> replacing(ReplacesKeys.Key key) {
        return replacing.getOrDefault(key, List.of()).stream()
                .map(ModuleNames::withoutSystem)
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * Those that a run leaves out, though it shall replace keys.
     *
     * @param only what the run is limited to, with the system's name or without; empty: it has all
     * @return names with the system's, such as {@code linux.wireguard-key}, each once
     */
    public List<String> leftOut(
            Fabric fabric, Collection<Tunnel> tunnels, ReplacesKeys.Key key, Collection<String> only) {
        if (only.isEmpty()) return List.of();
        List<String> systems = systems(fabric, tunnels);
        return replacing.getOrDefault(key, List.of()).stream()
                .filter(name -> systems.contains(name.substring(0, name.indexOf('.'))))
                .filter(name -> !only.contains(name) && !only.contains(withoutSystem(name)))
                .sorted()
                .toList();
    }

    /** The name of a module as {@code --only} takes it for all systems. */
    public static String withoutSystem(String name) {
        return name.substring(name.indexOf('.') + 1);
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

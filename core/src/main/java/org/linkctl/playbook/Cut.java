package org.linkctl.playbook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Route;
import org.linkctl.plan.Way;

/**
 * A step for which traffic has to stop, since it has no other way.
 *
 * @param why what is cut, as a phrase
 */
public record Cut(Task task, String why) {
    /**
     * The cuts of a playbook that the inventory alone tells; those of an apply are known when it is planned.
     *
     * @param from the number of the first step that is done
     */
    public static List<Cut> of(Playbook playbook, Fabric fabric, int from) {
        List<Cut> cuts = new ArrayList<>();
        Map<String, Set<String>> drained = new LinkedHashMap<>();
        for (Task task : playbook.tasks()) {
            if (task.number() < from) continue;
            switch (task.action()) {
                case Action.Drain(Way way) -> drained.put(way.name(), way.paths());
                case Action.Undrain(Way way) -> drained.remove(way.name());
                case Action.Reboot(List<Host> hosts, int _) -> reboot(task, hosts, fabric, paths(drained), cuts);
                default -> {}
            }
        }
        return cuts;
    }

    private static Set<String> paths(Map<String, Set<String>> drained) {
        return drained.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    }

    private static void reboot(Task task, List<Host> hosts, Fabric fabric, Set<String> drained, List<Cut> cuts) {
        Set<String> down = new LinkedHashSet<>(drained);
        Set<String> names = new LinkedHashSet<>();
        for (Host host : hosts) {
            names.add(host.name());
            down.addAll(Way.through(fabric, host).paths());
        }
        String who = String.join(", ", names);
        for (Route route : Way.lostRoutes(fabric, down)) {
            if (!drained.containsAll(route.via()))
                cuts.add(new Cut(
                        task,
                        String.join(" and ", route.between()) + " have no way to each other while " + who
                                + " reboots"));
        }
        for (Substitutes group : Substitutes.of(fabric)) {
            if (group.isLost(names))
                cuts.add(new Cut(task, "no host is left for " + group.service() + " while " + who + " reboots"));
        }
        for (Hub hub : fabric.hubs()) {
            if (fabric.hostsOf(hub.on()).stream().map(Host::name).allMatch(names::contains))
                cuts.add(new Cut(task, "no host is left for the hub " + hub.name() + " while " + who + " reboots"));
        }
        fabric.hosts().stream()
                .filter(host ->
                        host.gateway() != null && names.contains(host.gateway()) && !names.contains(host.name()))
                .forEach(host ->
                        cuts.add(new Cut(task, host.name() + " has no gateway while " + host.gateway() + " reboots")));
    }
}

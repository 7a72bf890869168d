package org.linkctl.playbook;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
        Set<Cut> cuts = new LinkedHashSet<>();
        DrainedStates states = DrainedStates.of(playbook, from);
        playbook.all().forEach(task -> {
            if (!(task.action() instanceof Action.Reboot(List<Host> hosts, int _))) return;
            states.before(task).forEach(state -> reboot(task, hosts, fabric, state.paths(), cuts));
        });
        return List.copyOf(cuts);
    }

    private static void reboot(Task task, List<Host> hosts, Fabric fabric, Set<String> drained, Set<Cut> cuts) {
        Set<String> down = new LinkedHashSet<>(drained);
        Set<String> names = new LinkedHashSet<>();
        for (Host host : hosts) {
            names.add(host.name());
            down.addAll(Way.through(fabric, host).paths());
        }
        String meanwhile = " while " + String.join(", ", names) + (names.size() == 1 ? " reboots" : " reboot");
        for (Route route : Way.lostRoutes(fabric, down)) {
            if (!drained.containsAll(route.via()))
                cuts.add(new Cut(
                        task, String.join(" and ", route.between()) + " have no way to each other" + meanwhile));
        }
        for (Substitutes group : Substitutes.of(fabric)) {
            if (group.isLostBy(names, drained)) {
                List<String> out = group.drained(drained).stream()
                        .filter(host -> !names.contains(host))
                        .toList();
                String also = out.isEmpty()
                        ? ""
                        : ", for " + String.join(", ", out) + (out.size() == 1 ? " is" : " are") + " drained";
                cuts.add(new Cut(task, "no host is left for " + group.service() + meanwhile + also));
            }
        }
        for (Hub hub : fabric.hubs()) {
            if (fabric.hostsOf(hub.on()).stream().map(Host::name).allMatch(names::contains))
                cuts.add(new Cut(task, "no host is left for the hub " + hub.name() + meanwhile));
        }
        fabric.hosts().stream()
                .filter(host ->
                        host.gateway() != null && names.contains(host.gateway()) && !names.contains(host.name()))
                .forEach(host ->
                        cuts.add(new Cut(task, host.name() + " has no gateway while " + host.gateway() + " reboots")));
    }
}

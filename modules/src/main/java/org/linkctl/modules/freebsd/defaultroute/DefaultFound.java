package org.linkctl.modules.freebsd.defaultroute;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linkctl.modules.freebsd.kernel.DhcpClients;
import org.linkctl.modules.freebsd.kernel.Netstat;
import org.linkctl.net.Cidr;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Found;
import org.linkctl.spi.Found.Value;
import org.linkctl.spi.Question;

/** The default routes that a host has for good, as {@code linkctl import} declares them. */
final class DefaultFound {
    private static final List<Cidr> ALL = List.of(Cidr.of("0.0.0.0/0"), Cidr.of("::/0"));

    private DefaultFound() {}

    static List<Question<?>> questions() {
        return List.of(Netstat.question(), DhcpClients.question());
    }

    static List<Found> read(Answers answers) {
        Map<String, List<String>> gateways = new LinkedHashMap<>();
        List<Found> out = new ArrayList<>();
        for (Cidr all : ALL) {
            List<Netstat.Path> set = Netstat.read(answers).to(all).stream()
                    .filter(path -> !isGiven(path, answers))
                    .toList();
            if (set.size() == 1
                    && set.getFirst().isByGateway()
                    && !set.getFirst().isDaemons())
                gateways.computeIfAbsent(set.getFirst().device(), any -> new ArrayList<>())
                        .add(set.getFirst().gateway().replaceFirst("%.*", ""));
            else set.forEach(path -> out.add(unsaid(path)));
        }
        gateways.forEach((device, all) ->
                out.add(new Found.Part(device, "nic", Map.of("defaultGateway", Value.of(List.copyOf(all))))));
        return List.copyOf(out);
    }

    /** Whoever asked for it asks again: rtsold(8), or dhclient(8), which sets it as a person does. */
    private static boolean isGiven(Netstat.Path path, Answers answers) {
        boolean asked = !path.prefix().isV6() && DhcpClients.read(answers).contains(path.device());
        return asked || (!path.isStatic() && !path.isDaemons());
    }

    private static Found unsaid(Netstat.Path path) {
        return new Found.Unsaid(
                (path.prefix().isV6() ? "IPv6 default route" : "default route") + " via " + path.gateway() + " by "
                        + path.device() + (path.isDaemons() ? ", of a routing daemon" : ""),
                "defaultGateway: is one neighbour that no other program sets");
    }
}

package org.linkctl.modules.linux.defaultroute;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.linkctl.net.Ip;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Found;
import org.linkctl.spi.Found.Value;
import org.linkctl.spi.Question;

/** The default routes that a host has for good, as {@code linkctl import} declares them. */
final class DefaultFound {
    /** Set by a person or a network stack (rtnetlink(7), rtm_protocol). */
    private static final Set<String> SET = Set.of("static", "boot");

    /** Given for a time: whoever asked for it asks again. */
    private static final Set<String> GIVEN = Set.of("dhcp", "ra", "kernel");

    private DefaultFound() {}

    static List<Question<?>> questions() {
        return List.of(DefaultRouteModule.V4, DefaultRouteModule.V6);
    }

    static List<Found> read(Answers answers) {
        Map<String, List<String>> gateways = new LinkedHashMap<>();
        List<Found> out = new ArrayList<>();
        for (Question.Command family : List.of(DefaultRouteModule.V4, DefaultRouteModule.V6)) {
            boolean v6 = family.equals(DefaultRouteModule.V6);
            // Of IPv6 there may be linkctl's, and beside it one that nobody gave a metric: the first one counts.
            boolean said = false;
            for (Default one : Default.read(answers.stdout(family)).stream()
                    .sorted(Comparator.comparingInt(Default::metric))
                    .toList()) {
                if (GIVEN.contains(one.protocol())) continue;
                Ip via = one.via();
                if (!said && via != null && SET.contains(one.protocol()) && one.isUsual(v6)) {
                    said = true;
                    gateways.computeIfAbsent(one.device(), any -> new ArrayList<>())
                            .add(via.text());
                } else
                    out.add(new Found.Unsaid(
                            (v6 ? "IPv6 default route " : "default route ") + one.shown() + " metric " + one.metric()
                                    + " proto " + one.protocol(),
                            "defaultGateway: is one neighbour, of the usual metric, that no other program sets"));
            }
        }
        gateways.forEach((device, all) ->
                out.add(new Found.Part(device, "nic", Map.of("defaultGateway", Value.of(List.copyOf(all))))));
        return List.copyOf(out);
    }
}

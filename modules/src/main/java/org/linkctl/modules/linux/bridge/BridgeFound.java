package org.linkctl.modules.linux.bridge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.linkctl.modules.linux.kernel.Links;
import org.linkctl.modules.linux.stack.StackFacts;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Found;
import org.linkctl.spi.Found.Value;
import org.linkctl.spi.Question;

/**
 * The bridges that a host has, as {@code linkctl import} declares them: those of its network stack. Others are made by
 * programs that look after them themselves, such as Docker and libvirt.
 */
final class BridgeFound {
    /** What virtual machines and containers have at a bridge comes and goes with them. */
    private static final Set<String> GUESTS = Set.of("tun", "veth");

    private BridgeFound() {}

    static List<Question<?>> questions() {
        List<Question<?>> out = new ArrayList<>(StackFacts.questions());
        out.add(Links.question());
        return List.copyOf(out);
    }

    static List<Found> read(Answers answers) {
        Links links = Links.from(answers);
        StackFacts stack = StackFacts.from(answers);
        List<Found> out = new ArrayList<>();
        for (Links.Link link : links.byName().values()) {
            if (!link.kind().equals(BridgeModule.KIND)) continue;
            if (stack.configures(link.name())) {
                out.add(bridge(link, links));
                out.addAll(link.unsaid("bridge"));
            } else
                out.add(new Found.Unsaid(
                        link.name() + ": a bridge",
                        "no file of the host's network stack configures it: whoever made it looks after it"));
        }
        return List.copyOf(out);
    }

    private static Found bridge(Links.Link bridge, Links links) {
        List<String> members = links.enslavedTo(bridge.name()).stream()
                .filter(name -> links.link(name)
                        .filter(link -> !GUESTS.contains(link.kind()))
                        .isPresent())
                .toList();
        Map<String, Value> out = new LinkedHashMap<>();
        if (!members.isEmpty()) out.put("members", Value.of(members));
        if (!bridge.options().getOrDefault("stp_state", "0").equals("0")) out.put("stp", new Value.Flag(true));
        return new Found.Part(bridge.name(), "bridge", out);
    }
}

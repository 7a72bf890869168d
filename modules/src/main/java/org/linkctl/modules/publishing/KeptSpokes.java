package org.linkctl.modules.publishing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.linkctl.model.Publish;
import org.linkctl.modules.wireguard.FarView;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Scope;

/**
 * The spokes to which what is published goes with the callers' own addresses: whether they take that from the hub yet. Until
 * then whoever is sent there gets no answer.
 *
 * @param notYet those that do not, as they told: they have to change in the same run
 * @param unknown those that could not be asked
 */
public record KeptSpokes(Set<String> notYet, Set<String> unknown) {
    public static final KeptSpokes NONE = new KeptSpokes(Set.of(), Set.of());

    public KeptSpokes {
        notYet = Set.copyOf(notYet);
        unknown = Set.copyOf(unknown);
    }

    public static KeptSpokes of(Scope scope) {
        return of(scope, PublishedService.of(scope.fabric(), scope.host()));
    }

    public static KeptSpokes of(Scope scope, List<PublishedService> published) {
        Set<String> notYet = new TreeSet<>();
        Set<String> unknown = new TreeSet<>();
        for (PublishedService one : published) {
            if (one.publish().masquerade()) continue;
            for (Publish.Target target : one.targets()) {
                Boolean takes = FarView.takesEverything(
                                scope, target.host(), target.hub().name(), one.v6())
                        .orElse(null);
                if (takes == null) unknown.add(target.host());
                else if (!takes) notYet.add(target.host());
            }
        }
        return new KeptSpokes(notYet, unknown);
    }

    /** What the user has to know before the hub changes. */
    public List<String> warnings() {
        List<String> out = new ArrayList<>();
        for (String host : new TreeSet<>(unknown))
            out.add("whether " + host + " takes callers' own addresses from the hub is not known: until it does,"
                    + " whoever is sent there by a publish with masquerade: false gets no answer");
        return out;
    }

    /** What is wrong with what runs. */
    public List<Finding> findings() {
        return notYet.stream()
                .sorted()
                .map(host -> Finding.bad(
                        "published to " + host,
                        "it does not take callers' own addresses from the hub: they get no answer. Apply to " + host))
                .toList();
    }
}

package org.linkctl.check;

import java.util.HashMap;
import java.util.Map;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.HostIntent;

/** Declarations for one host that no other check knows: what they say of their own values, and those declared twice. */
final class HostIntentChecks {
    private final Refusals refusals;

    HostIntentChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Host host : fabric.hosts()) {
            Map<String, HostIntent> seen = new HashMap<>();
            for (HostIntent intent : fabric.of(HostIntent.class, host)) {
                for (HostIntent.Wrong wrong : intent.wrong()) wrong(intent, wrong);
                HostIntent first = seen.putIfAbsent(intent.subject(), intent);
                if (first != null) twice(intent, first);
            }
        }
    }

    private void wrong(HostIntent intent, HostIntent.Wrong wrong) {
        boolean named = wrong.attribute().equals("name") || wrong.attribute().equals("value");
        String summary =
                (named ? "" : wrong.attribute() + ": ") + "'" + Names.shown(wrong.value()) + "' " + wrong.why();
        refusals.value(intent.at(), wrong.attribute(), wrong.value(), summary, wrong.detail());
    }

    private void twice(HostIntent intent, HostIntent first) {
        String summary = Names.shown(intent.subject()) + " is declared twice for " + Names.shown(intent.host());
        refusals.conflict(intent.at(), "name", "", summary, "also declared at " + first.at());
    }
}

package org.linkctl.dsl.words;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.Map;
import org.linkctl.model.Firewall;

/** The words that are known in {@code host} and in {@code pair} alike. */
public abstract class HostOrPairSpec extends Spec {
    private final String name;

    /** @param name of the host or the pair */
    HostOrPairSpec(InventoryRun run, String name) {
        super(run);
        this.name = name;
    }

    /** The name of the host or the pair. */
    String name() {
        return name;
    }

    /** The packet filter rules of the host, or of each host of the pair. */
    public void firewall(
            @NamedParams({
                        @NamedParam(value = "ruleset", type = Firewall.Ruleset.class),
                        @NamedParam(value = "policy", type = Firewall.Policy.class),
                        @NamedParam(value = "skip", type = Object.class),
                        @NamedParam(value = "log", type = String.class),
                        @NamedParam(value = "limits", type = Map.class)
                    })
                    Map<String, Object> attributes,
            @DelegatesTo(value = FirewallSpec.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
        FirewallSpec rules = new FirewallSpec(inventory());
        AttributeValues values = values(attributes);
        run(rules, body);
        declarations().add(rules.firewall(name, values));
    }
}

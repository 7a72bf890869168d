package org.linkctl.dsl.words;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.linkctl.model.Become;
import org.linkctl.model.Firewall;
import org.linkctl.model.ProxyArp;
import org.linkctl.model.SecretRef;
import org.linkctl.model.StateSync;
import org.linkctl.model.Vip;

/** What is known in {@code pair}. */
public final class PairSpec extends Spec {
    private final String pair;
    private final Hosts machines;
    private final List<String> hosts = new ArrayList<>();

    PairSpec(InventoryRun run, String pair, Hosts machines) {
        super(run);
        this.pair = pair;
        this.machines = machines;
    }

    List<String> hosts() {
        return hosts;
    }

    /** One of the two machines, and what it alone has. */
    public void host(
            @NamedParams({
                        @NamedParam(value = "ssh", type = String.class, required = true),
                        @NamedParam(value = "become", type = Become.class),
                        @NamedParam(value = "gateway", type = String.class)
                    })
                    Map<String, Object> attributes,
            String name,
            @DelegatesTo(value = HostSpec.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
        machines.declare(given(attributes), name);
        hosts.add(name);
        run(new HostSpec(inventory(), name), body);
    }

    /** One of the two machines, of which nothing more is said. */
    public void host(
            @NamedParams({
                        @NamedParam(value = "ssh", type = String.class, required = true),
                        @NamedParam(value = "become", type = Become.class),
                        @NamedParam(value = "gateway", type = String.class)
                    })
                    Map<String, Object> attributes,
            String name) {
        machines.declare(given(attributes), name);
        hosts.add(name);
    }

    /** Addresses that the master of the two holds. */
    public void vip(
            @NamedParams({
                        @NamedParam(value = "on", type = String.class, required = true),
                        @NamedParam(value = "address", type = Object.class, required = true),
                        @NamedParam(value = "password", type = SecretRef.class, required = true),
                        @NamedParam(value = "prefer", type = String.class),
                        @NamedParam(value = "interval", type = Integer.class),
                        @NamedParam(value = "preempt", type = Boolean.class)
                    })
                    Map<String, Object> attributes,
            int id) {
        vip(given(attributes), id, List.of());
    }

    /** The same, and what the hosts run when they have become its master or its backup. */
    public void vip(
            @NamedParams({
                        @NamedParam(value = "on", type = String.class, required = true),
                        @NamedParam(value = "address", type = Object.class, required = true),
                        @NamedParam(value = "password", type = SecretRef.class, required = true),
                        @NamedParam(value = "prefer", type = String.class),
                        @NamedParam(value = "interval", type = Integer.class),
                        @NamedParam(value = "preempt", type = Boolean.class)
                    })
                    Map<String, Object> attributes,
            int id,
            @DelegatesTo(value = VipSpec.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
        Given given = given(attributes);
        VipSpec actions = new VipSpec(inventory());
        run(actions, body);
        vip(given, id, actions.actions());
    }

    private void vip(Given given, int id, List<Vip.Action> actions) {
        declarations()
                .add(new Vip(
                        pair,
                        id,
                        given.text("on").orElse(""),
                        given.addresses("address"),
                        given.secret("password").orElse(null),
                        given.text("prefer").orElse(null),
                        given.number("interval").orElse(1),
                        given.flagOr("preempt", true),
                        actions,
                        given.at()));
    }

    /** The two tell each other of the connections that they pass on. */
    public void stateSync(
            @NamedParams({
                        @NamedParam(value = "on", type = String.class, required = true),
                        @NamedParam(value = "multicast", type = Boolean.class),
                        @NamedParam(value = "defer", type = Boolean.class),
                        @NamedParam(value = "maxUpdates", type = Integer.class)
                    })
                    Map<String, Object> attributes) {
        Given given = given(attributes);
        declarations()
                .add(new StateSync(
                        pair,
                        given.text("on").orElse(""),
                        given.flag("multicast"),
                        given.flag("defer"),
                        given.number("maxUpdates").orElse(null),
                        given.at()));
    }

    /** The master of the two answers ARP requests for these addresses. */
    public void proxyArp(
            @NamedParams({
                        @NamedParam(value = "on", type = String.class, required = true),
                        @NamedParam(value = "addresses", type = Object.class, required = true)
                    })
                    Map<String, Object> attributes) {
        Given given = given(attributes);
        declarations().add(new ProxyArp(pair, given.text("on").orElse(""), given.ips("addresses"), given.at()));
    }

    /** What each of the two lets through. */
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
        Given given = given(attributes);
        run(rules, body);
        declarations().add(rules.firewall(pair, given));
    }
}

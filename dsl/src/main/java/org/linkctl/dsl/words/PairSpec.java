package org.linkctl.dsl.words;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Become;
import org.linkctl.model.ProxyArp;
import org.linkctl.model.SecretRef;
import org.linkctl.model.StateSync;
import org.linkctl.model.Vip;
import org.linkctl.model.Witness;
import org.linkctl.net.Ip;

/** The words in the braces of {@code pair}. */
public final class PairSpec extends HostOrPairSpec {
    private static final Ip UNREADABLE = Ip.of("192.0.2.0");

    private final HostDeclarations machines;
    private final List<String> hosts = new ArrayList<>();

    PairSpec(InventoryRun run, String pair, HostDeclarations machines) {
        super(run, pair);
        this.machines = machines;
    }

    List<String> hosts() {
        return hosts;
    }

    /** One of the two hosts, and what it alone has. */
    public void host(
            @Independent({"ssh", "become", "tags"})
                    @NamedParams({
                        @NamedParam(value = "ssh", type = String.class, required = true),
                        @NamedParam(value = "become", type = Become.class),
                        @NamedParam(value = "gateway", type = String.class),
                        @NamedParam(value = "tags", type = Object.class)
                    })
                    Map<String, Object> attributes,
            String name,
            @OptionalBraces @DelegatesTo(value = HostSpec.class, strategy = Closure.DELEGATE_ONLY) @Nullable
                    Closure<?> body) {
        machines.declare(values(attributes), name);
        hosts.add(name);
        run(new HostSpec(inventory(), name), body);
    }

    /**
     * Virtual addresses (VRRP, RFC 9568, or carp(4)) that the master of the two holds; in braces what each role runs.
     */
    public void vip(
            @NamedParams({
                        @NamedParam(value = "on", type = String.class, required = true),
                        @NamedParam(value = "address", type = Object.class, required = true),
                        @NamedParam(value = "password", type = SecretRef.class),
                        @NamedParam(value = "prefer", type = String.class),
                        @NamedParam(value = "interval", type = Integer.class),
                        @NamedParam(value = "preempt", type = Boolean.class)
                    })
                    Map<String, Object> attributes,
            int id,
            @OptionalBraces @DelegatesTo(value = VipSpec.class, strategy = Closure.DELEGATE_ONLY) @Nullable
                    Closure<?> body) {
        AttributeValues values = values(attributes);
        VipSpec actions = new VipSpec(inventory());
        run(actions, body);
        declarations()
                .add(new Vip(
                        name(),
                        id,
                        values.text("on").orElse(""),
                        values.net().addresses("address"),
                        values.secret("password").orElse(null),
                        values.text("prefer").orElse(null),
                        values.number("interval").orElse(null),
                        values.flagOr("preempt", true),
                        actions.actions(),
                        values.at()));
    }

    /** The two hosts synchronize their connection states (conntrackd(8), pfsync(4)). */
    public void stateSync(
            @NamedParams({
                        @NamedParam(value = "on", type = String.class, required = true),
                        @NamedParam(value = "multicast", type = Boolean.class),
                        @NamedParam(value = "defer", type = Boolean.class),
                        @NamedParam(value = "maxUpdates", type = Integer.class)
                    })
                    Map<String, Object> attributes) {
        AttributeValues values = values(attributes);
        declarations()
                .add(new StateSync(
                        name(),
                        values.text("on").orElse(""),
                        values.flag("multicast"),
                        values.flag("defer"),
                        values.number("maxUpdates").orElse(null),
                        values.at()));
    }

    /** A third host decides which of the two may serve while they do not see each other. */
    public void witness(
            @NamedParams({
                        @NamedParam(value = "address", type = String.class, required = true),
                        @NamedParam(value = "on", type = String.class)
                    })
                    Map<String, Object> attributes,
            String host) {
        AttributeValues values = values(attributes);
        declarations()
                .add(new Witness(
                        name(),
                        host,
                        values.net().ip("address").orElse(UNREADABLE),
                        values.text("on").orElse(null),
                        values.at()));
    }

    /** The master of the two answers ARP requests for these addresses (proxy ARP). */
    public void proxyArp(
            @NamedParams({
                        @NamedParam(value = "on", type = String.class, required = true),
                        @NamedParam(value = "addresses", type = Object.class, required = true)
                    })
                    Map<String, Object> attributes) {
        AttributeValues values = values(attributes);
        declarations()
                .add(new ProxyArp(
                        name(), values.text("on").orElse(""), values.net().ips("addresses"), values.at()));
    }
}

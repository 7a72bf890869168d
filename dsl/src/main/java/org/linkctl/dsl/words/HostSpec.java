package org.linkctl.dsl.words;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.Map;
import org.linkctl.model.Bond;
import org.linkctl.model.Firewall;
import org.linkctl.model.Nic;
import org.linkctl.model.Sysctl;

/** What is known in {@code host}. */
public final class HostSpec extends Spec {
    /** The time between two looks that the kernel's documentation calls a good starting point (bonding.rst, miimon). */
    private static final int MIIMON = 100;

    private final String host;

    HostSpec(InventoryRun run, String host) {
        super(run);
        this.host = host;
    }

    /** Several links used as one. */
    public void bond(
            @NamedParams({
                        @NamedParam(value = "mode", type = Bond.Mode.class),
                        @NamedParam(value = "hash", type = Bond.XmitHash.class),
                        @NamedParam(value = "miimon", type = Integer.class),
                        @NamedParam(value = "lacpRate", type = Bond.LacpRate.class),
                        @NamedParam(value = "members", type = Object.class, required = true),
                        @NamedParam(value = "address", type = Object.class),
                        @NamedParam(value = "mtu", type = Integer.class)
                    })
                    Map<String, Object> attributes,
            String name) {
        Given given = given(attributes);
        declarations()
                .add(new Bond(
                        host,
                        name,
                        given.constant("mode", Bond.Mode.class).orElse(Bond.Mode.LACP),
                        given.constant("hash", Bond.XmitHash.class).orElse(Bond.XmitHash.LAYER3_4),
                        given.number("miimon").orElse(MIIMON),
                        given.constant("lacpRate", Bond.LacpRate.class).orElse(Bond.LacpRate.SLOW),
                        given.texts("members"),
                        given.addresses("address"),
                        given.number("mtu").orElse(null),
                        given.at()));
    }

    /** An interface that is there already. */
    public void nic(
            @NamedParams({
                        @NamedParam(value = "address", type = Object.class),
                        @NamedParam(value = "mtu", type = Integer.class)
                    })
                    Map<String, Object> attributes,
            String name) {
        Given given = given(attributes);
        declarations()
                .add(new Nic(
                        host,
                        name,
                        given.addresses("address"),
                        given.number("mtu").orElse(null),
                        given.at()));
    }

    /** What this host lets through. */
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
        declarations().add(rules.firewall(host, given));
    }

    /** A kernel parameter, live and after a reboot. */
    public void sysctl(String key, String value) {
        declarations().add(new Sysctl(host, key, value, given().at()));
    }

    /** The same for a number. */
    public void sysctl(String key, int value) {
        declarations().add(new Sysctl(host, key, Integer.toString(value), given().at()));
    }
}

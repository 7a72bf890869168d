package org.linkctl.dsl.words;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.Map;
import org.linkctl.model.Balance;
import org.linkctl.model.Become;
import org.linkctl.model.Firewall;
import org.linkctl.model.Os;
import org.linkctl.model.Pair;

/** What is known in {@code site}. */
public final class SiteSpec extends Spec {
    private final String site;
    private final Hosts machines;

    SiteSpec(InventoryRun run, String site) {
        super(run);
        this.site = site;
        machines = new Hosts(run, site, null);
    }

    /** A machine of this site, and what it has. */
    public void host(
            @NamedParams({
                        @NamedParam(value = "os", type = Os.class, required = true),
                        @NamedParam(value = "ssh", type = String.class, required = true),
                        @NamedParam(value = "become", type = Become.class),
                        @NamedParam(value = "gateway", type = String.class)
                    })
                    Map<String, Object> attributes,
            String name,
            @DelegatesTo(value = HostSpec.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
        machines.declare(given(attributes), name);
        run(new HostSpec(inventory(), name), body);
    }

    /** A machine of which nothing more is said. */
    public void host(
            @NamedParams({
                        @NamedParam(value = "os", type = Os.class, required = true),
                        @NamedParam(value = "ssh", type = String.class, required = true),
                        @NamedParam(value = "become", type = Become.class),
                        @NamedParam(value = "gateway", type = String.class)
                    })
                    Map<String, Object> attributes,
            String name) {
        machines.declare(given(attributes), name);
    }

    /** Two machines of which one stands in for the other, and what both have. */
    public void pair(
            @NamedParams({@NamedParam(value = "os", type = Os.class, required = true)}) Map<String, Object> attributes,
            String name,
            @DelegatesTo(value = PairSpec.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
        Given given = given(attributes);
        Os os = given.constant("os", Os.class).orElse(Os.LINUX);
        PairSpec pair = new PairSpec(inventory(), name, new Hosts(inventory(), site, os));
        run(pair, body);
        declarations().add(new Pair(name, site, pair.hosts(), given.at()));
    }

    /** Connections that come in by one interface are spread over several next hops. */
    public void balance(
            @NamedParams({
                        @NamedParam(value = "on", type = String.class, required = true),
                        @NamedParam(value = "inbound", type = String.class, required = true),
                        @NamedParam(value = "from", type = Object.class, required = true),
                        @NamedParam(value = "to", type = Object.class, required = true),
                        @NamedParam(value = "over", type = Object.class, required = true),
                        @NamedParam(value = "weights", type = Map.class),
                        @NamedParam(value = "sticky", type = Boolean.class),
                        @NamedParam(value = "ruleset", type = Firewall.Ruleset.class)
                    })
                    Map<String, Object> attributes,
            String name) {
        Given given = given(attributes);
        declarations()
                .add(new Balance(
                        name,
                        site,
                        given.text("on").orElse(""),
                        given.text("inbound").orElse(""),
                        given.prefixes("from"),
                        given.prefixes("to"),
                        given.ips("over"),
                        given.numbers("weights"),
                        given.flag("sticky"),
                        given.constant("ruleset", Firewall.Ruleset.class).orElse(null),
                        given.at()));
    }
}

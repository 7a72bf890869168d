package org.linkctl.dsl.words;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Balance;
import org.linkctl.model.Become;
import org.linkctl.model.Firewall;
import org.linkctl.model.Os;
import org.linkctl.model.Pair;

/** The words in the braces of {@code site}. */
public final class SiteSpec extends Spec {
    private final String site;
    private final HostDeclarations machines;

    SiteSpec(InventoryRun run, String site) {
        super(run);
        this.site = site;
        machines = new HostDeclarations(run, site, null);
    }

    /** A host of this site. */
    public void host(
            @Independent({"os", "ssh", "become", "tags"})
                    @NamedParams({
                        @NamedParam(value = "os", type = Os.class, required = true),
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
        run(new HostSpec(inventory(), name), body);
    }

    /** Two hosts with failover between them, and what both have. */
    public void pair(
            @Independent("os") @NamedParams({@NamedParam(value = "os", type = Os.class, required = true)})
                    Map<String, Object> attributes,
            String name,
            @DelegatesTo(value = PairSpec.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
        AttributeValues values = values(attributes);
        Os os = values.constant("os", Os.class).orElse(Os.LINUX);
        PairSpec pair = new PairSpec(inventory(), name, new HostDeclarations(inventory(), site, os));
        run(pair, body);
        declarations().add(new Pair(name, site, pair.hosts(), values.at()));
    }

    /** Distributes connections that arrive by one interface over several next hops. */
    public void balance(
            @Independent("weights")
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
        AttributeValues values = values(attributes);
        declarations()
                .add(new Balance(
                        name,
                        site,
                        values.text("on").orElse(""),
                        values.text("inbound").orElse(""),
                        values.net().prefixes("from"),
                        values.net().prefixes("to"),
                        values.net().ips("over"),
                        values.numbers("weights"),
                        values.flag("sticky"),
                        values.constant("ruleset", Firewall.Ruleset.class).orElse(null),
                        values.at()));
    }
}

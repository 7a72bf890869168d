package org.linkctl.dsl.words;

import groovy.lang.IntRange;
import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Firewall;
import org.linkctl.model.Firewall.Proto;
import org.linkctl.net.Ip;

/** The words in the braces of {@code firewall}. */
public final class FirewallSpec extends Spec {
    private static final Ip UNREADABLE = Ip.of("192.0.2.0");

    private static final List<String> OPTIONS = List.of("policy", "skip", "log", "limits");

    private final List<Firewall.Table> tables = new ArrayList<>();
    private final List<Firewall.Rule> rules = new ArrayList<>();
    private final List<Firewall.Nat> nats = new ArrayList<>();
    private final List<Firewall.Redirect> redirects = new ArrayList<>();

    FirewallSpec(InventoryRun run) {
        super(run);
    }

    Firewall firewall(String on, AttributeValues values) {
        Firewall.Ruleset ruleset =
                values.constant("ruleset", Firewall.Ruleset.class).orElse(Firewall.Ruleset.MAIN);
        if (ruleset == Firewall.Ruleset.ANCHOR) optionsAreOthers(values);
        return new Firewall(
                on,
                ruleset,
                values.constant("policy", Firewall.Policy.class).orElse(Firewall.Policy.DROP),
                values.texts("skip"),
                values.text("log").orElse(null),
                values.numbers("limits"),
                tables,
                rules,
                nats,
                redirects,
                values.at());
    }

    /** pf.conf(5): options are the whole ruleset's; an anchor holds rules and tables alone. */
    private static void optionsAreOthers(AttributeValues values) {
        for (String option : OPTIONS) {
            if (!values.holdsAll(option)) continue;
            values.refuse(
                    values.use().of(option),
                    option + ": is said for all rules of a host, and cannot be with ruleset: ANCHOR",
                    "it belongs into the host's own file, among whose rules the anchor is",
                    null);
        }
    }

    /** A table: prefixes under a name that rules refer to. */
    public void table(
            @NamedParams({@NamedParam(value = "addresses", type = Object.class, required = true)})
                    Map<String, Object> attributes,
            String name) {
        AttributeValues values = values(attributes);
        tables.add(new Firewall.Table(name, values.net().nets("addresses"), values.at()));
    }

    /** A rule that lets packets pass. */
    public void allow(
            @Independent("port")
                    @NamedParams({
                        @NamedParam(value = "inbound", type = String.class),
                        @NamedParam(value = "outbound", type = String.class),
                        @NamedParam(value = "proto", type = Proto.class),
                        @NamedParam(value = "from", type = Object.class),
                        @NamedParam(value = "to", type = Object.class),
                        @NamedParam(value = "port", type = Integer.class),
                        @NamedParam(value = "ports", type = IntRange.class)
                    })
                    Map<String, Object> attributes) {
        rule(values(attributes), true);
    }

    /** A rule that drops packets, also those that an earlier rule lets pass. */
    public void block(
            @Independent("port")
                    @NamedParams({
                        @NamedParam(value = "inbound", type = String.class),
                        @NamedParam(value = "outbound", type = String.class),
                        @NamedParam(value = "proto", type = Proto.class),
                        @NamedParam(value = "from", type = Object.class),
                        @NamedParam(value = "to", type = Object.class),
                        @NamedParam(value = "port", type = Integer.class),
                        @NamedParam(value = "ports", type = IntRange.class)
                    })
                    Map<String, Object> attributes) {
        rule(values(attributes), false);
    }

    private void rule(AttributeValues values, boolean allow) {
        values.notEmpty("from", "to");
        rules.add(new Firewall.Rule(
                allow,
                values.text("inbound").orElse(null),
                values.text("outbound").orElse(null),
                values.constant("proto", Proto.class).orElse(null),
                values.net().peers("from"),
                values.net().peers("to"),
                ports(values),
                values.at()));
    }

    private static Firewall.@Nullable Ports ports(AttributeValues values) {
        if (values.holdsAll("port", "ports")) {
            values.refuse(values.use().of("ports"), "port: and ports: say the same thing", "give one of them", null);
        }
        IntRange range = values.range("ports").orElse(null);
        if (range != null) return AttributeValues.ports(range);
        return values.number("port").map(one -> new Firewall.Ports(one, one)).orElse(null);
    }

    /** Source NAT of packets that leave by an interface, to an address of that interface or to {@code address}. */
    public void nat(
            @NamedParams({
                        @NamedParam(value = "outbound", type = String.class, required = true),
                        @NamedParam(value = "from", type = Object.class, required = true),
                        @NamedParam(value = "address", type = String.class)
                    })
                    Map<String, Object> attributes) {
        AttributeValues values = values(attributes);
        nats.add(new Firewall.Nat(
                values.text("outbound").orElse(""),
                values.net().nets("from"),
                values.net().ip("address").orElse(null),
                values.at()));
    }

    /** Destination NAT (port forwarding) of packets that arrive by an interface. */
    public void redirect(
            @Independent("port")
                    @NamedParams({
                        @NamedParam(value = "inbound", type = String.class, required = true),
                        @NamedParam(value = "proto", type = Proto.class, required = true),
                        @NamedParam(value = "address", type = String.class),
                        @NamedParam(value = "port", type = Integer.class),
                        @NamedParam(value = "ports", type = IntRange.class),
                        @NamedParam(value = "to", type = String.class, required = true),
                        @NamedParam(value = "toPort", type = Integer.class)
                    })
                    Map<String, Object> attributes) {
        AttributeValues values = values(attributes);
        Firewall.Ports ports = ports(values);
        if (ports == null && !values.holdsAll("port") && !values.holdsAll("ports")) {
            values.refuse(values.at(), "'redirect' needs port: or ports:", "what shall go elsewhere", null);
        }
        redirects.add(new Firewall.Redirect(
                values.text("inbound").orElse(""),
                values.constant("proto", Proto.class).orElse(Proto.TCP),
                values.net().ip("address").orElse(null),
                ports == null ? new Firewall.Ports(1, 1) : ports,
                values.net().ip("to").orElse(UNREADABLE),
                values.number("toPort").orElse(null),
                values.at()));
    }
}

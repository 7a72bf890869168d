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

/** What is known in {@code firewall}. */
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

    Firewall firewall(String on, Given given) {
        Firewall.Ruleset ruleset =
                given.constant("ruleset", Firewall.Ruleset.class).orElse(Firewall.Ruleset.MAIN);
        if (ruleset == Firewall.Ruleset.ANCHOR) optionsAreOthers(given);
        return new Firewall(
                on,
                ruleset,
                given.constant("policy", Firewall.Policy.class).orElse(Firewall.Policy.DROP),
                given.texts("skip"),
                given.text("log").orElse(null),
                given.numbers("limits"),
                tables,
                rules,
                nats,
                redirects,
                given.at());
    }

    /** pf.conf(5): options are the whole ruleset's; an anchor holds rules and tables alone. */
    private static void optionsAreOthers(Given given) {
        for (String option : OPTIONS) {
            if (!given.holdsAll(option)) continue;
            given.refuse(
                    given.call().of(option),
                    option + ": is said for all rules of a host, and cannot be with ruleset: ANCHOR",
                    "it belongs into the host's own file, among whose rules the anchor is",
                    null);
        }
    }

    /** Prefixes that rules name together. */
    public void table(
            @NamedParams({@NamedParam(value = "addresses", type = Object.class, required = true)})
                    Map<String, Object> attributes,
            String name) {
        Given given = given(attributes);
        tables.add(new Firewall.Table(name, given.nets("addresses"), given.at()));
    }

    /** What passes. */
    public void allow(
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
        rule(given(attributes), true);
    }

    /** What does not pass, though a rule above would let it. */
    public void block(
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
        rule(given(attributes), false);
    }

    private void rule(Given given, boolean allow) {
        rules.add(new Firewall.Rule(
                allow,
                given.text("inbound").orElse(null),
                given.text("outbound").orElse(null),
                given.constant("proto", Proto.class).orElse(null),
                given.peers("from"),
                given.peers("to"),
                ports(given),
                given.at()));
    }

    private static Firewall.@Nullable Ports ports(Given given) {
        if (given.holdsAll("port", "ports")) {
            given.refuse(given.call().of("ports"), "port: and ports: say the same thing", "give one of them", null);
        }
        IntRange range = given.range("ports").orElse(null);
        // A range that is written downwards is told by the check of its values.
        if (range != null) {
            return range.isReverse()
                    ? new Firewall.Ports(range.getTo(), range.getFrom())
                    : new Firewall.Ports(range.getFrom(), range.getTo());
        }
        return given.number("port").map(one -> new Firewall.Ports(one, one)).orElse(null);
    }

    /** What goes out by an interface has an address of it then. */
    public void nat(
            @NamedParams({
                        @NamedParam(value = "outbound", type = String.class, required = true),
                        @NamedParam(value = "from", type = Object.class, required = true),
                        @NamedParam(value = "address", type = String.class)
                    })
                    Map<String, Object> attributes) {
        Given given = given(attributes);
        nats.add(new Firewall.Nat(
                given.text("outbound").orElse(""),
                given.nets("from"),
                given.ip("address").orElse(null),
                given.at()));
    }

    /** What comes in for one address and port goes to another. */
    public void redirect(
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
        Given given = given(attributes);
        Firewall.Ports ports = ports(given);
        if (ports == null && !given.holdsAll("port") && !given.holdsAll("ports")) {
            given.refuse(given.at(), "'redirect' needs port: or ports:", "what shall go elsewhere", null);
        }
        redirects.add(new Firewall.Redirect(
                given.text("inbound").orElse(""),
                given.constant("proto", Proto.class).orElse(Proto.TCP),
                given.ip("address").orElse(null),
                ports == null ? new Firewall.Ports(1, 1) : ports,
                given.ip("to").orElse(UNREADABLE),
                given.number("toPort").orElse(null),
                given.at()));
    }
}

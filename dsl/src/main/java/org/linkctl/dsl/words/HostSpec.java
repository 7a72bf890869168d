package org.linkctl.dsl.words;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.model.Bgp;
import org.linkctl.model.Bond;
import org.linkctl.model.Bridge;
import org.linkctl.model.FirezoneGateway;
import org.linkctl.model.HostFile;
import org.linkctl.model.HostPackage;
import org.linkctl.model.HostService;
import org.linkctl.model.HostSshd;
import org.linkctl.model.HostTimer;
import org.linkctl.model.HostUser;
import org.linkctl.model.Link;
import org.linkctl.model.Nic;
import org.linkctl.model.SecretRef;
import org.linkctl.model.Sysctl;
import org.linkctl.model.Vlan;
import org.linkctl.net.Cidr;

/** The words in the braces of {@code host}. */
public final class HostSpec extends HostOrPairSpec {
    /**
     * Milliseconds between two checks of the link; "a good starting point" by Documentation/networking/bonding.rst,
     * miimon.
     */
    private static final int MIIMON = 100;

    HostSpec(InventoryRun run, String host) {
        super(run, host);
    }

    /** A bond: several links used as one (Documentation/networking/bonding.rst, lagg(4)). */
    public void bond(
            @Independent({"mode", "hash", "miimon", "lacpRate", "members", "mtu", "dhcp"})
                    @NamedParams({
                        @NamedParam(value = "mode", type = Bond.Mode.class),
                        @NamedParam(value = "hash", type = Bond.XmitHash.class),
                        @NamedParam(value = "miimon", type = Integer.class),
                        @NamedParam(value = "lacpRate", type = Bond.LacpRate.class),
                        @NamedParam(value = "members", type = Object.class, required = true),
                        @NamedParam(value = "address", type = Object.class),
                        @NamedParam(value = "mtu", type = Integer.class),
                        @NamedParam(value = "defaultGateway", type = Object.class),
                        @NamedParam(value = "replyTo", type = Object.class),
                        @NamedParam(value = "dhcp", type = Link.Dhcp.class)
                    })
                    Map<String, Object> attributes,
            String name) {
        AttributeValues values = values(attributes);
        declarations()
                .add(new Bond(
                        name(),
                        name,
                        values.constant("mode", Bond.Mode.class).orElse(Bond.Mode.LACP),
                        values.constant("hash", Bond.XmitHash.class).orElse(Bond.XmitHash.LAYER3_4),
                        values.number("miimon").orElse(MIIMON),
                        values.constant("lacpRate", Bond.LacpRate.class).orElse(Bond.LacpRate.SLOW),
                        values.texts("members"),
                        values.net().addresses("address"),
                        values.number("mtu").orElse(null),
                        values.net().ips("defaultGateway"),
                        values.net().ips("replyTo"),
                        values.constant("dhcp", Link.Dhcp.class).orElse(null),
                        values.at()));
    }

    /** An existing interface, with its addresses and MTU. */
    public void nic(
            @Independent({"mtu", "dhcp"})
                    @NamedParams({
                        @NamedParam(value = "address", type = Object.class),
                        @NamedParam(value = "mtu", type = Integer.class),
                        @NamedParam(value = "defaultGateway", type = Object.class),
                        @NamedParam(value = "replyTo", type = Object.class),
                        @NamedParam(value = "dhcp", type = Link.Dhcp.class)
                    })
                    Map<String, Object> attributes,
            String name) {
        AttributeValues values = values(attributes);
        declarations()
                .add(new Nic(
                        name(),
                        name,
                        values.net().addresses("address"),
                        values.number("mtu").orElse(null),
                        values.net().ips("defaultGateway"),
                        values.net().ips("replyTo"),
                        values.constant("dhcp", Link.Dhcp.class).orElse(null),
                        values.at()));
    }

    /** What comes by another interface with a tag (IEEE 802.1Q). */
    public void vlan(
            @Independent({"mtu", "dhcp"})
                    @NamedParams({
                        @NamedParam(value = "on", type = String.class, required = true),
                        @NamedParam(value = "id", type = Integer.class, required = true),
                        @NamedParam(value = "address", type = Object.class),
                        @NamedParam(value = "mtu", type = Integer.class),
                        @NamedParam(value = "defaultGateway", type = Object.class),
                        @NamedParam(value = "replyTo", type = Object.class),
                        @NamedParam(value = "dhcp", type = Link.Dhcp.class)
                    })
                    Map<String, Object> attributes,
            String name) {
        AttributeValues values = values(attributes);
        Optional<String> on = values.text("on");
        Optional<Integer> id = values.number("id");
        if (on.isEmpty() || id.isEmpty()) {
            values.notDeclared(name);
            return;
        }
        declarations()
                .add(new Vlan(
                        name(),
                        name,
                        on.get(),
                        id.get(),
                        values.net().addresses("address"),
                        values.number("mtu").orElse(null),
                        values.net().ips("defaultGateway"),
                        values.net().ips("replyTo"),
                        values.constant("dhcp", Link.Dhcp.class).orElse(null),
                        values.at()));
    }

    /** Interfaces that are one network (IEEE 802.1D). */
    public void bridge(
            @Independent({"members", "stp", "mtu", "dhcp"})
                    @NamedParams({
                        @NamedParam(value = "members", type = Object.class),
                        @NamedParam(value = "stp", type = Boolean.class),
                        @NamedParam(value = "address", type = Object.class),
                        @NamedParam(value = "mtu", type = Integer.class),
                        @NamedParam(value = "defaultGateway", type = Object.class),
                        @NamedParam(value = "replyTo", type = Object.class),
                        @NamedParam(value = "dhcp", type = Link.Dhcp.class)
                    })
                    Map<String, Object> attributes,
            String name) {
        AttributeValues values = values(attributes);
        declarations()
                .add(new Bridge(
                        name(),
                        name,
                        values.texts("members"),
                        values.flag("stp"),
                        values.net().addresses("address"),
                        values.number("mtu").orElse(null),
                        values.net().ips("defaultGateway"),
                        values.net().ips("replyTo"),
                        values.constant("dhcp", Link.Dhcp.class).orElse(null),
                        values.at()));
    }

    /** A gateway of Firezone: clients elsewhere reach the site through it. */
    public void firezoneGateway(
            @Independent({"binary", "sha256", "api", "healthPort"})
                    @NamedParams({
                        @NamedParam(value = "token", type = SecretRef.class, required = true),
                        @NamedParam(value = "binary", type = String.class, required = true),
                        @NamedParam(value = "sha256", type = String.class, required = true),
                        @NamedParam(value = "api", type = String.class),
                        @NamedParam(value = "healthPort", type = Integer.class)
                    })
                    Map<String, Object> attributes) {
        AttributeValues values = values(attributes);
        declarations()
                .add(new FirezoneGateway(
                        name(),
                        values.secret("token").orElse(null),
                        values.text("binary").orElse(""),
                        values.text("sha256").orElse(""),
                        values.text("api").orElse(FirezoneGateway.API),
                        values.number("healthPort").orElse(FirezoneGateway.HEALTH_PORT),
                        values.at()));
    }

    /** A file that the host has, with its text, mode and owner. */
    public void file(
            @Independent("mode")
                    @AnyText("text")
                    @NamedParams({
                        @NamedParam(value = "text", type = String.class),
                        @NamedParam(value = "from", type = String.class),
                        @NamedParam(value = "secret", type = SecretRef.class),
                        @NamedParam(value = "mode", type = String.class),
                        @NamedParam(value = "owner", type = String.class),
                        @NamedParam(value = "group", type = String.class)
                    })
                    Map<String, Object> attributes,
            String path) {
        AttributeValues values = values(attributes);
        String text = values.text("text").orElse(null);
        long texts = values.given("text", "from", "secret");
        if (texts != 1) {
            values.refuse(
                    values.use().ofName(),
                    "'" + MessageText.shown(path) + "' has " + (texts == 0 ? "no text" : "several texts"),
                    "one of text: '…', from: 'files/name' and secret: secret('name')",
                    null);
        }
        declarations()
                .add(new HostFile(
                        name(),
                        path,
                        text,
                        values.text("from").orElse(null),
                        text != null ? text : values.textOfFile("from").orElse(null),
                        values.secret("secret").orElse(null),
                        values.text("mode").orElse(values.given("secret") == 0 ? HostFile.MODE : HostFile.SECRET_MODE),
                        values.text("owner").orElse(HostFile.OWNER),
                        values.text("group").orElse(null),
                        values.at()));
    }

    /** Packages that the host has installed. */
    public void packages(String... names) {
        AttributeValues values = values();
        for (String name : names) declarations().add(new HostPackage(name(), name, values.at()));
    }

    /** A service that others made: whether it runs, now and after a boot, and the files at whose change it is restarted. */
    public void service(
            @NamedParams({
                        @NamedParam(value = "enabled", type = Boolean.class),
                        @NamedParam(value = "running", type = Boolean.class),
                        @NamedParam(value = "restartOn", type = Object.class)
                    })
                    Map<String, Object> attributes,
            String name) {
        AttributeValues values = values(attributes);
        if (values.given("enabled", "running", "restartOn") == 0) {
            values.refuse(
                    values.use().ofName(),
                    "nothing is said of service '" + MessageText.shown(name) + "'",
                    "one or more of enabled:, running: and restartOn:",
                    null);
        }
        declarations()
                .add(new HostService(
                        name(),
                        name,
                        values.flagIfGiven("enabled").orElse(null),
                        values.flagIfGiven("running").orElse(null),
                        values.someTexts("restartOn"),
                        values.at()));
    }

    /** Who may log in by SSH, and how. */
    public void sshd(
            @NamedParams({
                        @NamedParam(value = "passwordLogin", type = Boolean.class),
                        @NamedParam(value = "rootLogin", type = HostSshd.RootLogin.class),
                        @NamedParam(value = "allowUsers", type = Object.class),
                        @NamedParam(value = "allowGroups", type = Object.class),
                        @NamedParam(value = "maxAuthTries", type = Integer.class)
                    })
                    Map<String, Object> attributes) {
        AttributeValues values = values(attributes);
        if (values.given("passwordLogin", "rootLogin", "allowUsers", "allowGroups", "maxAuthTries") == 0)
            values.refuse(
                    values.at(), "sshd: nothing is said of it", "name what shall be so, or leave the word out", null);
        for (String list : List.of("allowUsers", "allowGroups")) {
            if (values.holdsAll(list) && attributes.get(list) instanceof List<?> names && names.isEmpty())
                values.refuse(values.use().of(list), list + ": is empty: nobody could log in", "leave it out", null);
        }
        declarations()
                .add(new HostSshd(
                        name(),
                        values.flagIfGiven("passwordLogin").orElse(null),
                        values.constant("rootLogin", HostSshd.RootLogin.class).orElse(null),
                        values.texts("allowUsers"),
                        values.texts("allowGroups"),
                        values.number("maxAuthTries").orElse(null),
                        values.at()));
    }

    /** A command that the host runs at certain times. */
    public void timer(
            @NamedParams({
                        @NamedParam(value = "every", type = String.class),
                        @NamedParam(value = "at", type = Object.class),
                        @NamedParam(value = "days", type = Object.class),
                        @NamedParam(value = "run", type = Object.class, required = true),
                        @NamedParam(value = "user", type = String.class)
                    })
                    Map<String, Object> attributes,
            String name) {
        AttributeValues values = values(attributes);
        List<String> times = values.texts("at");
        List<String> command = values.texts("run");
        long said = values.given("every", "at");
        boolean none = values.given("at") == 1 && times.isEmpty();
        if (said != 1 || none) {
            values.refuse(
                    values.use().ofName(),
                    "timer '" + MessageText.shown(name) + "' "
                            + (said > 1 ? "has every: and at:" : "does not say when it runs"),
                    "one of every: '15m' and at: '03:10'",
                    null);
        }
        if (command.isEmpty() && values.holdsAll("run")) {
            values.refuse(
                    values.use().of("run"),
                    "timer '" + MessageText.shown(name) + "' runs nothing",
                    "run: ['/usr/local/bin/probe', '-a']",
                    null);
        }
        declarations()
                .add(new HostTimer(
                        name(),
                        name,
                        values.text("every").orElse(null),
                        times,
                        values.someTexts("days"),
                        command,
                        values.text("user").orElse(HostTimer.USER),
                        values.at()));
    }

    /** A user, who logs in by keys. */
    public void user(
            @NamedParams({
                        @NamedParam(value = "keys", type = Object.class),
                        @NamedParam(value = "groups", type = Object.class),
                        @NamedParam(value = "sudo", type = Boolean.class)
                    })
                    Map<String, Object> attributes,
            String name) {
        AttributeValues values = values(attributes);
        List<String> groups = values.texts("groups");
        declarations().add(new HostUser(name(), name, values.texts("keys"), groups, values.flag("sudo"), values.at()));
    }

    /** Its part in BGP (RFC 4271), for routes with {@code protocol: BGP} over its tunnels. */
    public void bgp(
            @NamedParams({
                        @NamedParam(value = "as", type = Number.class, required = true),
                        @NamedParam(value = "announce", type = Object.class, required = true)
                    })
                    Map<String, Object> attributes) {
        AttributeValues values = values(attributes);
        List<Cidr> announce = values.net().prefixes("announce");
        values.wholeNumber("as")
                .ifPresent(number -> declarations().add(new Bgp(name(), number, announce, values.at())));
    }

    /** A kernel parameter (sysctl(8)), set now and after each boot. */
    public void sysctl(String key, String value) {
        declarations().add(new Sysctl(name(), key, value, values().at()));
    }

    /** A kernel parameter whose value is a whole number. */
    public void sysctl(String key, int value) {
        declarations().add(new Sysctl(name(), key, Integer.toString(value), values().at()));
    }
}

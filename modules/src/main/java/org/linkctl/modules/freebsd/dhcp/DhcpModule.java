package org.linkctl.modules.freebsd.dhcp;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Link;
import org.linkctl.model.Os;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.kernel.DhcpClients;
import org.linkctl.modules.freebsd.kernel.Ifconfig;
import org.linkctl.modules.freebsd.kernel.Netstat;
import org.linkctl.modules.freebsd.rc.RcNames;
import org.linkctl.modules.freebsd.routes.RoutesAgain;
import org.linkctl.modules.routes.DependentRoutes;
import org.linkctl.modules.routes.ManagementSession;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Module;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;
import org.linkctl.spi.Warns;

/**
 * A DHCP client for an interface (dhclient(8)): live, and in files of ours that rc.d/netif and rc.d/dhclient read after
 * rc.conf(5). What the server gives is the client's.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class DhcpModule
        implements Remembered<DhcpModule.Want, DhcpModule.Facts>,
                Examined<DhcpModule.Want, DhcpModule.Facts>,
                Warns<DhcpModule.Want, DhcpModule.Facts>,
                Rendered<DhcpModule.Want, DhcpModule.Facts> {
    private static final String NAME = "freebsd.dhcp";
    private static final String FOUND = "found";

    /**
     * A client.
     *
     * @param on false: there shall be none any more
     * @param made linkctl makes the interface, so that it may not be there yet
     * @param found a client was there before linkctl had anything to do with it, and stays
     * @param kept addresses that the interface shall have whatever becomes of the client
     */
    public record Want(String name, boolean on, boolean made, boolean found, List<Cidr> kept) implements Resource {
        public Want {
            kept = List.copyOf(kept);
        }

        @Override
        public String id() {
            return NAME + "[" + name + "]";
        }

        @Override
        public Set<String> needs() {
            return on ? Set.of("address:" + name) : Set.of();
        }

        /** Of a bond rc.d/netif reads its own file before: names go by the alphabet. */
        List<String> paths() {
            return List.of("/etc/rc.conf.d/netif/linkctl-dhcp-" + name, "/etc/rc.conf.d/dhclient/linkctl-" + name);
        }

        /** Behind what rc.conf says of the interface, or what it says of all (rc.conf(5), ifconfig_DEFAULT). */
        String text() {
            String variable = "ifconfig_" + RcNames.of(name);
            return OurFiles.MARK + "\n" + variable + "=\"${" + variable + "-${ifconfig_DEFAULT}} SYNCDHCP\"\n";
        }

        String subject() {
            return name + " dhcp";
        }
    }

    /**
     * What was found.
     *
     * @param client one runs for the interface
     * @param leased the address that was given last; null: none
     * @param files of ours, by path
     */
    public record Facts(
            Ifconfig links,
            DependentRoutes going,
            boolean client,
            @Nullable String leased,
            Map<String, String> files) {
        public Facts {
            files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
        }

        private boolean ours() {
            return files.values().stream().anyMatch(OurFiles::isOurs);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Os system() {
        return Os.FREEBSD;
    }

    @Override
    public List<Want> want(Scope scope) {
        return scope.fabric().links(scope.host()).stream()
                .filter(link -> link.dhcp() != null)
                .map(link -> new Want(link.name(), true, link.made(), false, link.addresses()))
                .toList();
    }

    @Override
    public List<Question<?>> probe(Want want) {
        List<Question<?>> out = new ArrayList<>(List.of(
                Ifconfig.question(),
                Netstat.question(),
                ManagementSession.question(),
                DhcpClients.question(),
                DhcpClients.leases(want.name())));
        for (String path : want.paths()) out.add(Question.file(path));
        return out;
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        Map<String, String> files = new TreeMap<>();
        for (String path : want.paths()) {
            answers.to(Question.file(path)).ifPresent(text -> files.put(path, text));
        }
        return new Facts(
                Ifconfig.read(answers),
                Netstat.going(answers),
                DhcpClients.read(answers).contains(want.name()),
                DhcpClients.leased(want.name(), answers),
                files);
    }

    @Override
    public Facts bare(Want want) {
        Map<String, Ifconfig.Device> links = Map.of(want.name(), Ifconfig.Device.plain(want.name()));
        return new Facts(new Ifconfig(links), DependentRoutes.NONE, false, null, Map.of());
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        if (!want.on()) return gone(want, have);
        if (have.links().device(want.name()).isEmpty() && !want.made()) {
            throw new Refused("there is no interface '" + want.name() + "'; there are "
                    + String.join(", ", new TreeSet<>(have.links().byName().keySet())));
        }
        have.files().forEach((path, text) -> {
            if (!OurFiles.isOurs(text))
                throw new Refused(path + " is somebody else's; move it away if linkctl shall write it");
        });
        List<Change> out = new ArrayList<>();
        for (String path : want.paths()) OurFiles.diff(out, path, have.files().get(path), want.text());
        if (have.client()) return out;
        out.add(Change.state(want.subject(), null, "V4"));
        for (Cidr address : losing(want, have)) {
            out.add(Change.state(want.name() + " " + address, "present", null).cuts());
        }
        out.addAll(routes(want, have));
        return out;
    }

    private static List<Change> gone(Want want, Facts have) {
        if (!have.ours()) return List.of();
        List<Change> out = new ArrayList<>();
        if (have.client() && !want.found()) {
            out.add(Change.state(want.subject(), "V4", null));
            for (Cidr address : losing(want, have)) {
                out.add(Change.state(want.name() + " " + address, "present", null)
                        .cuts());
            }
            out.addAll(routes(want, have));
        }
        have.files().forEach((path, text) -> {
            if (OurFiles.isOurs(text)) out.add(Change.file(path, text, null));
        });
        return out;
    }

    /**
     * What goes: as a client begins, all IPv4 addresses, since dhclient-script(8) sets its own in the place of one that is
     * there; as it ends, the one that it got.
     */
    private static List<Cidr> losing(Want want, Facts have) {
        return have.links().device(want.name()).map(Ifconfig.Device::own).orElse(List.of()).stream()
                .filter(address -> !address.isV6() && !want.kept().contains(address))
                .filter(address -> want.on() || address.address().text().equals(have.leased()))
                .toList();
    }

    private static List<Cidr> staying(Want want, Facts have) {
        List<Cidr> out = new ArrayList<>(
                have.links().device(want.name()).map(Ifconfig.Device::own).orElse(List.of()));
        out.removeAll(losing(want, have));
        out.addAll(want.kept());
        return out;
    }

    private static List<Change> routes(Want want, Facts have) {
        return have.going().withAddresses(want.name(), losing(want, have), staying(want, have));
    }

    @Override
    public List<String> warnings(Want want, Facts have) {
        boolean begins = want.on() && !have.client();
        boolean ends = !want.on() && have.client() && !want.found() && have.ours();
        if (!begins && !ends) return List.of();
        return have.going().warnings(routes(want, have), losing(want, have), want.name(), staying(want, have));
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        boolean ends = false;
        for (Change change : changes) {
            String after = change.after();
            if (change.kind() == Change.Kind.FILE) {
                out.add(
                        after == null
                                ? new Step.RemoveFile(change.subject())
                                : Step.put(change.subject(), "0644", after));
            } else if (change.is(Change.Kind.STATE, want.subject())) {
                ends = after == null;
                if (ends) out.add(Step.run(stop(want), start(want)));
            } else if (!change.subject().startsWith("route ")) out.add(without(want, change));
        }
        if (ends) out.addAll(RoutesAgain.after(want.name(), losing(want, have), staying(want, have), have.going()));
        if (changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, want.subject())) && !ends) {
            // rc.d/dhclient has it made, too: it is none of the base system's folders that a boot empties.
            out.add(Step.run("mkdir", "-p", "/var/run/dhclient"));
            out.add(Step.run(start(want), stop(want)));
        }
        return out;
    }

    /** Not to wait for a server: a host without one has its other addresses all the same. */
    private static Argv start(Want want) {
        return Argv.of("dhclient", "-b", want.name());
    }

    /** Whatever rc.conf says by then (rc.d/dhclient, dhclient_pre_check). */
    private static Argv stop(Want want) {
        return Argv.of("service", "dhclient", "forcestop", want.name());
    }

    private static Step without(Want want, Change change) {
        Cidr address = Cidr.of(change.subject().substring(want.name().length() + 1));
        return Step.run(
                Argv.of("ifconfig", want.name(), "inet", address.toString(), "-alias"),
                Argv.of("ifconfig", want.name(), "inet", address.toString(), "alias"));
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        if (!want.on()) return Optional.empty();
        boolean found =
                before.map(memory -> memory.value(FOUND).isPresent()).orElseGet(() -> have.client() && !have.ours());
        return Optional.of(Memory.OWNED.with(FOUND, found ? "yes" : null));
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        List<Cidr> kept = scope.fabric()
                .link(scope.host(), owned.name())
                .map(Link::addresses)
                .orElse(List.of());
        boolean found = owned.memory().value(FOUND).isPresent();
        return Optional.of(new Want(owned.name(), false, true, found, kept));
    }

    /** A client that no file of linkctl's asks for. */
    @Override
    public List<String> adopts(Want want, Facts have) {
        return have.client() && !have.ours() ? List.of(want.subject()) : List.of();
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        if (!want.on()) return List.of();
        if (!have.client()) return List.of(Finding.bad(want.subject(), "no client runs"));
        boolean given = have.links().device(want.name()).map(Ifconfig.Device::own).orElse(List.of()).stream()
                .anyMatch(address -> address.address().text().equals(have.leased()));
        return List.of(
                given
                        ? Finding.good(want.subject(), "has " + have.leased())
                        : Finding.bad(want.subject(), "no server has given an address"));
    }
}

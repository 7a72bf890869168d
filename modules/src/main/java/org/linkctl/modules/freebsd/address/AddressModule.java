package org.linkctl.modules.freebsd.address;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Bridge;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Nic;
import org.linkctl.model.Os;
import org.linkctl.modules.files.OurFiles;
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
import org.linkctl.spi.Found;
import org.linkctl.spi.Imported;
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
 * The addresses and the MTU of interfaces: live, and in a file of ours that rc.d/netif reads after rc.conf(5). What
 * rc.conf itself says of an interface stays. An address that our file declares and the inventory no longer does goes.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class AddressModule
        implements Remembered<AddressModule.Want, AddressModule.Facts>,
                Warns<AddressModule.Want, AddressModule.Facts>,
                Rendered<AddressModule.Want, AddressModule.Facts>,
                Imported {
    private static final String FOLDER = "/etc/rc.conf.d/netif/";

    /** Far above those that people give by hand. rc.conf(5): gaps are no harm; numbers only have to be different. */
    private static final int FIRST_ALIAS = 1000;

    private static final Pattern DECLARED = Pattern.compile(
            "ifconfig_\\w+_alias[0-9]+=\"inet6? (?<address>\\S+?)(?: prefixlen (?<length>[0-9]{1,3}))?(?: mtu [0-9]+)?\"");

    /**
     * What an interface shall have.
     *
     * @param kind the word that declares it: one that is no nic is made by another module, and may not be there yet, or no
     *     more
     * @param mtu bytes; null: as it is
     * @param port it is a member of a bridge, whose file keeps its MTU over a boot
     */
    public record Want(
            String name,
            String kind,
            List<Cidr> addresses,
            @Nullable Integer mtu,
            boolean port) implements Resource {
        public Want {
            addresses = List.copyOf(addresses);
        }

        @Override
        public String id() {
            return "freebsd.address[" + name + "]";
        }

        @Override
        public Set<String> provides() {
            return Set.of("address:" + name, "interface:" + name);
        }

        @Override
        public Set<String> needs() {
            return made() ? Set.of(kind + ":" + name) : Set.of();
        }

        boolean made() {
            return !kind.equals("nic");
        }

        String path() {
            return FOLDER + "linkctl-" + name;
        }

        Question.ReadFile written() {
            return Question.file(path());
        }

        /** Null where there is nothing to say. */
        @Nullable
        String text() {
            if (addresses.isEmpty()) return mtu == null || port ? null : mtuAlone(mtu);
            StringBuilder out = new StringBuilder(OurFiles.MARK).append('\n');
            String variable = "ifconfig_" + RcNames.of(name) + "_alias";
            if (addresses.stream().anyMatch(Cidr::isV6)) out.append(RcNames.ipv6(name));
            int number = FIRST_ALIAS;
            for (Cidr address : addresses) {
                out.append(variable).append(number).append("=\"").append(String.join(" ", Ifconfig.words(address)));
                // Once is enough: it is the interface's.
                if (mtu != null && number == FIRST_ALIAS) out.append(" mtu ").append(mtu);
                out.append("\"\n");
                number++;
            }
            return out.toString();
        }

        /** Behind what rc.conf says of the interface, or what it says of all (rc.conf(5), ifconfig_DEFAULT). */
        private String mtuAlone(int bytes) {
            String variable = "ifconfig_" + RcNames.of(name);
            return OurFiles.MARK + "\n" + variable + "=\"${" + variable + "-${ifconfig_DEFAULT}} mtu " + bytes + "\"\n";
        }
    }

    /** The kernel's interfaces, the routes that may go with an address, and our file. */
    public record Facts(
            Ifconfig links, DependentRoutes going, @Nullable String file) {}

    @Override
    public String name() {
        return "freebsd.address";
    }

    @Override
    public Os system() {
        return Os.FREEBSD;
    }

    @Override
    public List<Want> want(Scope scope) {
        Host host = scope.host();
        Fabric fabric = scope.fabric();
        Set<String> ports = fabric.of(Bridge.class, host).stream()
                .flatMap(bridge -> bridge.members().stream())
                .collect(Collectors.toSet());
        return fabric.links(host).stream()
                .map(link -> {
                    boolean port = link instanceof Nic && ports.contains(link.name());
                    return new Want(link.name(), link.kind(), link.addresses(), link.mtu(), port);
                })
                .toList();
    }

    @Override
    public List<Question<?>> probe(Want want) {
        return List.of(Ifconfig.question(), want.written(), Netstat.question(), ManagementSession.question());
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        return new Facts(
                Ifconfig.read(answers),
                Netstat.going(answers),
                answers.to(want.written()).orElse(null));
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(
                new Ifconfig(Map.of(want.name(), Ifconfig.Device.plain(want.name()))), DependentRoutes.NONE, null);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        Ifconfig.Device device = have.links()
                .device(want.name())
                .or(() -> want.made() ? Optional.of(Ifconfig.Device.plain(want.name())) : Optional.empty())
                .orElseThrow(() -> new Refused("there is no interface '" + want.name() + "'; there are "
                        + String.join(", ", new TreeSet<>(have.links().byName().keySet()))));
        if (have.file() != null && !OurFiles.isOurs(have.file())) {
            throw new Refused(want.path() + " is somebody else's; move it away if linkctl shall write it");
        }
        List<Change> out = new ArrayList<>();
        for (Cidr address : want.addresses()) {
            if (!device.own().contains(address)) out.add(Change.state(want.name() + " " + address, null, "present"));
        }
        for (Cidr address : leaving(want, have)) {
            out.add(Change.state(want.name() + " " + address, "present", null).cuts());
        }
        out.addAll(routes(want, have));
        Integer mtu = want.mtu();
        boolean there = have.links().device(want.name()).isPresent();
        if (mtu != null && (!there || device.mtu() != mtu)) {
            // What is made gets that of what it is made of.
            out.add(Change.state(want.name() + " mtu", there ? Integer.toString(device.mtu()) : null, mtu.toString()));
        }
        if (!device.up() && !want.addresses().isEmpty()) out.add(Change.state(want.name() + " link", "down", "up"));
        String text = want.text();
        String file = have.file();
        if (text == null ? file != null : !text.equals(file)) out.add(Change.file(want.path(), file, text));
        return out;
    }

    private static List<Cidr> leaving(Want want, Facts have) {
        List<Cidr> ours = declared(have.file());
        List<Cidr> out = new ArrayList<>();
        for (Cidr address : own(want, have)) {
            boolean otherLength = want.addresses().stream()
                    .anyMatch(one -> one.address().equals(address.address()) && !one.equals(address));
            if ((ours.contains(address) || otherLength) && !want.addresses().contains(address)) out.add(address);
        }
        return out;
    }

    private static List<Cidr> own(Want want, Facts have) {
        return have.links().device(want.name()).map(Ifconfig.Device::own).orElse(List.of());
    }

    /** What goes with the addresses that go, and that no other address keeps. */
    private static List<Change> routes(Want want, Facts have) {
        return have.going().withAddresses(want.name(), leaving(want, have), staying(want, have));
    }

    private static List<Cidr> staying(Want want, Facts have) {
        List<Cidr> out = new ArrayList<>(own(want, have));
        out.removeAll(leaving(want, have));
        out.addAll(want.addresses());
        return out;
    }

    @Override
    public List<String> warnings(Want want, Facts have) {
        return have.going().warnings(routes(want, have), leaving(want, have), want.name(), want.addresses());
    }

    /** The addresses that a file of ours declares. */
    private static List<Cidr> declared(@Nullable String file) {
        if (file == null) return List.of();
        Matcher match = DECLARED.matcher(file);
        List<Cidr> out = new ArrayList<>();
        while (match.find()) {
            String length = match.group("length");
            String text = match.group("address") + (length == null ? "" : "/" + length);
            Cidr.parse(text).ifPresent(out::add);
        }
        return out;
    }

    /** What goes comes before what is put: one address cannot be there with two lengths. */
    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        List<Change> gone = changes.stream()
                .filter(change -> change.kind() == Change.Kind.STATE && change.after() == null)
                .filter(change -> change.subject().startsWith(want.name() + " "))
                .toList();
        for (Change change : gone) out.add(live(want, have, change));
        for (Change change : changes) {
            boolean byItself = change.subject().startsWith("route ");
            if (!gone.contains(change) && !byItself) out.add(step(want, have, change));
        }
        List<Cidr> leaving = leaving(want, have);
        if (!gone.isEmpty()) out.addAll(RoutesAgain.after(want.name(), leaving, staying(want, have), have.going()));
        return out;
    }

    private static Step step(Want want, Facts have, Change change) {
        String after = change.after();
        if (change.kind() == Change.Kind.STATE) return live(want, have, change);
        return after == null ? new Step.RemoveFile(change.subject()) : Step.put(change.subject(), "0644", after);
    }

    private static Step live(Want want, Facts have, Change change) {
        String what = change.subject().substring(want.name().length() + 1);
        if (what.equals("link")) return Step.run(ifconfig(want, "up"), ifconfig(want, "down"));
        if (what.equals("mtu")) {
            Argv set = ifconfig(want, "mtu", String.valueOf(change.after()));
            String before = change.before();
            return before == null ? Step.run(set) : Step.run(set, ifconfig(want, "mtu", before));
        }
        Cidr address = Cidr.of(what);
        Argv add = address(want, address, "alias");
        Argv delete = address(want, address, "-alias");
        if (change.after() != null) return Step.run(add, delete);
        List<Argv> back = new ArrayList<>(List.of(add));
        back.addAll(RoutesAgain.back(want.name(), address, have.going()));
        return new Step.Run(delete, back);
    }

    private static Argv address(Want want, Cidr address, String verb) {
        List<String> words = new ArrayList<>(List.of("ifconfig", want.name()));
        words.addAll(Ifconfig.words(address));
        words.add(verb);
        return new Argv(words);
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        return want.text() == null ? Optional.empty() : Optional.of(Memory.OWNED);
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(owned.name(), "bond", List.of(), null, false));
    }

    private static Argv ifconfig(Want want, String... words) {
        List<String> all = new ArrayList<>(List.of("ifconfig", want.name()));
        all.addAll(List.of(words));
        return new Argv(all);
    }

    @Override
    public List<Question<?>> importing() {
        return AddressFound.questions();
    }

    @Override
    public List<Question<?>> importing(Answers first) {
        return AddressFound.questions(first);
    }

    @Override
    public List<Found> found(Answers answers) {
        return AddressFound.read(answers);
    }
}

package org.linkctl.modules.freebsd.vlan;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Link;
import org.linkctl.model.Os;
import org.linkctl.model.Vlan;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.kernel.Ifconfig;
import org.linkctl.modules.freebsd.kernel.InterfaceText;
import org.linkctl.modules.freebsd.kernel.Netstat;
import org.linkctl.modules.routes.DependentRoutes;
import org.linkctl.modules.routes.ManagementSession;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Finding;
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

/** VLANs (vlan(4)): live, and in a file of ours that rc.d/netif reads. Their addresses and MTU are another module's. */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class VlanModule
        implements Remembered<VlanModule.Want, VlanModule.Facts>,
                Examined<VlanModule.Want, VlanModule.Facts>,
                Warns<VlanModule.Want, VlanModule.Facts>,
                Rendered<VlanModule.Want, VlanModule.Facts>,
                Imported {
    private static final String NAME = "freebsd.vlan";
    private static final String FOUND = "found";

    /** Seconds without a VLAN that gets another number or another carrier, about. */
    private static final int ANEW = 2;

    /**
     * A VLAN.
     *
     * @param setup null: it shall be gone
     * @param made linkctl makes what carries it, so that it may not be there yet
     * @param up what carries it has no address that brings it up
     * @param found it was there before linkctl had anything to do with it, and stays
     */
    public record Want(String name, @Nullable VlanSetup setup, boolean made, boolean up, boolean found)
            implements Resource {
        @Override
        public String id() {
            return NAME + "[" + name + "]";
        }

        @Override
        public Set<String> provides() {
            return setup == null ? Set.of() : Set.of("vlan:" + name);
        }

        /** Its carrier's MTU is its own when it is made. */
        @Override
        public Set<String> needs() {
            return setup == null ? Set.of() : Set.of("address:" + setup.on());
        }

        String path() {
            return "/etc/rc.conf.d/netif/linkctl-vlan-" + name;
        }

        Question.ReadFile written() {
            return Question.file(path());
        }
    }

    /**
     * What was found.
     *
     * @param going the routes that may go with it
     * @param setup null: there is no such VLAN
     */
    public record Facts(
            Ifconfig links,
            DependentRoutes going,
            @Nullable VlanSetup setup,
            @Nullable String file) {
        private boolean ours() {
            return file != null && OurFiles.isOurs(file);
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
        return scope.fabric().of(Vlan.class, scope.host()).stream()
                .map(vlan -> {
                    Link on = scope.fabric().link(scope.host(), vlan.on()).orElseThrow();
                    boolean up = !on.made() && on.addresses().isEmpty();
                    return new Want(vlan.name(), VlanSetup.of(vlan.on(), vlan.id()), on.made(), up, false);
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
                VlanSetup.read(InterfaceText.of(want.name(), answers)).orElse(null),
                answers.to(want.written()).orElse(null));
    }

    @Override
    public Facts bare(Want want) {
        VlanSetup setup = want.setup();
        Map<String, Ifconfig.Device> links =
                setup == null ? Map.of() : Map.of(setup.on(), Ifconfig.Device.plain(setup.on()));
        return new Facts(new Ifconfig(links), DependentRoutes.NONE, null, null);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        VlanSetup wanted = want.setup();
        if (wanted == null) return gone(want, have);
        if (have.file() != null && !have.ours()) {
            throw new Refused(want.path() + " is somebody else's; move it away if linkctl shall write it");
        }
        Ifconfig.Device carrier = have.links().device(wanted.on()).orElse(null);
        if (carrier == null && !want.made()) {
            throw new Refused("there is no interface '" + wanted.on() + "' for " + want.name() + "; there are "
                    + String.join(", ", new TreeSet<>(have.links().byName().keySet())));
        }
        List<Change> out = new ArrayList<>();
        if (want.up() && carrier != null && !carrier.up()) out.add(Change.state(wanted.on() + " link", "down", "up"));
        Ifconfig.Device device = have.links().device(want.name()).orElse(null);
        VlanSetup now = have.setup();
        if (device == null) out.add(Change.state(want.name(), null, wanted.shown()));
        else if (now == null) {
            throw new Refused(want.name() + " is there and is no VLAN; give the VLAN another name, or remove it");
        } else {
            if (!now.equals(wanted))
                out.add(Change.state(want.name(), now.shown(), wanted.shown()).cuts(ANEW));
            if (!device.up()) out.add(Change.state(want.name() + " link", "down", "up"));
        }
        OurFiles.diff(out, want.path(), have.file(), wanted.file(want.name(), want.up()));
        return out;
    }

    /** Where no file of ours makes it any more, it is somebody else's. */
    private static List<Change> gone(Want want, Facts have) {
        if (!have.ours()) return List.of();
        List<Change> out = new ArrayList<>();
        VlanSetup now = have.setup();
        if (now != null && !want.found()) {
            out.add(Change.state(want.name(), now.shown(), null).cuts());
            out.addAll(routes(want, have));
        }
        out.add(Change.file(want.path(), have.file(), null));
        return out;
    }

    private static List<Change> routes(Want want, Facts have) {
        return have.going().withDevices(List.of(want.name()), null, List.of());
    }

    private static List<Cidr> addresses(Want want, Facts have) {
        return have.links().device(want.name()).map(Ifconfig.Device::own).orElse(List.of());
    }

    @Override
    public List<String> warnings(Want want, Facts have) {
        if (want.setup() != null || want.found() || have.setup() == null || !have.ours()) return List.of();
        return have.going().warnings(routes(want, have), addresses(want, have), null, List.of());
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        for (Change change : changes) {
            String after = change.after();
            if (change.subject().startsWith("route ")) continue; // it goes by itself
            if (change.kind() == Change.Kind.FILE) {
                out.add(
                        after == null
                                ? new Step.RemoveFile(change.subject())
                                : Step.put(change.subject(), "0644", after));
            } else if (change.subject().endsWith(" link")) {
                out.add(link(change.subject().replaceFirst(" link$", "")));
            } else if (after == null) out.add(destroy(want, have));
            else if (have.setup() == null) make(want, out);
            else move(want, have, have.setup(), out);
        }
        return out;
    }

    private static Step link(String name) {
        return Step.run(Argv.of("ifconfig", name, "up"), Argv.of("ifconfig", name, "down"));
    }

    private static void make(Want want, List<Step> out) {
        VlanSetup wanted = want.setup();
        if (wanted == null) return;
        out.add(Step.run(wanted.make(want.name()), Argv.of("ifconfig", want.name(), "destroy")));
        out.add(Step.run("ifconfig", want.name(), "up"));
    }

    /**
     * Another number or carrier is given to one that nothing carries (sys/net/if_vlan.c, vlan_config); its addresses, its
     * routes and its bridge stay. Its MTU is its new carrier's then.
     */
    private static void move(Want want, Facts have, VlanSetup now, List<Step> out) {
        VlanSetup wanted = want.setup();
        if (wanted == null) return;
        String name = want.name();
        if (now.carried()) out.add(Step.run(VlanSetup.detach(name), now.attach(name)));
        out.add(Step.run(wanted.attach(name), VlanSetup.detach(name)));
        int mtu = have.links().device(name).map(Ifconfig.Device::mtu).orElse(0);
        have.links()
                .device(wanted.on())
                .filter(carrier -> mtu < carrier.mtu())
                .ifPresent(carrier -> out.add(Step.run("ifconfig", name, "mtu", Integer.toString(mtu))));
    }

    private static Step destroy(Want want, Facts have) {
        List<Argv> back = new ArrayList<>();
        VlanSetup now = have.setup();
        if (now != null && now.carried()) {
            back.add(now.make(want.name()));
            for (Cidr address : addresses(want, have)) {
                List<String> words = new ArrayList<>(List.of("ifconfig", want.name()));
                words.addAll(Ifconfig.words(address));
                words.add("alias");
                back.add(new Argv(words));
            }
            back.add(Argv.of("ifconfig", want.name(), "up"));
        }
        return new Step.Run(Argv.of("ifconfig", want.name(), "destroy"), back);
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        if (want.setup() == null) return Optional.empty();
        boolean found = before.map(memory -> memory.value(FOUND).isPresent())
                .orElseGet(() -> have.setup() != null && !have.ours());
        return Optional.of(Memory.OWNED.with(FOUND, found ? "yes" : null));
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        boolean found = owned.memory().value(FOUND).isPresent();
        return Optional.of(new Want(owned.name(), null, false, false, found));
    }

    /** A VLAN that no file of linkctl's makes. */
    @Override
    public List<String> adopts(Want want, Facts have) {
        return have.setup() != null && !have.ours() ? List.of("vlan " + want.name()) : List.of();
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        VlanSetup wanted = want.setup();
        if (wanted == null) return List.of();
        Ifconfig.Device device = have.links().device(want.name()).orElse(null);
        VlanSetup now = have.setup();
        if (device == null) return List.of(Finding.bad(want.name(), "is not there"));
        if (now == null) return List.of(Finding.bad(want.name(), "no VLAN"));
        if (!now.equals(wanted)) return List.of(Finding.bad(want.name(), now.shown()));
        return List.of(
                device.up()
                        ? Finding.good(want.name(), now.shown())
                        : Finding.bad(want.name(), now.shown() + ", and is down"));
    }

    @Override
    public List<Question<?>> importing() {
        return VlanFound.questions();
    }

    @Override
    public List<Found> found(Answers answers) {
        return VlanFound.read(answers);
    }
}

package org.linkctl.modules.freebsd.bond;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Bond;
import org.linkctl.model.Os;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.kernel.Ifconfig;
import org.linkctl.modules.freebsd.kernel.Netstat;
import org.linkctl.modules.routes.DependentRoutes;
import org.linkctl.modules.routes.ManagementSession;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Diagnosed;
import org.linkctl.spi.Diagnosis;
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

/**
 * Several links used as one (lagg(4)): live, and in a file of ours that rc.d/netif reads. Its addresses are another
 * module's.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class BondModule
        implements Remembered<BondModule.Want, BondModule.Facts>,
                Examined<BondModule.Want, BondModule.Facts>,
                Diagnosed<BondModule.Want, BondModule.Facts>,
                Warns<BondModule.Want, BondModule.Facts>,
                Rendered<BondModule.Want, BondModule.Facts>,
                Imported {
    /**
     * @param setup null: it shall be gone
     * @param addresses that it shall have; another module gives it those
     */
    public record Want(String name, @Nullable LaggSetup setup, List<Cidr> addresses) implements Resource {
        public Want {
            addresses = List.copyOf(addresses);
        }

        @Override
        public String id() {
            return "freebsd.bond[" + name + "]";
        }

        @Override
        public Set<String> provides() {
            return setup == null ? Set.of() : Set.of("bond:" + name);
        }

        String path() {
            return "/etc/rc.conf.d/netif/linkctl-bond-" + name;
        }

        Question.ReadFile written() {
            return Question.file(path());
        }

        Question.Command show() {
            return Question.command("ifconfig", "-v", name);
        }
    }

    /**
     * What was found.
     *
     * @param going the routes that may go with what becomes a member
     * @param setup null: there is no such interface
     */
    public record Facts(
            Ifconfig links,
            DependentRoutes going,
            @Nullable LaggSetup setup,
            @Nullable String file) {}

    @Override
    public String name() {
        return "freebsd.bond";
    }

    @Override
    public Os system() {
        return Os.FREEBSD;
    }

    @Override
    public List<Want> want(Scope scope) {
        return scope.fabric().of(Bond.class, scope.host()).stream()
                .map(bond -> new Want(bond.name(), LaggSetup.of(bond), bond.addresses()))
                .toList();
    }

    @Override
    public List<Question<?>> probe(Want want) {
        return List.of(
                Ifconfig.question(), want.show(), want.written(), Netstat.question(), ManagementSession.question());
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        return new Facts(
                Ifconfig.read(answers),
                Netstat.going(answers),
                LaggSetup.read(want.name(), answers.to(want.show())),
                answers.to(want.written()).orElse(null));
    }

    @Override
    public Facts bare(Want want) {
        Map<String, Ifconfig.Device> links = new LinkedHashMap<>();
        LaggSetup setup = want.setup();
        if (setup != null) setup.members().forEach(member -> links.put(member, Ifconfig.Device.plain(member)));
        return new Facts(new Ifconfig(links), DependentRoutes.NONE, null, null);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        List<Change> out = new ArrayList<>();
        LaggSetup wanted = want.setup();
        LaggSetup now = have.setup();
        if (wanted == null) {
            if (have.file() != null && OurFiles.isOurs(have.file())) {
                out.add(Change.file(want.path(), have.file(), null));
                if (now != null) {
                    out.add(Change.state(want.name(), now.shown(), null).cuts());
                    out.addAll(routes(want, have));
                }
            }
            return out;
        }
        if (have.file() != null && !OurFiles.isOurs(have.file())) {
            throw new Refused(want.path() + " is somebody else's; move it away if linkctl shall write it");
        }
        for (String member : wanted.members()) {
            Ifconfig.Device device = have.links()
                    .device(member)
                    .orElseThrow(() -> new Refused("there is no interface '" + member + "'; there are "
                            + String.join(
                                    ", ", new TreeSet<>(have.links().byName().keySet()))));
            if (!device.up()) out.add(Change.state(member + " link", "down", "up"));
        }
        if (now == null) out.add(made(want, wanted, have));
        else out.addAll(LaggDiff.changes(want.name(), wanted, now));
        out.addAll(routes(want, have));
        OurFiles.diff(
                out,
                want.path(),
                have.file(),
                wanted.in(order(want, wanted, have)).file(want.name()));
        return out;
    }

    /**
     * The members as a boot has to take them: the first one gives the lagg its address, and of a failover it is the master
     * (sys/net/if_lagg.c, sc_primary). A lagg that is there has one already; where that one leaves, the kernel takes the
     * first by its own order, which is that of the interfaces.
     */
    private static List<String> order(Want want, LaggSetup wanted, Facts have) {
        Ifconfig.Device lagg = have.links().device(want.name()).orElse(null);
        LaggSetup now = have.setup();
        if (now == null || lagg == null || now.members().isEmpty()) return wanted.members();
        String primary = now.members().stream()
                .filter(member -> have.links()
                        .device(member)
                        .filter(device -> device.permanent().equals(lagg.mac()))
                        .isPresent())
                .filter(wanted.members()::contains)
                .findFirst()
                .or(() -> have.links().byName().keySet().stream()
                        .filter(wanted.members()::contains)
                        .findFirst())
                .orElseThrow();
        List<String> out = new ArrayList<>(List.of(primary));
        for (String member : wanted.members()) if (!member.equals(primary)) out.add(member);
        return out;
    }

    /** What leads by an interface that becomes a member, or by a bond that goes. */
    private static List<Change> routes(Want want, Facts have) {
        LaggSetup wanted = want.setup();
        if (wanted == null) return have.going().withDevices(List.of(want.name()), null, List.of());
        return have.going().withDevices(joining(wanted, have), want.name(), want.addresses());
    }

    private static List<String> joining(LaggSetup wanted, Facts have) {
        LaggSetup now = have.setup();
        return wanted.members().stream()
                .filter(member -> now == null || !now.members().contains(member))
                .toList();
    }

    @Override
    public List<String> warnings(Want want, Facts have) {
        LaggSetup wanted = want.setup();
        boolean goes = wanted == null && have.setup() != null && have.file() != null && OurFiles.isOurs(have.file());
        if (wanted == null && !goes) return List.of();
        List<String> going = wanted == null ? List.of(want.name()) : joining(wanted, have);
        List<Cidr> gone = going.stream()
                .flatMap(name -> have.links().device(name).stream())
                .flatMap(device -> device.own().stream())
                .toList();
        return have.going().warnings(routes(want, have), gone, wanted == null ? null : want.name(), want.addresses());
    }

    /** Addresses of a member are deaf as soon as it is one. */
    private static Change made(Want want, LaggSetup wanted, Facts have) {
        Change change = Change.state(want.name(), null, wanted.shown());
        boolean used = wanted.members().stream()
                .flatMap(member -> have.links().device(member).stream())
                .anyMatch(device -> !device.addresses().isEmpty());
        return used ? change.cuts() : change;
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        return LaggDiff.steps(want.name(), want.setup(), have.setup(), changes);
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        return want.setup() == null ? Optional.empty() : Optional.of(Memory.OWNED);
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(owned.name(), null, List.of()));
    }

    @Override
    public List<String> adopts(Want want, Facts have) {
        return have.setup() != null && have.file() == null ? List.of(want.name()) : List.of();
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        LaggSetup setup = want.setup();
        if (setup == null) return List.of();
        Answer.Output shown = answers.to(want.show());
        Map<String, Boolean> ports = LaggSetup.ports(shown.stdout());
        List<String> idle = setup.members().stream()
                .filter(member -> !ports.getOrDefault(member, false))
                .toList();
        // Of a failover, one member alone is active.
        if (setup.proto().equals("failover") ? idle.size() < setup.members().size() : idle.isEmpty()) {
            return List.of(Finding.good(want.name(), "carries packets over " + String.join(", ", setup.members())));
        }
        return List.of(Finding.bad(want.name(), "carries none over " + String.join(", ", idle)));
    }

    @Override
    public List<Diagnosis> diagnoses(Want want, Facts have, Answers answers) {
        if (want.setup() == null) return List.of();
        if (have.setup() == null) {
            return List.of(Diagnosis.notAsked(
                    want.name(), "it is not made yet; then it shows which members the switch lets take part"));
        }
        return findings(want, have, answers).stream()
                .map(found -> found.health() == Finding.Health.GOOD
                        ? Diagnosis.fine(found.subject(), found.text())
                        : Diagnosis.inTheWay(
                                found.subject(),
                                found.text(),
                                "look at the cables; with LACP have the switch put those ports into one group with LACP"
                                        + " (IEEE 802.1AX) of its own; without such a switch: mode: ACTIVE_BACKUP"))
                .toList();
    }

    @Override
    public List<Question<?>> importing() {
        return BondFound.questions();
    }

    @Override
    public List<Question<?>> importing(Answers first) {
        return BondFound.questions(first);
    }

    @Override
    public List<Found> found(Answers answers) {
        return BondFound.read(answers);
    }
}

package org.linkctl.modules.freebsd.bridge;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Bridge;
import org.linkctl.model.Os;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.kernel.Ifconfig;
import org.linkctl.modules.freebsd.kernel.InterfaceText;
import org.linkctl.modules.freebsd.kernel.Netstat;
import org.linkctl.modules.routes.DependentRoutes;
import org.linkctl.modules.routes.ManagementSession;
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

/** Bridges (bridge(4)): live, and in a file of ours that rc.d/netif reads. Their addresses and MTU are another module's. */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class BridgeModule
        implements Remembered<BridgeModule.Wanted, BridgeModule.Facts>,
                Examined<BridgeModule.Wanted, BridgeModule.Facts>,
                Warns<BridgeModule.Wanted, BridgeModule.Facts>,
                Rendered<BridgeModule.Wanted, BridgeModule.Facts>,
                Imported {
    private static final String NAME = "freebsd.bridge";

    /** A bridge, or that there is none any more. */
    public sealed interface Wanted extends Resource permits BridgeWant, BridgeGone {
        String name();

        @Override
        default String id() {
            return NAME + "[" + name() + "]";
        }

        default String path() {
            return "/etc/rc.conf.d/netif/linkctl-bridge-" + name();
        }

        private Question.ReadFile written() {
            return Question.file(path());
        }
    }

    /**
     * What was found.
     *
     * @param going the routes that may go with an interface
     * @param setup null: there is no such bridge
     * @param owners the bridge of each interface that is a member of one
     */
    public record Facts(
            Ifconfig links,
            DependentRoutes going,
            @Nullable BridgeSetup setup,
            Map<String, String> owners,
            @Nullable String file) {
        public Facts {
            owners = Map.copyOf(owners);
        }

        boolean ours() {
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
    public List<Wanted> want(Scope scope) {
        return scope.fabric().of(Bridge.class, scope.host()).stream()
                .<Wanted>map(bridge -> BridgeWant.of(scope.fabric(), scope.host(), bridge))
                .toList();
    }

    @Override
    public List<Question<?>> probe(Wanted want) {
        return List.of(Ifconfig.question(), want.written(), Netstat.question(), ManagementSession.question());
    }

    @Override
    public Facts facts(Wanted want, Answers answers) {
        Ifconfig links = Ifconfig.read(answers);
        Map<String, String> owners = new LinkedHashMap<>();
        for (String name : links.byName().keySet()) {
            BridgeSetup.read(InterfaceText.of(name, answers))
                    .ifPresent(setup -> setup.members().keySet().forEach(member -> owners.putIfAbsent(member, name)));
        }
        return new Facts(
                links,
                Netstat.going(answers),
                BridgeSetup.read(InterfaceText.of(want.name(), answers)).orElse(null),
                owners,
                answers.to(want.written()).orElse(null));
    }

    @Override
    public Facts bare(Wanted wanted) {
        Map<String, Ifconfig.Device> links = new LinkedHashMap<>();
        if (wanted instanceof BridgeWant want) {
            for (String member : want.members()) {
                if (!want.made().contains(member)) links.put(member, Ifconfig.Device.plain(member));
            }
        }
        return new Facts(new Ifconfig(links), DependentRoutes.NONE, null, Map.of(), null);
    }

    @Override
    public List<Change> diff(Wanted wanted, Facts have) {
        return switch (wanted) {
            case BridgeGone gone -> gone.changes(have);
            case BridgeWant want -> differences(want, have);
        };
    }

    private static List<Change> differences(BridgeWant want, Facts have) {
        if (have.file() != null && !have.ours()) {
            throw new Refused(want.path() + " is somebody else's; move it away if linkctl shall write it");
        }
        for (String member : want.members()) {
            if (have.links().device(member).isEmpty() && !want.made().contains(member)) {
                throw new Refused("there is no interface '" + member + "' for " + want.name() + "; there are "
                        + String.join(", ", new TreeSet<>(have.links().byName().keySet())));
            }
            String owner = have.owners().get(member);
            if (owner == null || owner.equals(want.name())) continue;
            throw new Refused(member + " belongs to " + owner + " and shall be a member of " + want.name()
                    + "; take it out of " + owner + " first, and out of what puts it there at boot");
        }
        List<Change> out = new ArrayList<>(BridgeDiff.changes(want, have));
        out.addAll(BridgeDiff.routes(want, have));
        OurFiles.diff(out, want.path(), have.file(), want.file(have));
        return out;
    }

    @Override
    public List<Step> steps(Wanted wanted, Facts have, List<Change> changes) {
        if (wanted instanceof BridgeGone gone) return gone.steps(have, changes);
        BridgeWant want = (BridgeWant) wanted;
        List<Step> out = new ArrayList<>(BridgeDiff.steps(want, have, changes));
        for (Change change : changes) {
            String text = change.after();
            if (change.kind() == Change.Kind.FILE && text != null) out.add(Step.put(change.subject(), "0644", text));
        }
        return out;
    }

    @Override
    public List<String> warnings(Wanted wanted, Facts have) {
        return switch (wanted) {
            case BridgeGone gone -> gone.warnings(have);
            case BridgeWant want ->
                have.going()
                        .warnings(
                                BridgeDiff.routes(want, have),
                                BridgeDiff.stripped(want, have),
                                want.name(),
                                want.addresses());
        };
    }

    @Override
    public Optional<Memory> memory(Wanted wanted, Facts have, Optional<Memory> before) {
        return wanted instanceof BridgeWant want
                ? Optional.of(BridgeGone.memory(want, have, before))
                : Optional.empty();
    }

    @Override
    public Optional<Wanted> absent(Scope scope, Owned owned) {
        return Optional.of(BridgeGone.of(owned));
    }

    /** A bridge that no file of linkctl's makes. */
    @Override
    public List<String> adopts(Wanted want, Facts have) {
        return want instanceof BridgeWant && have.setup() != null && !have.ours()
                ? List.of("bridge " + want.name())
                : List.of();
    }

    @Override
    public List<Finding> findings(Wanted wanted, Facts have, Answers answers) {
        if (!(wanted instanceof BridgeWant want)) return List.of();
        Ifconfig.Device device = have.links().device(want.name()).orElse(null);
        BridgeSetup now = have.setup();
        if (device == null) return List.of(Finding.bad(want.name(), "is not there"));
        if (now == null) return List.of(Finding.bad(want.name(), "is no bridge"));
        if (!device.up()) return List.of(Finding.bad(want.name(), "is down"));
        List<String> out = want.joining(have);
        String has = now.members().isEmpty()
                ? "has no members"
                : "has " + String.join(" ", new TreeSet<>(now.members().keySet()));
        return List.of(
                out.isEmpty()
                        ? Finding.good(want.name(), has)
                        : Finding.bad(want.name(), "has not " + String.join(" ", out)));
    }

    @Override
    public List<Question<?>> importing() {
        return BridgeFound.questions();
    }

    @Override
    public List<Found> found(Answers answers) {
        return BridgeFound.read(answers);
    }
}

package org.linkctl.modules.linux.vrrp;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Os;
import org.linkctl.model.Tunnel;
import org.linkctl.modules.linux.kernel.Links;
import org.linkctl.modules.linux.pair.PairFiles;
import org.linkctl.modules.linux.pair.PairVip;
import org.linkctl.modules.linux.pair.Vote;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Drainable;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Existing;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Found;
import org.linkctl.spi.Imported;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Module;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Published;
import org.linkctl.spi.Publishes;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Role;
import org.linkctl.spi.Scope;

/**
 * The addresses that the master of a pair holds: an instance of VRRP version 3 (RFC 9568) for each vip, by keepalived(8).
 * A planned switch is a file that it looks at; all else is a reload.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class VrrpModule
        implements Remembered<VrrpModule.Want, VrrpModule.Facts>,
                Examined<VrrpModule.Want, VrrpModule.Facts>,
                Publishes<VrrpModule.Want, VrrpModule.Facts>,
                Existing<VrrpModule.Want, VrrpModule.Facts>,
                Drainable<VrrpModule.Want, VrrpModule.Facts>,
                Rendered<VrrpModule.Want, VrrpModule.Facts>,
                Imported {
    private static final String SWITCH = "switch of the pair";
    private static final String SERVES = "this host serves";
    private static final String LEAVES = "left to the other host";
    private static final Question.ReadFile DRAIN = Question.file(KeepalivedConf.DRAIN);
    private static final String LEAVE =
            ShellFile.of(VrrpModule.class, "leave.sh").text().strip();
    private static final String RETURN =
            ShellFile.of(VrrpModule.class, "return.sh").text().strip();

    /**
     * What a host shall hold.
     *
     * @param vips nothing: no keepalived of ours
     * @param tunnels the interfaces of the host's tunnels
     * @param hubs those of the hubs that the pair has together
     * @param quorum a third host says whether this one may serve
     * @param peer what the other host told; null: there is no vip
     * @param yielding whether the other host shall be master just now
     * @param held whether it shall stay so, whatever this host is now
     * @param wasOff keepalived was not started at boot before linkctl had it started
     */
    public record Want(
            String host,
            List<PairVip> vips,
            List<String> tunnels,
            List<String> hubs,
            boolean quorum,
            VrrpHealth.@Nullable Peer peer,
            Optional<Role> hostRole,
            boolean yielding,
            boolean held,
            boolean wasOff)
            implements Resource {
        @Override
        public String id() {
            return "linux.vrrp";
        }

        @Override
        public Set<String> spreads() {
            return vips.isEmpty() ? Set.of() : Set.of(Resource.through(host));
        }

        @Override
        public Set<String> provides() {
            return vips.isEmpty() ? Set.of() : Set.of("vrrp");
        }

        @Override
        public Set<String> needs() {
            if (vips.isEmpty()) return Set.of();
            Set<String> out = new HashSet<>(Set.of("package:keepalived", "pair-role", "pair-filter"));
            for (PairVip vip : vips) out.add("address:" + vip.vip().on());
            if (quorum) out.add("quorum");
            return Set.copyOf(out);
        }

        @Nullable
        String text() {
            return vips.isEmpty()
                    ? null
                    : KeepalivedConf.text(host, vips, tunnels, hubs, quorum, "/bin/sh " + PairFiles.ROLE + " notify");
        }
    }

    /**
     * What was found.
     *
     * @param drained the other host shall be master, whoever is preferred
     */
    public record Facts(KeepalivedService.Found service, Links links, boolean drained) {}

    @Override
    public String name() {
        return "linux.vrrp";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Want> want(Scope scope) {
        Fabric fabric = scope.fabric();
        Host host = scope.host();
        List<PairVip> vips = PairVip.all(fabric, host);
        if (vips.isEmpty()) return List.of();
        List<String> tunnels =
                fabric.tunnels(host).stream().map(Tunnel::name).sorted().toList();
        List<String> hubs = fabric.pairs().stream()
                .filter(pair -> pair.hosts().contains(host.name()))
                .flatMap(pair -> fabric.hubsOn(pair.name()).stream())
                .map(Hub::name)
                .sorted()
                .toList();
        String through = Resource.through(host.name());
        return List.of(new Want(
                host.name(),
                vips,
                tunnels,
                hubs,
                Vote.of(fabric, host).isPresent(),
                VrrpHealth.peer(scope, vips),
                VrrpHealth.role(scope, vips),
                scope.drained().contains(through),
                scope.held().contains(through),
                false));
    }

    @Override
    public List<Question<?>> probe(Want want) {
        List<Question<?>> out = new ArrayList<>(KeepalivedService.questions());
        out.addAll(List.of(Links.question(), DRAIN));
        return out;
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        KeepalivedService.Found service = KeepalivedService.read(answers);
        if (service.isForeign() && !want.vips().isEmpty()) {
            throw new Refused(
                    KeepalivedConf.FILE + " is somebody else's, and keepalived reads one configuration; move it"
                            + " away if linkctl shall write it");
        }
        boolean drained = answers.to(DRAIN)
                .map(String::strip)
                .filter(KeepalivedConf.DRAINED::equals)
                .isPresent();
        return new Facts(service, Links.from(answers), drained);
    }

    @Override
    public Facts bare(Want want) {
        Map<String, Links.Link> links = new LinkedHashMap<>();
        want.vips()
                .forEach(vip ->
                        links.put(vip.vip().on(), Links.Link.plain(vip.vip().on())));
        return new Facts(KeepalivedService.Found.NONE, new Links(links), false);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        if (have.service().isForeign()) return List.of(); // theirs, with what belongs to it
        List<Change> out = new ArrayList<>();
        KeepalivedService.diff(out, have.service(), want.text(), want.wasOff());
        if (want.vips().isEmpty()) {
            if (have.drained()) out.add(Change.file(KeepalivedConf.DRAIN, KeepalivedConf.DRAINED + "\n", null));
            gone(out, want, have);
            return out;
        }
        gone(out, want, have);
        boolean master = want.vips().stream().anyMatch(vip -> vip.state(have.links()) != PairVip.State.BACKUP);
        if (want.yielding() && (master || want.held()) && !have.drained())
            out.add(Change.state(SWITCH, SERVES, LEAVES));
        if (!want.yielding() && have.drained()) out.add(Change.state(SWITCH, LEAVES, SERVES));
        return out;
    }

    /** Addresses that this host holds by our file, and nothing asks for any more. */
    private static void gone(List<Change> out, Want want, Facts have) {
        KeepalivedConf.addresses(have.service().conf()).forEach((device, addresses) -> {
            for (Cidr address : addresses) {
                boolean wanted = want.vips().stream()
                        .anyMatch(vip -> vip.vip().on().equals(device)
                                && vip.vip().addresses().contains(address));
                if (wanted || !PairVip.holds(have.links(), device, address)) continue;
                out.add(Change.state(device + " " + address, "present", null).cuts());
            }
        });
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        if (changes.isEmpty()) return List.of();
        if (want.vips().isEmpty()) return KeepalivedService.removing(have.service(), changes);
        List<Step> out = new ArrayList<>(KeepalivedService.steps(have.service(), changes));
        if (changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, SWITCH))) {
            Argv leave = script(LEAVE, want);
            Argv back = script(RETURN, want);
            out.add(want.yielding() ? Step.run(leave, back) : Step.run(back));
        }
        return out;
    }

    /** With the seconds that it may take, whether this host is to be master afterwards, and each address with its interface. */
    private static Argv script(String text, Want want) {
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", text, "sh", KeepalivedConf.DRAIN));
        words.add(Integer.toString(PairVip.patience(want.vips())));
        boolean returns = want.vips().stream()
                .allMatch(vip -> vip.preferred() && vip.vip().preempt());
        words.add(returns ? "master" : "any");
        for (PairVip vip : want.vips()) {
            for (Cidr address : vip.vip().addresses()) {
                words.add(vip.vip().on() + "/" + address.address().text());
            }
        }
        return new Argv(words);
    }

    /** Who is master changes by itself, and while roles are found: that is no measure of what a change did. */
    @Override
    public boolean exists(Want want, Facts have) {
        return false;
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        if (want.vips().isEmpty()) return Optional.empty();
        String found = before.map(memory -> memory.value("found-boot").orElse(null))
                .orElse(have.service().state().atBoot().equals("disabled") ? "disabled" : null);
        return Optional.of(Memory.OWNED.with("found-boot", found));
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        boolean off = owned.memory().value("found-boot").isPresent();
        return Optional.of(new Want(
                scope.host().name(),
                List.of(),
                List.of(),
                List.of(),
                false,
                null,
                Optional.empty(),
                false,
                false,
                off));
    }

    @Override
    public List<String> adopts(Want want, Facts have) {
        return KeepalivedService.foreign(have.service());
    }

    @Override
    public Published.Values publish(Want want, Facts have) {
        return new Published.Values(
                VrrpHealth.told(
                        want.vips(), have.links(), have.service().state().isActive(), have.drained(), want.held()),
                Map.of());
    }

    /** The other host counts where it is known to take over. */
    @Override
    public List<Shared> shared(Want want, Facts have, Answers answers) {
        VrrpHealth.Peer peer = want.peer();
        if (peer == null) return List.of();
        Set<String> declared = Set.of(Resource.through(want.host()), Resource.through(peer.name()));
        Set<String> usable = new HashSet<>();
        if (!want.yielding()) usable.add(Resource.through(want.host()));
        if (peer.stands(want.vips())) usable.add(Resource.through(peer.name()));
        return want.vips().stream()
                .map(vip -> new Shared(vip.subject(), declared, usable))
                .toList();
    }

    @Override
    public List<Question<?>> examine(Want want) {
        return VrrpHealth.questions(want.peer());
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        if (want.vips().isEmpty()) return List.of();
        List<Finding> out = new ArrayList<>();
        if (!have.service().state().isActive()) {
            out.add(Finding.bad(
                    KeepalivedService.UNIT, "does not run: this host takes no part in " + subjects(want.vips())));
        }
        if (have.drained() && !want.held() && !want.yielding()) {
            out.add(Finding.bad("pair", KeepalivedConf.DRAIN + " keeps this host from taking over"));
        }
        out.addAll(VrrpHealth.findings(want.vips(), want.peer(), have.links(), answers));
        return out;
    }

    private static String subjects(List<PairVip> vips) {
        return vips.stream().map(PairVip::subject).collect(Collectors.joining(", "));
    }

    @Override
    public List<Question<?>> importing() {
        return VrrpFound.questions();
    }

    @Override
    public List<Found> found(Answers answers) {
        return VrrpFound.read(answers);
    }
}

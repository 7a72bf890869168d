package org.linkctl.modules.linux.mss;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.HubLans;
import org.linkctl.model.Os;
import org.linkctl.model.Tunnel;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.systemd.UnitState;
import org.linkctl.modules.publishing.PublishedService;
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
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/**
 * Forwarded TCP agrees on segments that fit through the tunnels (nft(8), "rt mtu": it looks at the way there and the
 * way back, so both directions of a SYN are right). The rules live in a table of their own, loaded whole in one
 * transaction; nobody else's table is touched, and a {@code flush ruleset} by nftables.service is followed by a load of
 * ours.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class MssModule
        implements Remembered<MssModule.Want, MssModule.Facts>,
                Examined<MssModule.Want, MssModule.Facts>,
                Rendered<MssModule.Want, MssModule.Facts> {
    private static final String RULES = "nft table " + MssTable.NAME;
    private static final String FILE = "/etc/linkctl/nftables/mss.nft";
    private static final String UNIT = "linkctl-mss.service";
    private static final Question.ReadFile WRITTEN = Question.file(FILE);
    /** nftables.service flushes every table when it starts, reloads and stops: this unit follows it in all of them. */
    private static final String UNIT_TEXT = OurFiles.MARK + "\n" + """
            [Unit]
            Description=linkctl: fits the segments of forwarded TCP to the tunnels
            After=nftables.service
            PartOf=nftables.service
            ReloadPropagatedFrom=nftables.service

            [Service]
            Type=oneshot
            RemainAfterExit=yes
            ExecStart=/usr/sbin/nft -f /etc/linkctl/nftables/mss.nft
            ExecReload=/usr/sbin/nft -f /etc/linkctl/nftables/mss.nft

            [Install]
            WantedBy=multi-user.target nftables.service
            """;

    /** @param tunnels that something is forwarded through, by name; where there are none, nothing of ours stays */
    public record Want(List<String> tunnels) implements Resource {
        @Override
        public String id() {
            return "linux.mss";
        }

        @Override
        public Set<String> needs() {
            return tunnels.isEmpty() ? Set.of() : Set.of("package:nftables");
        }

        @Override
        public boolean stray() {
            return tunnels.isEmpty();
        }

        String table() {
            return MssTable.text(tunnels);
        }

        String file() {
            return MssTable.file(tunnels);
        }
    }

    /** @param table as nft(8) lists it, in the form of {@link MssTable#text}; null where there is none */
    public record Facts(
            @Nullable String file,
            @Nullable String unit,
            @Nullable String table,
            String active,
            String atBoot,
            boolean outdated) {}

    @Override
    public String name() {
        return "linux.mss";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Want> want(Scope scope) {
        Host host = scope.host();
        Set<String> tunnels = new TreeSet<>();
        scope.fabric().routes(host).stream()
                .flatMap(route -> scope.fabric().tunnels(route, host).stream())
                .map(Tunnel::name)
                .forEach(tunnels::add);
        HubLans.all(scope.fabric(), host).forEach(lans -> tunnels.add(lans.hub().name()));
        PublishedService.of(scope.fabric(), host).stream()
                .flatMap(one -> one.hubs().stream())
                .map(Hub::name)
                .forEach(tunnels::add);
        return List.of(new Want(List.copyOf(tunnels)));
    }

    @Override
    public List<Question<?>> probe(Want want) {
        return List.of(WRITTEN, UnitState.file(UNIT), MssTable.ALL, MssTable.LOADED, UnitState.question(UNIT));
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        String unit = answers.to(UnitState.file(UNIT)).orElse(null);
        boolean matters = unit != null || !want.tunnels().isEmpty();
        UnitState state = matters ? UnitState.read(UNIT, answers) : UnitState.NONE;
        return new Facts(
                answers.to(WRITTEN).orElse(null),
                unit,
                MssTable.read(answers),
                state.active(),
                state.atBoot(),
                state.outdated());
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(null, null, null, "inactive", "not-found", false);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        return want.tunnels().isEmpty() ? removals(have) : differences(want, have);
    }

    private static List<Change> removals(Facts have) {
        List<Change> out = new ArrayList<>();
        if (!have.atBoot().equals("not-found")) {
            out.add(Change.state(UNIT, have.active() + ", " + have.atBoot() + " at boot", null));
        }
        if (have.unit() != null) out.add(Change.file(UnitState.path(UNIT), have.unit(), null));
        if (have.file() != null) out.add(Change.file(FILE, have.file(), null));
        if (have.table() != null) out.add(Change.state(RULES, have.table(), null));
        return out;
    }

    private static List<Change> differences(Want want, Facts have) {
        List<Change> out = new ArrayList<>();
        if (!want.file().equals(have.file())) out.add(Change.file(FILE, have.file(), want.file()));
        if (!UNIT_TEXT.equals(have.unit())) {
            out.add(Change.file(UnitState.path(UNIT), have.unit(), UNIT_TEXT));
        } else if (have.outdated()) {
            out.add(Change.state(UNIT + " as read by systemd", "another than its file", "its file"));
        }
        if (!have.atBoot().equals("enabled")) {
            out.add(Change.state(UNIT + " at boot", have.atBoot(), "enabled"));
        }
        if (!have.active().equals("active")) out.add(Change.state(UNIT, have.active(), "active"));
        if (!Objects.equals(want.table(), have.table())) {
            out.add(Change.state(RULES, have.table(), want.table()));
        }
        return out;
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        return want.tunnels().isEmpty() ? removing(have, changes) : making(want, have, changes);
    }

    private static List<Step> removing(Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        for (Change change : changes) {
            if (change.is(Change.Kind.STATE, UNIT)) {
                out.add(new Step.Run(
                        Argv.of("systemctl", "disable", "--now", UNIT),
                        UnitState.restore(UNIT, have.active(), have.atBoot())));
            } else if (change.is(Change.Kind.STATE, RULES)) {
                out.add(Step.run(MssTable.DELETE, Argv.of("nft", "-f", FILE)));
            } else {
                out.add(new Step.RemoveFile(change.subject()));
                if (!change.subject().equals(FILE)) out.add(Step.run(UnitState.RELOAD));
            }
        }
        return out;
    }

    private static List<Step> making(Want want, Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        boolean reload = false;
        boolean load = false;
        boolean enable = false;
        for (Change change : changes) {
            if (change.is(Change.Kind.FILE, FILE)) {
                out.add(Step.put(FILE, "0644", want.file()));
            } else if (change.kind() == Change.Kind.FILE) {
                out.add(Step.put(UnitState.path(UNIT), "0644", UNIT_TEXT));
                reload = true;
            } else if (change.subject().endsWith(" as read by systemd")) {
                reload = true;
            } else if (change.subject().endsWith(" at boot")) {
                enable = true;
            } else {
                load = true;
            }
        }
        if (reload) out.add(Step.run(UnitState.RELOAD));
        if (enable) out.add(Step.run(Argv.of("systemctl", "enable", UNIT), Argv.of("systemctl", "disable", UNIT)));
        if (load) out.add(loading(have));
        return out;
    }

    private static Step loading(Facts have) {
        List<Argv> undo = new ArrayList<>();
        if (!have.active().equals("active")) undo.add(Argv.of("systemctl", "stop", UNIT));
        if (have.table() == null) undo.add(MssTable.DELETE);
        else if (have.file() != null) undo.add(Argv.of("nft", "-f", FILE));
        return new Step.Run(Argv.of("systemctl", "restart", UNIT), undo);
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        return want.tunnels().isEmpty() ? Optional.empty() : Optional.of(Memory.OWNED);
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(List.of()));
    }

    @Override
    public List<String> adopts(Want want, Facts have) {
        List<String> out =
                new ArrayList<>(OurFiles.foreign(FILE, have.file()).stream().toList());
        OurFiles.foreign(UnitState.path(UNIT), have.unit()).ifPresent(out::add);
        if (have.table() != null && have.file() == null) out.add(RULES);
        return out;
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        if (want.tunnels().isEmpty()) return List.of();
        return List.of(
                want.table().equals(have.table())
                        ? Finding.good("MSS", "forwarded TCP is fitted to " + String.join(", ", want.tunnels()))
                        : Finding.bad(
                                "MSS",
                                "nft table " + MssTable.NAME + " is not as it should be: forwarded TCP may stall"));
    }
}

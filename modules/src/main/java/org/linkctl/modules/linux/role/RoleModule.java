package org.linkctl.modules.linux.role;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Os;
import org.linkctl.model.StateSync;
import org.linkctl.model.Vip;
import org.linkctl.modules.linux.kernel.Links;
import org.linkctl.modules.linux.pair.PairFiles;
import org.linkctl.modules.linux.pair.PairVip;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.vipactions.VipActions;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Existing;
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
 * What a host does when it becomes master or backup of its pair: it answers ARP requests for addresses of others, has
 * connections told, and runs programs of the user's. One program does it all, and keeps what it ran: what a host has not run
 * for what it is now shows, and is run.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class RoleModule
        implements Remembered<RoleModule.Want, RoleModule.Facts>,
                Examined<RoleModule.Want, RoleModule.Facts>,
                Existing<RoleModule.Want, RoleModule.Facts>,
                Rendered<RoleModule.Want, RoleModule.Facts> {
    /**
     * What a host shall do.
     *
     * @param vips nothing: no program of ours
     * @param synchronizes whether the pair tells each other of connections
     */
    public record Want(List<Vip> vips, List<Proxied> proxied, boolean synchronizes) implements Resource {
        @Override
        public String id() {
            return "linux.role";
        }

        @Override
        public Set<String> provides() {
            return vips.isEmpty() ? Set.of() : Set.of("pair-role");
        }

        @Override
        public Set<String> needs() {
            if (vips.isEmpty()) return Set.of();
            Set<String> out = new LinkedHashSet<>();
            if (synchronizes) out.add("conntrackd");
            if (!proxied.isEmpty()) out.addAll(Set.of("package:iputils-arping", "pair-filter"));
            return out;
        }

        KeptService service() {
            KeptService service = RoleProgram.of(vips, proxied, synchronizes);
            return vips.isEmpty() ? service.none() : service;
        }

        VipActions actions() {
            return new VipActions(vips, RoleProgram.RUN);
        }
    }

    /**
     * What was found.
     *
     * @param missing programs that are not there, or cannot be run
     * @param notes by vip: what was run last; none: nothing, or something of it failed
     * @param answering the addresses of others that this host answers for
     */
    public record Facts(
            KeptService.Found service,
            Links links,
            Set<String> missing,
            Map<Vip, String> notes,
            List<Proxied.Entry> answering) {
        Vip.Role role(Vip vip) {
            return PairVip.holds(links, vip.on(), vip.addresses().getFirst()) ? Vip.Role.MASTER : Vip.Role.BACKUP;
        }

        @Nullable
        String program() {
            return service.texts().get(PairFiles.ROLE);
        }
    }

    @Override
    public String name() {
        return "linux.role";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Want> want(Scope scope) {
        Fabric fabric = scope.fabric();
        List<Vip> vips = fabric.of(Vip.class, scope.host());
        if (vips.isEmpty()) return List.of();
        return List.of(new Want(
                vips,
                Proxied.all(fabric, scope.host()),
                fabric.one(StateSync.class, scope.host()).isPresent()));
    }

    @Override
    public List<Question<?>> probe(Want want) {
        List<Question<?>> out = new ArrayList<>(want.service().questions());
        out.addAll(List.of(Links.question(), Proxied.question()));
        out.addAll(want.actions().questions());
        return out;
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        VipActions actions = want.actions();
        Map<Vip, String> notes = new LinkedHashMap<>();
        for (Vip vip : want.vips()) answers.to(actions.note(vip)).ifPresent(note -> notes.put(vip, note));
        return new Facts(
                want.service().read(answers),
                Links.from(answers),
                actions.missing(answers),
                notes,
                Proxied.read(answers));
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(KeptService.Found.NONE, new Links(Map.of()), Set.of(), Map.of(), List.of());
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        want.actions().refuse(have.missing());
        List<Change> out = new ArrayList<>(want.service().diff(have.service(), false));
        for (Vip vip : want.vips()) {
            String wanted = VipActions.noted(vip, have.role(vip));
            String ran = have.notes().get(vip);
            if (!wanted.equals(ran)) out.add(Change.state(VipActions.subject(vip), ran, wanted));
        }
        for (Proxied proxied : want.proxied()) {
            boolean master = have.role(proxied.vip()) == Vip.Role.MASTER;
            for (Proxied.Entry entry : proxied.wanted()) {
                boolean answers = have.answering().contains(entry);
                if (master && !answers) out.add(Change.state(entry.subject(), null, "answered"));
                if (!master && answers) out.add(Change.state(entry.subject(), "answered", null));
            }
        }
        for (Proxied.Entry entry : gone(want, have)) out.add(Change.state(entry.subject(), "answered", null));
        return out;
    }

    private static List<Proxied.Entry> gone(Want want, Facts have) {
        return Proxied.gone(have.program(), want.proxied()).stream()
                .filter(have.answering()::contains)
                .toList();
    }

    /** What was run follows the master, who changes by himself: that is no measure of what a change did. */
    @Override
    public boolean exists(Want want, Facts have) {
        return false;
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        if (changes.isEmpty()) return List.of();
        List<Step> out = new ArrayList<>(want.service().steps(have.service(), changes, List.of()));
        for (Proxied.Entry entry : gone(want, have)) out.add(entry.removal());
        if (want.vips().isEmpty()) {
            out.add(Step.run("rm", "-rf", RoleProgram.RUN));
            return out;
        }
        Argv now = Argv.of(PairFiles.ROLE);
        out.add(have.program() == null ? Step.run(now) : Step.run(now, now));
        return out;
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        return want.vips().isEmpty() ? Optional.empty() : Optional.of(Memory.OWNED);
    }

    /** What the programs did is theirs to undo. */
    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(List.of(), List.of(), false));
    }

    @Override
    public List<String> adopts(Want want, Facts have) {
        return want.service().foreign(have.service());
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        List<Finding> out = new ArrayList<>();
        if (want.vips().isEmpty()) return out;
        out.add(
                have.service().running()
                        ? Finding.good(RoleProgram.UNIT, "follows the master")
                        : Finding.bad(RoleProgram.UNIT, "does not run: what was missed is not done later"));
        for (Vip vip : want.vips()) {
            Vip.Role role = have.role(vip);
            boolean ran = VipActions.noted(vip, role).equals(have.notes().get(vip));
            if (ran && vip.actions().isEmpty()) continue;
            out.add(
                    ran
                            ? Finding.good(VipActions.subject(vip), "were run as " + role)
                            : Finding.bad(
                                    VipActions.subject(vip), "were not run as " + role + ", or failed: see the log"));
        }
        for (Proxied proxied : want.proxied()) out.add(answering(proxied, have));
        return out;
    }

    private static Finding answering(Proxied proxied, Facts have) {
        String subject = "proxy ARP on " + proxied.vip().on();
        boolean master = have.role(proxied.vip()) == Vip.Role.MASTER;
        List<String> wrong = proxied.wanted().stream()
                .filter(entry -> have.answering().contains(entry) != master)
                .map(entry -> entry.address().text())
                .toList();
        if (!wrong.isEmpty()) {
            String text = master ? "is master and does not answer for " : "is not master and answers for ";
            return Finding.bad(subject, text + String.join(", ", wrong));
        }
        String all = String.join(
                ", ", proxied.addresses().stream().map(one -> one.text()).toList());
        return Finding.good(subject, (master ? "answers for " : "leaves to the master ") + all);
    }
}

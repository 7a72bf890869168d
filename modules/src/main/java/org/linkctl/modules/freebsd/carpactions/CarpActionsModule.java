package org.linkctl.modules.freebsd.carpactions;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.model.Vip;
import org.linkctl.modules.freebsd.files.Programs;
import org.linkctl.modules.freebsd.kernel.Ifconfig;
import org.linkctl.modules.freebsd.rc.RcProgram;
import org.linkctl.modules.vipactions.VipActions;
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
 * Programs of the user's that a host runs when it has become master or backup of a vhid. A script runs them, and keeps
 * what it ran: what a host has not run for what it is now shows, and is run.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class CarpActionsModule
        implements Remembered<CarpActionsModule.Want, CarpActionsModule.Facts>,
                Examined<CarpActionsModule.Want, CarpActionsModule.Facts>,
                Existing<CarpActionsModule.Want, CarpActionsModule.Facts>,
                Rendered<CarpActionsModule.Want, CarpActionsModule.Facts> {
    private static final RcProgram PROGRAM = new RcProgram(Programs.CARP_ACTIONS, CarpActionsScript.RC);

    /** @param vips those that have actions; nothing: no script of ours */
    public record Want(List<Vip> vips) implements Resource {
        @Override
        public String id() {
            return "freebsd.carp-actions";
        }

        /** Our own entries come first: what the user runs may rely on them. */
        @Override
        public Set<String> needs() {
            return vips.isEmpty() ? Set.of() : Set.of("kernel-module:carp", "carp-hooks", "proxy-arp");
        }

        VipActions actions() {
            return new VipActions(vips, CarpActionsScript.NOTES);
        }
    }

    /**
     * What was found.
     *
     * @param missing programs that are not there, or cannot be run
     * @param notes by vip: what was run last; none: nothing, or something of it failed
     */
    public record Facts(RcProgram.Texts files, Ifconfig links, Set<String> missing, Map<Vip, String> notes) {
        /** Null: it takes no part in the vip yet. On an interface that is down it is backup: the other one is master. */
        Vip.@Nullable Role role(Vip vip) {
            return links.device(vip.on())
                    .map(device -> device.carp().get(vip.id()))
                    .map(carp -> carp.state().equals("MASTER") ? Vip.Role.MASTER : Vip.Role.BACKUP)
                    .orElse(null);
        }
    }

    @Override
    public String name() {
        return "freebsd.carp-actions";
    }

    @Override
    public Os system() {
        return Os.FREEBSD;
    }

    static List<Vip> vips(Fabric fabric, Host host) {
        return fabric.of(Vip.class, host).stream()
                .filter(vip -> !vip.actions().isEmpty())
                .toList();
    }

    @Override
    public List<Want> want(Scope scope) {
        List<Vip> vips = vips(scope.fabric(), scope.host());
        return vips.isEmpty() ? List.of() : List.of(new Want(vips));
    }

    @Override
    public List<Question<?>> probe(Want want) {
        List<Question<?>> out = new ArrayList<>(PROGRAM.questions());
        out.add(Ifconfig.question());
        out.addAll(want.actions().questions());
        return out;
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        VipActions actions = want.actions();
        Map<Vip, String> notes = new LinkedHashMap<>();
        for (Vip vip : want.vips()) {
            answers.to(actions.note(vip)).ifPresent(note -> notes.put(vip, note));
        }
        return new Facts(PROGRAM.read(answers), Ifconfig.read(answers), actions.missing(answers), notes);
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(RcProgram.Texts.NONE, new Ifconfig(Map.of()), Set.of(), Map.of());
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        want.actions().refuse(have.missing());
        List<Change> out = PROGRAM.diff(have.files(), CarpActionsScript.texts(want.vips()));
        for (Vip vip : want.vips()) {
            Vip.Role role = have.role(vip);
            if (role == null) continue;
            String wanted = VipActions.noted(vip, role);
            String ran = have.notes().get(vip);
            if (!wanted.equals(ran)) out.add(Change.state(VipActions.subject(vip), ran, wanted));
        }
        return out;
    }

    /** What was run follows the master, who changes by himself: that is no measure of what a change did. */
    @Override
    public boolean exists(Want want, Facts have) {
        return false;
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        List<Step> out = RcProgram.steps(changes);
        if (changes.isEmpty() || want.vips().isEmpty()) return out;
        boolean begins = want.vips().stream().anyMatch(vip -> have.role(vip) == null);
        out.add(begins ? Step.run(Programs.CARP_ACTIONS, "settle") : Step.run(Programs.CARP_ACTIONS));
        return out;
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        return want.vips().isEmpty() ? Optional.empty() : Optional.of(Memory.OWNED);
    }

    /** What the programs did is theirs to undo. */
    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(List.of()));
    }

    @Override
    public List<String> adopts(Want want, Facts have) {
        return PROGRAM.adopts(have.files());
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        List<Finding> out = new ArrayList<>();
        for (Vip vip : want.vips()) {
            Vip.Role role = have.role(vip);
            if (role == null) continue; // which the vhid's own finding tells
            boolean ran = VipActions.noted(vip, role).equals(have.notes().get(vip));
            out.add(
                    ran
                            ? Finding.good(VipActions.subject(vip), "were run as " + role)
                            : Finding.bad(
                                    VipActions.subject(vip), "were not run as " + role + ", or failed: see the log"));
        }
        return out;
    }
}

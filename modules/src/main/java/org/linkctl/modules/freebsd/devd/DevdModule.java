package org.linkctl.modules.freebsd.devd;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.model.Vip;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.files.Programs;
import org.linkctl.modules.freebsd.rc.RcConf;
import org.linkctl.modules.freebsd.rc.RcService;
import org.linkctl.modules.freebsd.vip.ProxyArpGroup;
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
 * What devd(8) runs when a host becomes master or stops being it. It reads its files only when it starts, and of several
 * entries for one event it takes the one with the highest number.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class DevdModule
        implements Remembered<DevdModule.Want, DevdModule.Facts>,
                Examined<DevdModule.Want, DevdModule.Facts>,
                Rendered<DevdModule.Want, DevdModule.Facts> {
    static final String FILE = "/usr/local/etc/devd/linkctl.conf";
    private static final Question.ReadFile WRITTEN = Question.file(FILE);
    private static final String SERVICE = "devd";
    private static final String ENABLE = "devd_enable";
    /** Above the numbers in FreeBSD's own files, which end at 100. */
    private static final int PRIORITY = 200;

    /**
     * One vhid of carp(4), and what is run with {@code VHID@INTERFACE STATE} when its state is another one, one after
     * the other.
     */
    public record Hook(int vhid, String device, List<String> programs) {
        /** devd.conf(5): patterns are extended regular expressions that have to match the whole; of those a dot is one. */
        String text() {
            return "\nnotify " + PRIORITY + " {\n"
                    + "\tmatch \"system\" \"CARP\";\n"
                    + "\tmatch \"subsystem\" \"" + vhid + "@" + device.replace(".", "[.]") + "\";\n"
                    + "\tmatch \"type\" \"(INIT|BACKUP|MASTER)\";\n"
                    + "\taction \"" + action() + "\";\n"
                    + "};\n";
        }

        /** devd(8) gives it to sh(1), and quotes what it puts in for the variables. */
        private String action() {
            return programs.stream()
                    .map(program -> program + " $subsystem $type")
                    .collect(Collectors.joining("; "));
        }
    }

    /** What shall be run; nothing: no file of ours. */
    public record Want(List<Hook> hooks) implements Resource {
        @Override
        public String id() {
            return "freebsd.devd";
        }

        @Override
        public Set<String> provides() {
            return Set.of("carp-hooks");
        }

        @Override
        public Set<String> needs() {
            return hooks.isEmpty() ? Set.of() : Set.of("kernel-module:carp");
        }

        @Nullable
        String text() {
            if (hooks.isEmpty()) return null;
            return OurFiles.MARK + "\n" + hooks.stream().map(Hook::text).collect(Collectors.joining());
        }
    }

    /** Our file, whether devd is started at boot, and whether it runs now. */
    public record Facts(@Nullable String file, RcConf rc, RcService service) {}

    @Override
    public String name() {
        return "freebsd.devd";
    }

    @Override
    public Os system() {
        return Os.FREEBSD;
    }

    @Override
    public List<Want> want(Scope scope) {
        Host host = scope.host();
        List<Hook> hooks = hooks(scope.fabric(), host);
        return hooks.isEmpty() ? List.of() : List.of(new Want(hooks));
    }

    /** One for each vhid, as one alone is run; what is ours is run before what the user wants run. */
    private static List<Hook> hooks(Fabric fabric, Host host) {
        Set<String> published = new LinkedHashSet<>();
        for (ProxyArpGroup group : ProxyArpGroup.all(fabric, host)) published.add(group.vhid() + "@" + group.device());
        List<Hook> out = new ArrayList<>();
        for (Vip vip : fabric.of(Vip.class, host)) {
            List<String> programs = new ArrayList<>();
            if (published.contains(vip.id() + "@" + vip.on())) programs.add(Programs.PROXY_ARP);
            if (!vip.actions().isEmpty()) programs.add(Programs.CARP_ACTIONS);
            if (!programs.isEmpty()) out.add(new Hook(vip.id(), vip.on(), List.copyOf(programs)));
        }
        return List.copyOf(out);
    }

    @Override
    public List<Question<?>> probe(Want want) {
        List<Question<?>> out = new ArrayList<>(List.of(WRITTEN, RcConf.question(List.of(ENABLE))));
        out.addAll(RcService.questions(SERVICE, List.of(FILE)));
        return out;
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        return new Facts(
                answers.to(WRITTEN).orElse(null),
                RcConf.read(List.of(ENABLE), answers),
                RcService.read(SERVICE, List.of(FILE), answers));
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(null, new RcConf(Map.of(ENABLE, "YES")), new RcService(true, Set.of()));
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        List<Change> out = new ArrayList<>();
        OurFiles.diff(out, FILE, have.file(), want.text());
        boolean other = !out.isEmpty() || !have.service().newer().isEmpty();
        if (!want.hooks().isEmpty()) {
            out.addAll(have.rc().diff(Map.of(ENABLE, "YES")));
            if (!have.service().running()) out.add(Change.state(SERVICE, "stopped", "running"));
        }
        if (have.service().running() && other) {
            out.add(Change.state(SERVICE, "running, as it was before", "running, as in its files"));
        }
        return out;
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        for (Change change : changes) {
            String after = change.after();
            if (change.kind() == Change.Kind.FILE) {
                out.add(after == null ? new Step.RemoveFile(FILE) : Step.put(FILE, "0644", after));
            } else if (RcConf.isOurs(change)) out.add(RcConf.step(change));
            else {
                out.add(have.service().restart(SERVICE));
            }
        }
        return out;
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        return want.hooks().isEmpty() ? Optional.empty() : Optional.of(Memory.OWNED);
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(List.of()));
    }

    @Override
    public List<String> adopts(Want want, Facts have) {
        return OurFiles.foreign(FILE, have.file()).stream().toList();
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        String hooks = want.hooks().stream()
                .map(hook -> hook.vhid() + "@" + hook.device())
                .collect(Collectors.joining(", "));
        if (hooks.isEmpty()) return List.of();
        if (!have.service().running()) {
            return List.of(Finding.bad(SERVICE, "does not run: nothing follows the master of " + hooks));
        }
        boolean current = diff(want, have).isEmpty();
        return List.of(
                current
                        ? Finding.good(SERVICE, "follows the master of " + hooks)
                        : Finding.bad(SERVICE, "runs without what is wanted for " + hooks));
    }
}

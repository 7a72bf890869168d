package org.linkctl.modules.linux.sysctl;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.parameters.SysctlKey;
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

/**
 * Kernel parameters: the running value, and the file that sets it at boot and whenever its interface appears. A file of
 * ours that nothing asks for any more goes, and the kernel gets back the value that was found at first, where a host
 * remembers it; otherwise what it runs with stays until the next boot.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class SysctlModule
        implements Imported,
                Remembered<SysctlModule.Wanted, SysctlModule.Facts>,
                Examined<SysctlModule.Wanted, SysctlModule.Facts>,
                Rendered<SysctlModule.Wanted, SysctlModule.Facts> {
    /** One parameter, or that there are no others. */
    public sealed interface Wanted extends Resource permits SysctlWant, SysctlRest, SysctlGone {}

    /**
     * What was found.
     *
     * @param running null: the kernel has no such parameter now
     * @param all the value for all interfaces where the greater one counts; null: it does not matter
     * @param moduleFile null also where no module is needed
     * @param routers interfaces with a route that a router told of, and their accept_ra
     * @param qdiscs what interfaces have that are up; of the default for those to come alone
     * @param exception the file that keeps a default's pattern from {@code all}; null: it is not there, or not needed
     */
    public record Facts(
            @Nullable String running,
            @Nullable String file,
            @Nullable String all,
            @Nullable String moduleFile,
            Map<String, String> routers,
            SysctlFiles boot,
            Qdiscs qdiscs,
            @Nullable String exception,
            DefaultReach reach) {
        static Facts of(SysctlFiles boot) {
            return new Facts(null, null, null, null, Map.of(), boot, Qdiscs.NONE, null, DefaultReach.NONE);
        }
    }

    @Override
    public String name() {
        return "linux.sysctl";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Wanted> want(Scope scope) {
        List<SysctlWant> all = SysctlWant.all(scope);
        List<Wanted> out = new ArrayList<>(all);
        out.add(new SysctlRest(all.stream()
                .flatMap(want -> DefaultReach.files(want).keySet().stream())
                .collect(Collectors.toUnmodifiableSet())));
        return out;
    }

    /** The kernel separates the fields of a value by tabs, people by blanks. */
    static String normal(String value) {
        return value.strip().replaceAll("\\s+", " ");
    }

    /** Asks for the file by which a kernel module is loaded at boot (modules-load.d(5)). */
    static Question.ReadFile moduleFile(String module) {
        return Question.file("/etc/modules-load.d/linkctl-" + module + ".conf");
    }

    /** Asks for the file by which linkctl sets a parameter at boot. */
    static Question.ReadFile written(SysctlKey key) {
        return Question.file(key.file());
    }

    /** Asks for the file that keeps the pattern of a default from {@code all}. */
    static Question.ReadFile exception(SysctlKey key) {
        return Question.file(key.exceptionFile());
    }

    @Override
    public List<Question<?>> probe(Wanted wanted) {
        if (wanted instanceof SysctlGone gone) return gone.questions();
        if (!(wanted instanceof SysctlWant want)) return List.of(SysctlFiles.question());
        List<Question<?>> out =
                new ArrayList<>(List.of(want.key().value(), written(want.key()), SysctlFiles.question()));
        want.key().greater().ifPresent(all -> out.add(all.value()));
        if (want.module() != null) out.add(moduleFile(want.module()));
        if (want.makesDeaf()) out.addAll(SysctlRouters.questions());
        if (isQueueing(want.key())) out.add(Qdiscs.question());
        if (DefaultReach.follows(want.key())) out.add(exception(want.key()));
        out.addAll(DefaultReach.questions(want.key()));
        return out;
    }

    @Override
    public Facts facts(Wanted wanted, Answers answers) {
        if (wanted instanceof SysctlGone gone) return gone.facts(answers);
        if (!(wanted instanceof SysctlWant want)) return Facts.of(SysctlFiles.read(answers));
        return new Facts(
                answers.to(want.key().value()).map(SysctlModule::normal).orElse(null),
                answers.to(written(want.key())).orElse(null),
                want.key()
                        .greater()
                        .flatMap(all -> answers.to(all.value()))
                        .map(SysctlModule::normal)
                        .orElse(null),
                want.module() == null
                        ? null
                        : answers.to(moduleFile(want.module())).orElse(null),
                want.makesDeaf() ? SysctlRouters.read(answers) : Map.of(),
                SysctlFiles.read(answers),
                isQueueing(want.key()) ? Qdiscs.read(answers) : Qdiscs.NONE,
                DefaultReach.follows(want.key())
                        ? answers.to(exception(want.key())).orElse(null)
                        : null,
                DefaultReach.read(want.key(), answers));
    }

    static boolean isQueueing(SysctlKey key) {
        return key.equals(SysctlWant.QDISC);
    }

    @Override
    public Facts bare(Wanted wanted) {
        return Facts.of(SysctlFiles.NONE);
    }

    @Override
    public List<Change> diff(Wanted wanted, Facts have) {
        return switch (wanted) {
            case SysctlWant want -> diff(want, have);
            case SysctlGone gone -> gone.changes(have);
            case SysctlRest rest ->
                have.boot().files().entrySet().stream()
                        .filter(file -> !rest.leaves(file.getKey()))
                        .map(file -> Change.file(file.getKey(), file.getValue(), null))
                        .toList();
        };
    }

    private static List<Change> diff(SysctlWant want, Facts have) {
        have.boot().overruling(want.key(), want.value()).ifPresent(line -> {
            throw new Refused(
                    want.key().dotted() + " would not be " + want.value() + " after a boot: " + line.file()
                            + " sets " + new SysctlKey(line.path()).dotted() + " = " + line.value()
                            + " and is read after linkctl's files; "
                            + (line.file().startsWith("/etc/")
                                    ? "remove it there"
                                    : "a file of the same name in /etc/sysctl.d without that line takes its place (sysctl.d(5))"));
        });
        List<Change> out = new ArrayList<>(SysctlRouters.changes(have));
        String module = want.module();
        if (module != null && !(module + "\n").equals(have.moduleFile())) {
            out.add(Change.file(moduleFile(module).path(), have.moduleFile(), module + "\n"));
        }
        if (!SysctlHealth.runs(want, have))
            out.add(Change.state(want.key().dotted(), have.running(), SysctlHealth.running(want, have)));
        out.addAll(have.qdiscs().changes(want.value()));
        out.addAll(have.reach().changes(want, have.boot()));
        DefaultReach.files(want).forEach((path, text) -> {
            String now = path.equals(want.key().file()) ? have.file() : have.exception();
            if (!text.equals(now)) out.add(Change.file(path, now, text));
        });
        return out;
    }

    @Override
    public List<Step> steps(Wanted wanted, Facts have, List<Change> changes) {
        return switch (wanted) {
            case SysctlWant want -> steps(want, have, changes);
            case SysctlGone gone -> gone.steps(have, changes);
            case SysctlRest rest ->
                changes.stream()
                        .<Step>map(change -> new Step.RemoveFile(change.subject()))
                        .toList();
        };
    }

    private static List<Step> steps(SysctlWant want, Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>(SysctlRouters.steps(have, changes));
        String module = want.module();
        for (Change change : changes) {
            if (module != null && change.is(Change.Kind.FILE, moduleFile(module).path())) {
                out.add(Step.put(moduleFile(module).path(), "0644", module + "\n"));
            } else if (change.is(Change.Kind.STATE, want.key().dotted())) {
                if (module != null) out.add(Step.run("modprobe", module));
                out.add(new Step.WriteValue(want.key().proc(), want.value()));
            } else if (change.kind() == Change.Kind.FILE) {
                String text = DefaultReach.files(want).get(change.subject());
                if (text != null) out.add(Step.put(change.subject(), "0644", text));
            }
        }
        out.addAll(DefaultReach.steps(want, changes));
        return have.qdiscs().around(out, changes);
    }

    @Override
    public Optional<Memory> memory(Wanted wanted, Facts have, Optional<Memory> before) {
        return wanted instanceof SysctlWant want
                ? Optional.of(SysctlGone.memory(want, have, before))
                : Optional.empty();
    }

    @Override
    public Optional<Wanted> absent(Scope scope, Owned owned) {
        Map<SysctlKey, String> declared = new HashMap<>();
        for (Wanted wanted : want(scope)) if (wanted instanceof SysctlWant want) declared.put(want.key(), want.value());
        return Optional.of(SysctlGone.of(owned, declared));
    }

    @Override
    public List<String> adopts(Wanted wanted, Facts have) {
        return wanted instanceof SysctlWant want
                ? OurFiles.foreign(want.key().file(), have.file()).stream().toList()
                : List.of();
    }

    @Override
    public List<Finding> findings(Wanted wanted, Facts have, Answers answers) {
        return wanted instanceof SysctlWant want ? SysctlHealth.findings(want, have) : List.of();
    }

    @Override
    public List<Question<?>> importing() {
        return SysctlFound.questions();
    }

    @Override
    public List<Question<?>> importing(Answers first) {
        return SysctlFound.questions(first);
    }

    @Override
    public List<Found> found(Answers answers) {
        return SysctlFound.read(answers);
    }
}

package org.linkctl.modules.linux.sysctl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.parameters.SysctlKey;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;

/**
 * That linkctl sets a kernel parameter no more: its file goes, and the kernel gets back what was found at first.
 *
 * @param found the value then; null where nobody knows it
 * @param module the kernel module that was loaded at boot for its sake; it stays loaded until the next one
 * @param routers interfaces that were made to go on listening to routers
 */
record SysctlGone(
        String path, @Nullable String found, @Nullable String module, List<String> routers)
        implements SysctlModule.Wanted {
    private static final String FOUND = "found";
    private static final String MODULE = "module";
    private static final String ROUTERS = "routers";

    SysctlGone {
        routers = List.copyOf(routers);
    }

    /** A file of ours from before hosts remembered: the value is ours as well, and what was there before is not known. */
    static Memory memory(SysctlModule.Want want, SysctlModule.Facts have, Optional<Memory> before) {
        boolean first = before.isEmpty() && have.file() == null;
        Set<String> routers =
                new TreeSet<>(before.map(memory -> memory.words(ROUTERS)).orElse(List.of()));
        routers.addAll(SysctlRouters.listening(have));
        return Memory.OWNED
                .with(FOUND, before.flatMap(memory -> memory.value(FOUND)).orElse(first ? have.running() : null))
                .with(MODULE, want.module())
                .with(ROUTERS, routers);
    }

    static SysctlGone of(Owned owned) {
        Memory memory = owned.memory();
        return new SysctlGone(
                SysctlKey.parse(owned.name()).path(),
                memory.value(FOUND).orElse(null),
                memory.value(MODULE).orElse(null),
                memory.words(ROUTERS));
    }

    private SysctlKey key() {
        return new SysctlKey(path);
    }

    @Override
    public String id() {
        return "linux.sysctl[" + key().dotted() + "]";
    }

    /** Each file of ours, with the kernel's own value where that is to go back. */
    private Map<SysctlKey, Optional<String>> keys() {
        Map<SysctlKey, Optional<String>> out = new TreeMap<>(java.util.Comparator.comparing(SysctlKey::path));
        for (String device : routers) out.put(SysctlRouters.key(device), Optional.of("1"));
        out.put(key(), Optional.ofNullable(found));
        return out;
    }

    private static List<Question.ReadFile> files(SysctlKey key) {
        return List.of(key.value(), SysctlModule.written(key));
    }

    List<Question<?>> questions() {
        List<Question<?>> out = new ArrayList<>();
        keys().keySet().forEach(key -> out.addAll(files(key)));
        if (module != null) out.add(SysctlModule.moduleFile(module));
        if (SysctlModule.isQueueing(key())) out.add(Qdiscs.question());
        return out;
    }

    /** What the interfaces have stands among the routers', under the names of files and of the kernel's. */
    SysctlModule.Facts facts(Answers answers) {
        Map<String, String> others = new TreeMap<>();
        for (SysctlKey key : keys().keySet()) {
            for (Question.ReadFile file : files(key)) {
                answers.to(file).ifPresent(text -> others.put(file.path(), text));
            }
        }
        String file = module == null
                ? null
                : answers.to(SysctlModule.moduleFile(module)).orElse(null);
        Qdiscs qdiscs = SysctlModule.isQueueing(key()) ? Qdiscs.read(answers) : Qdiscs.NONE;
        return new SysctlModule.Facts(null, null, null, file, others, SysctlFiles.NONE, qdiscs);
    }

    /** A file that somebody else has put in the place of ours stays. */
    List<Change> changes(SysctlModule.Facts have) {
        List<Change> out = new ArrayList<>();
        if (module != null && (module + "\n").equals(have.moduleFile())) {
            out.add(Change.file(SysctlModule.moduleFile(module).path(), have.moduleFile(), null));
        }
        String own = have.routers().get(key().file());
        if (own != null && !OurFiles.isOurs(own)) return out;
        keys().forEach((key, back) -> {
            String now = have.routers().get(key.proc());
            String running = now == null ? null : SysctlModule.normal(now);
            if (running != null && back.isPresent() && !back.get().equals(running)) {
                out.add(Change.state(key.dotted(), running, back.get()));
            }
            if (running != null && SysctlModule.isQueueing(key))
                back.ifPresent(value -> out.addAll(have.qdiscs().changes(value)));
            String file = have.routers().get(key.file());
            if (file != null && OurFiles.isOurs(file)) out.add(Change.file(key.file(), file, null));
        });
        return out;
    }

    List<Step> steps(SysctlModule.Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        for (Change change : changes) {
            if (change.kind() == Change.Kind.STATE && change.subject().endsWith(Qdiscs.SUBJECT)) continue;
            String value = change.after();
            if (change.kind() == Change.Kind.FILE) out.add(new Step.RemoveFile(change.subject()));
            else if (value != null)
                out.add(new Step.WriteValue(SysctlKey.parse(change.subject()).proc(), value));
        }
        return have.qdiscs().around(out, changes);
    }
}

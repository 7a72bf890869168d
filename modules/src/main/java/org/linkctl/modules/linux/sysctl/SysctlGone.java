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
 * @param interfaces of a default: what interfaces had that got its value
 */
record SysctlGone(
        String path,
        @Nullable String found,
        @Nullable String module,
        List<String> routers,
        Map<String, String> interfaces)
        implements SysctlModule.Wanted {
    private static final String FOUND = "found";
    private static final String MODULE = "module";
    private static final String ROUTERS = "routers";
    private static final String INTERFACES = "interfaces";

    SysctlGone {
        routers = List.copyOf(routers);
        interfaces = Map.copyOf(interfaces);
    }

    /** A file of ours from before hosts remembered: the value is ours as well, and what was there before is not known. */
    static Memory memory(SysctlWant want, SysctlModule.Facts have, Optional<Memory> before) {
        boolean first = before.isEmpty() && have.file() == null;
        Set<String> routers =
                new TreeSet<>(before.map(memory -> memory.words(ROUTERS)).orElse(List.of()));
        routers.addAll(SysctlRouters.listening(have));
        return Memory.OWNED
                .with(FOUND, before.flatMap(memory -> memory.value(FOUND)).orElse(first ? have.running() : null))
                .with(MODULE, want.module())
                .with(ROUTERS, routers)
                .with(INTERFACES, interfaces(want, have, before));
    }

    private static Set<String> interfaces(SysctlWant want, SysctlModule.Facts have, Optional<Memory> before) {
        List<String> known = before.map(memory -> memory.words(INTERFACES)).orElse(List.of());
        return have.reach().found(want, have.boot(), known);
    }

    /** @param declared what the inventory sets: an interface gets that, by its own name or by a default, and not what it had */
    static SysctlGone of(Owned owned, Map<SysctlKey, String> declared) {
        Memory memory = owned.memory();
        SysctlKey key = SysctlKey.parse(owned.name());
        String found = memory.value(FOUND).orElse(null);
        if (key.device().isPresent() && DefaultReach.follows(key.of("default")))
            found = declared.getOrDefault(key.of("default"), found);
        Map<String, String> interfaces = new TreeMap<>();
        for (String word : memory.words(INTERFACES)) {
            int equals = word.lastIndexOf('=');
            String device = word.substring(0, Math.max(equals, 0));
            if (key.isDefault() && SysctlKey.isOne(key.path().replace("default", device)))
                interfaces.put(device, word.substring(equals + 1));
        }
        if (key.isDefault()) interfaces.keySet().removeIf(device -> declared.containsKey(key.of(device)));
        return new SysctlGone(key.path(), found, memory.value(MODULE).orElse(null), memory.words(ROUTERS), interfaces);
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
        if (DefaultReach.follows(key())) out.add(SysctlModule.exception(key()));
        given().keySet().forEach(key -> out.add(key.value()));
        return out;
    }

    /** What interfaces are to have again. */
    private Map<SysctlKey, String> given() {
        Map<SysctlKey, String> out = new TreeMap<>(java.util.Comparator.comparing(SysctlKey::path));
        interfaces.forEach((device, value) -> out.put(key().of(device), value));
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
        for (SysctlKey key : given().keySet()) answers.to(key.value()).ifPresent(text -> others.put(key.proc(), text));
        String exception = DefaultReach.follows(key())
                ? answers.to(SysctlModule.exception(key())).orElse(null)
                : null;
        String file = module == null
                ? null
                : answers.to(SysctlModule.moduleFile(module)).orElse(null);
        Qdiscs qdiscs = SysctlModule.isQueueing(key()) ? Qdiscs.read(answers) : Qdiscs.NONE;
        return new SysctlModule.Facts(
                null, null, null, file, others, SysctlFiles.NONE, qdiscs, exception, DefaultReach.NONE);
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
        given().forEach((key, value) -> {
            String now = have.routers().get(key.proc());
            if (now != null && !SysctlModule.normal(now).equals(value))
                out.add(Change.state(key.dotted(), SysctlModule.normal(now), value));
        });
        String exception = have.exception();
        if (exception != null) out.add(Change.file(key().exceptionFile(), exception, null));
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

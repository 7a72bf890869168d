package org.linkctl.modules.hostservices;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.HostFile;
import org.linkctl.model.HostService;
import org.linkctl.model.Os;
import org.linkctl.modules.declared.DeclaredNeeds;
import org.linkctl.modules.hostfiles.RestartNote;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/**
 * A service as it shall be, or as it was before linkctl.
 *
 * @param enabled null: as it is
 * @param running null: as it is
 * @param mayAppear there may be none yet: packages or files of this run may bring it
 * @param gone it is no longer declared
 * @param unset nothing said at first whether it is started at boot
 */
public record ServiceWant(
        Os system,
        String name,
        @Nullable Boolean enabled,
        @Nullable Boolean running,
        RestartNote.Watched watched,
        boolean mayAppear,
        boolean gone,
        boolean unset,
        Set<String> needs)
        implements Resource {
    private static final String BOOT = "boot";
    private static final String STATE = "state";
    private static final String UNSET = "unset";
    private static final String YES = "yes";
    private static final String NO = "no";

    public ServiceWant {
        needs = Set.copyOf(needs);
    }

    public static List<ServiceWant> all(Scope scope) {
        return scope.fabric().of(HostService.class, scope.host()).stream()
                .map(service -> of(scope, service))
                .toList();
    }

    private static ServiceWant of(Scope scope, HostService service) {
        Set<String> needs = new LinkedHashSet<>(DeclaredNeeds.packages(scope));
        boolean mayAppear = !needs.isEmpty();
        for (HostFile file : scope.fabric().of(HostFile.class, scope.host())) {
            needs.add(DeclaredNeeds.file(file.path()));
            mayAppear |= brings(file.path(), service.name());
        }
        return new ServiceWant(
                scope.host().os(),
                service.name(),
                service.enabled(),
                service.running(),
                RestartNote.Watched.of(scope, service),
                mayAppear,
                false,
                false,
                needs);
    }

    /** Whether a file is the unit (systemd.unit(5)) or the script (rc(8)) of a service. */
    private static boolean brings(String path, String service) {
        int slash = path.lastIndexOf('/');
        String folder = path.substring(0, slash);
        String base = path.substring(slash + 1);
        boolean named = base.equals(service) || base.startsWith(service + ".");
        return named && (folder.endsWith("/systemd/system") || folder.endsWith("/rc.d"));
    }

    /** What a host remembers of it is what shall be again. */
    public static ServiceWant former(Scope scope, Owned owned) {
        return new ServiceWant(
                scope.host().os(),
                owned.name(),
                was(owned.memory(), BOOT),
                was(owned.memory(), STATE),
                new RestartNote.Watched(owned.name(), List.of()),
                true,
                true,
                owned.memory().value(UNSET).isPresent(),
                Set.of());
    }

    private static @Nullable Boolean was(Memory memory, String key) {
        return memory.value(key).map(YES::equals).orElse(null);
    }

    /** What was found at first, of as much as is declared. */
    public Memory memory(Memory before, boolean isSet, boolean isEnabled, boolean isRunning) {
        Memory out = before;
        if (enabled != null && out.value(BOOT).isEmpty())
            out = out.with(BOOT, isEnabled ? YES : NO).with(UNSET, isSet ? null : YES);
        if (running != null && out.value(STATE).isEmpty()) out = out.with(STATE, isRunning ? YES : NO);
        return out;
    }

    @Override
    public String id() {
        return (system == Os.LINUX ? "linux" : "freebsd") + ".service[" + name + "]";
    }

    @Override
    public List<String> unknowns() {
        return watched.unknowns();
    }
}

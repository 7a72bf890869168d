package org.linkctl.cli.context;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.linkctl.cli.io.UserFolders;
import org.linkctl.dsl.read.ScriptCache;
import org.linkctl.engine.Connector;
import org.linkctl.engine.Events;
import org.linkctl.engine.Safety;
import org.linkctl.engine.Settings;
import org.linkctl.engine.ssh.SshConnector;
import org.linkctl.modules.Modules;
import org.linkctl.plan.Planner;
import org.linkctl.spi.Examination;
import org.linkctl.spi.SystemLimits;

/** What is installed: the modules, how to connect to hosts, and the folder on hosts for guards and records. */
public final class Installation {
    private final Supplier<Planner> planners;
    private final BiFunction<Settings, Events, Connector> connecting;
    private final @Nullable String home;
    private final ScriptCache scripts;
    private @Nullable Planner planner;

    private Installation(
            Supplier<Planner> planners,
            BiFunction<Settings, Events, Connector> connecting,
            @Nullable String home,
            ScriptCache scripts) {
        this.planners = planners;
        this.connecting = connecting;
        this.home = home;
        this.scripts = scripts;
    }

    public Installation(Planner planner, BiFunction<Settings, Events, Connector> connecting, String home) {
        this(() -> planner, connecting, home, ScriptCache.NONE);
    }

    /** With the usual folder on hosts. */
    public Installation(Planner planner, BiFunction<Settings, Events, Connector> connecting) {
        this(() -> planner, connecting, null, ScriptCache.NONE);
    }

    /**
     * All modules on the class path, and SSH. Compiled inventories are kept in the user's cache, if the launcher says in
     * the property {@code linkctl.build} which build this is.
     */
    public static Installation installed(Map<String, String> environment) {
        String build = System.getProperty("linkctl.build", "");
        ScriptCache scripts = build.isEmpty()
                ? ScriptCache.NONE
                : UserFolders.cache(environment)
                        .map(folder -> ScriptCache.in(folder.resolve("inventories"), build))
                        .orElse(ScriptCache.NONE);
        return new Installation(() -> new Planner(Modules.all()), SshConnector::new, null, scripts);
    }

    /** The modules; loaded at the first call, since not every command needs them. */
    public synchronized Planner planner() {
        if (planner == null) planner = planners.get();
        return planner;
    }

    public BiFunction<Settings, Events, Connector> connecting() {
        return connecting;
    }

    /** The folder on hosts for guards and records. */
    public String home() {
        return home == null ? Safety.USUAL.home() : home;
    }

    /** The cache of compiled inventories. */
    public ScriptCache scripts() {
        return scripts;
    }

    /** What cannot be declared for hosts of a system yet, as its modules say. */
    public List<SystemLimits> limits() {
        return Modules.limits();
    }

    /** What {@code linkctl doctor} looks at beside modules. */
    public List<Examination> examinations() {
        return Modules.examinations();
    }
}

package org.linkctl.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.BiFunction;
import org.linkctl.engine.Connector;
import org.linkctl.engine.Events;
import org.linkctl.engine.Settings;
import org.linkctl.engine.ssh.SshConnector;
import org.linkctl.plan.Planner;
import org.linkctl.spi.Module;

/** What the commands work with: the modules there are, and the way to hosts. */
public record Parts(Planner planner, BiFunction<Settings, Events, Connector> connecting) {
    /** Every module on the class path, by name, and SSH. */
    static Parts installed() {
        List<Module<?, ?>> modules = new ArrayList<>();
        for (Module<?, ?> module : ServiceLoader.load(Module.class)) modules.add(module);
        modules.sort(Comparator.comparing(Module::name));
        return new Parts(new Planner(modules), SshConnector::new);
    }
}

package org.linkctl.cli.context;

import java.util.List;
import java.util.function.BiFunction;
import org.linkctl.engine.Connector;
import org.linkctl.engine.Events;
import org.linkctl.engine.Safety;
import org.linkctl.engine.Settings;
import org.linkctl.engine.ssh.SshConnector;
import org.linkctl.modules.Modules;
import org.linkctl.plan.Planner;
import org.linkctl.spi.SystemLimits;

/** What is installed: the modules, how to connect to hosts, and the folder on hosts for guards and records. */
public record Installation(Planner planner, BiFunction<Settings, Events, Connector> connecting, String home) {
    /** With the usual folder on hosts. */
    public Installation(Planner planner, BiFunction<Settings, Events, Connector> connecting) {
        this(planner, connecting, Safety.USUAL.home());
    }

    /** All modules on the class path, and SSH. */
    public static Installation installed() {
        return new Installation(new Planner(Modules.all()), SshConnector::new);
    }

    /** What cannot be declared for hosts of a system yet, as its modules say. */
    public List<SystemLimits> limits() {
        return Modules.limits();
    }
}

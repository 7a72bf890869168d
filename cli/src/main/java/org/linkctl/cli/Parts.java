package org.linkctl.cli;

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

/** What the commands work with: the modules there are, the way to hosts, and where those keep what undoes a change. */
public record Parts(Planner planner, BiFunction<Settings, Events, Connector> connecting, String home) {
    /** As hosts have it. */
    public Parts(Planner planner, BiFunction<Settings, Events, Connector> connecting) {
        this(planner, connecting, Safety.USUAL.home());
    }

    /** What cannot be declared for hosts of a system yet, as its modules say. */
    public List<SystemLimits> limits() {
        return Modules.limits();
    }

    /** Every module on the class path, by name, and SSH. */
    static Parts installed() {
        return new Parts(new Planner(Modules.all()), SshConnector::new);
    }
}

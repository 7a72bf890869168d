package org.linkctl.cli;

import java.util.function.BiFunction;
import org.linkctl.engine.Connector;
import org.linkctl.engine.Events;
import org.linkctl.engine.Settings;
import org.linkctl.engine.ssh.SshConnector;
import org.linkctl.modules.Modules;
import org.linkctl.plan.Planner;

/** What the commands work with: the modules there are, and the way to hosts. */
public record Parts(Planner planner, BiFunction<Settings, Events, Connector> connecting) {
    /** Every module on the class path, by name, and SSH. */
    static Parts installed() {
        return new Parts(new Planner(Modules.all()), SshConnector::new);
    }
}

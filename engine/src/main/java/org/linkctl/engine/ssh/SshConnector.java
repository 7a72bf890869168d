package org.linkctl.engine.ssh;

import java.util.concurrent.Semaphore;
import org.linkctl.engine.Connection;
import org.linkctl.engine.Connector;
import org.linkctl.engine.Events;
import org.linkctl.engine.Settings;
import org.linkctl.engine.script.Limits;
import org.linkctl.model.Host;
import org.linkctl.model.SshTarget;

/** Connects by SSH, with the user's own OpenSSH configuration, keys, agent and known_hosts. */
public final class SshConnector implements Connector {
    private final Settings settings;
    private final Events events;
    private final SshConfig config;
    private final ClientFactory clients;
    private final BecomeRoot root;

    /** Each asks a process of ssh(1): more at once than processors would only slow each other down. */
    private final Semaphore asking = new Semaphore(Runtime.getRuntime().availableProcessors());

    public SshConnector(Settings settings, Events events) {
        this.settings = settings;
        this.events = events;
        PasswordCache passwords = new PasswordCache(settings.passwords());
        this.config = new SshConfig(settings.sshConfig());
        this.clients = new ClientFactory(settings, config, new UserAuthentication(new UserIdentities(passwords)));
        this.root = new BecomeRoot(passwords, Limits.of(settings.commandTimeout()));
    }

    @Override
    public void reach(Host host) {
        clients.reach(options(host));
    }

    private SshOptions options(Host host) {
        asking.acquireUninterruptibly();
        try {
            String login = settings.login();
            SshTarget said = host.ssh();
            return config.of(login == null ? said : new SshTarget(login, said.host(), said.port()));
        } finally {
            asking.release();
        }
    }

    @Override
    public Connection connect(Host host) {
        SshConnection connection = new SshConnection(host, options(host), clients, root, settings, events);
        boolean done = false;
        try {
            connection.openClient();
            done = true;
            return connection;
        } finally {
            if (!done) connection.close();
        }
    }

    @Override
    public void close() {
        clients.close();
    }
}

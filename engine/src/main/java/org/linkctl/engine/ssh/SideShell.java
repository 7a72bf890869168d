package org.linkctl.engine.ssh;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import net.schmizz.sshj.SSHClient;
import org.jspecify.annotations.Nullable;
import org.linkctl.engine.StepResult;
import org.linkctl.engine.Unreachable;
import org.linkctl.engine.script.Exchange;
import org.linkctl.engine.script.Limits;
import org.linkctl.engine.script.SecretRedactor;
import org.linkctl.engine.script.StepProgress;
import org.linkctl.shell.Step;

/**
 * A second root shell on a connection, for short steps while the first shell is busy. sshd allows ten sessions on a
 * connection (sshd_config(5), MaxSessions).
 */
final class SideShell {
    private final Current connection;
    private final BecomeRoot become;
    private final SecretRedactor redactor;
    private final Limits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable RootShell shell;

    /** The connection as it is now. */
    interface Current {
        /** Null: there is none. */
        @Nullable
        SSHClient client();

        /** How its first shell became root; null: it has not yet. */
        @Nullable
        ShellLaunch launch();
    }

    SideShell(Current connection, BecomeRoot become, SecretRedactor redactor, Limits limits) {
        this.connection = connection;
        this.become = become;
        this.redactor = redactor;
        this.limits = limits;
    }

    /**
     * Runs a step on the connection there is; makes none.
     *
     * @throws Unreachable where there is no connection, or it is lost meanwhile
     */
    StepResult run(Step step) {
        lock.lock();
        try {
            SSHClient client = connection.client();
            ShellLaunch launch = connection.launch();
            if (client == null || launch == null || !client.isConnected())
                throw new Unreachable("there is no connection");
            RootShell current = shell;
            if (current == null || !current.usable())
                shell = current = become.reopen(client, launch).root();
            return current.exchange(Exchange.steps(List.of(step), limits, StepProgress.NONE, redactor))
                    .getFirst();
        } catch (IOException e) {
            throw new Unreachable("beside a step that runs: " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    /** Closes the shell; a step that still runs in it ends with {@link Unreachable}. */
    void close() {
        RootShell current = shell;
        if (current != null) current.close();
    }
}

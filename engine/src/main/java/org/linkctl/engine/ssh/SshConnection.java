package org.linkctl.engine.ssh;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.locks.LockSupport;
import net.schmizz.sshj.SSHClient;
import org.jspecify.annotations.Nullable;
import org.linkctl.engine.Connection;
import org.linkctl.engine.Events;
import org.linkctl.engine.Settings;
import org.linkctl.engine.StepResult;
import org.linkctl.engine.Unreachable;
import org.linkctl.engine.script.Exchange;
import org.linkctl.engine.script.Limits;
import org.linkctl.engine.script.Shown;
import org.linkctl.model.Host;
import org.linkctl.shell.Question;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;

/** One SSH connection to one host, made when it is first needed and kept for everything. */
final class SshConnection implements Connection {
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private final Host host;
    private final SshOptions options;
    private final Links links;
    private final BecomeRoot root;
    private final Settings settings;
    private final Events events;
    private volatile @Nullable SSHClient client;
    private @Nullable Shell shell;
    private volatile boolean closed;

    SshConnection(Host host, SshOptions options, Links links, BecomeRoot root, Settings settings, Events events) {
        this.host = host;
        this.options = options;
        this.links = links;
        this.root = root;
        this.settings = settings;
        this.events = events;
    }

    @Override
    public Answers ask(Collection<Question> questions) {
        questions.forEach(question -> events.trace(host, "? " + Shown.of(question)));
        Exchange<Answers> exchange = Exchange.asking(questions, Limits.of(settings.commandTimeout()));
        try {
            return talk(exchange);
        } catch (Lost first) {
            events.trace(host, first.getMessage() + "; asking again over a new connection");
            try {
                return talk(exchange);
            } catch (Lost second) {
                throw new Unreachable(String.valueOf(second.getMessage()), second);
            }
        }
    }

    @Override
    public StepResult run(Step step) {
        events.trace(host, "$ " + Shown.of(step));
        try {
            StepResult result = talk(Exchange.doing(step, Limits.of(settings.stepTimeout())));
            events.trace(host, "= " + result.exit());
            return result;
        } catch (Lost e) {
            throw new Unreachable(e.getMessage() + " while a step ran", e);
        }
    }

    private <T> T talk(Exchange<T> exchange) throws Lost {
        try {
            SSHClient way = way();
            return Exec.talk(way, shell(way), exchange);
        } catch (Lost e) {
            drop();
            if (closed) throw new Unreachable("interrupted", e);
            throw e;
        } catch (IOException e) {
            throw new Unreachable(String.valueOf(e.getMessage()), e);
        }
    }

    /** The connection there is, or a new one where there is none or it is known to be dead. */
    SSHClient way() {
        SSHClient there = client;
        if (there != null && there.isConnected()) return there;
        if (closed) throw new Unreachable("interrupted");
        SSHClient made = links.open(options);
        client = made;
        if (closed) {
            drop();
            throw new Unreachable("interrupted");
        }
        events.trace(host, "connected to " + options.user() + "@" + options.place());
        return made;
    }

    private Shell shell(SSHClient way) throws Lost {
        Shell known = shell;
        if (known != null) return known;
        Shell found = root.on(way, options, host.become(), host.name());
        shell = found;
        return found;
    }

    @Override
    public void renew(Duration within) {
        long end = System.nanoTime() + within.toNanos();
        drop();
        while (true) {
            try {
                way();
                return;
            } catch (Unreachable e) {
                if (closed || System.nanoTime() >= end || Thread.currentThread().isInterrupted()) throw e;
                LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            }
        }
    }

    private void drop() {
        SSHClient there = client;
        client = null;
        if (there != null) Dial.closeQuietly(there);
    }

    @Override
    public void close() {
        closed = true;
        drop();
    }
}

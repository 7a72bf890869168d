package org.linkctl.engine.ssh;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import net.schmizz.sshj.SSHClient;
import org.jspecify.annotations.Nullable;
import org.linkctl.engine.Access;
import org.linkctl.engine.Connection;
import org.linkctl.engine.Events;
import org.linkctl.engine.Settings;
import org.linkctl.engine.StepResult;
import org.linkctl.engine.Unreachable;
import org.linkctl.engine.script.CommandBatch;
import org.linkctl.engine.script.CommandText;
import org.linkctl.engine.script.Exchange;
import org.linkctl.engine.script.FileBatch;
import org.linkctl.engine.script.Limits;
import org.linkctl.engine.script.SecretRedactor;
import org.linkctl.engine.script.ShellId;
import org.linkctl.engine.script.StepProgress;
import org.linkctl.model.Host;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/** An SSH connection to one host with one root shell, made when first needed and kept. */
final class SshConnection implements Connection {
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    /** Not shown: a host that echoes its input, or quotes it in an error, would show the script. */
    private static final String SECRET_WITHHELD =
            "the host answers something else; it is not shown, since the script holds a secret";

    private final Host host;
    private final SshOptions options;
    private final ClientFactory clients;
    private final BecomeRoot become;
    private final Settings settings;
    private final Events events;
    /** One script at a time: keepalives come from another thread than steps. */
    private final ReentrantLock lock = new ReentrantLock();

    private final SecretRedactor redactor = new SecretRedactor();
    private final ConcurrentLinkedQueue<ShellId> formerShells = new ConcurrentLinkedQueue<>();
    private volatile @Nullable SSHClient client;
    private volatile @Nullable RootShell root;
    private volatile @Nullable ShellLaunch shell;
    private final SideShell side;
    private volatile boolean closed;

    SshConnection(
            Host host, SshOptions options, ClientFactory clients, BecomeRoot become, Settings settings, Events events) {
        this.host = host;
        this.options = options;
        this.clients = clients;
        this.become = become;
        this.settings = settings;
        this.events = events;
        this.side = new SideShell(new Present(), become, redactor, limits());
    }

    @Override
    public Answers ask(Collection<Question<?>> questions) {
        lock.lock();
        try {
            return locked(questions);
        } finally {
            lock.unlock();
        }
    }

    private Answers locked(Collection<Question<?>> questions) {
        questions.forEach(question -> trace("? " + CommandText.of(question)));
        CommandBatch commands = new CommandBatch(questions);
        FileBatch files = new FileBatch(commands.questions());
        Answers answers = commands.answers(files.answers(answers(files.questions())));
        Set<Question<?>> more = commands.unanswered(answers);
        return more.isEmpty() ? answers : answers.and(answers(more));
    }

    private Answers answers(Collection<Question<?>> questions) {
        Exchange<Answers> exchange = Exchange.questions(questions, limits());
        try {
            return exchange(exchange);
        } catch (ConnectionLost first) {
            trace(first.getMessage() + "; asking again over a new connection");
            try {
                return exchange(exchange);
            } catch (ConnectionLost second) {
                throw new Unreachable(String.valueOf(second.getMessage()), second);
            }
        }
    }

    private Answers exchange(Exchange<Answers> exchange) throws ConnectionLost {
        try {
            Answers answers = rootShell().exchange(exchange);
            redactor.add(answers);
            return answers;
        } catch (ConnectionLost e) {
            drop();
            if (closed) throw new Unreachable("interrupted", e);
            throw e;
        } catch (ScriptRefused e) {
            if (closed) throw new Unreachable("interrupted", e);
            throw AccountRestriction.unreachable(options.user(), e, "");
        } catch (IOException e) {
            throw new Unreachable(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Optional<Access> access() {
        ShellLaunch launch = shell;
        if (launch == null || !(client instanceof StreamSshClient there)) return Optional.empty();
        return Optional.of(new Access(options.user() + "@" + options.place(), there.takenKey(), launch.shown()));
    }

    @Override
    public StepResult run(Step step) {
        return run(List.of(step), _ -> {}).getFirst();
    }

    @Override
    public List<StepResult> run(List<Step> steps, IntConsumer starting) {
        if (steps.isEmpty()) return List.of();
        lock.lock();
        try {
            return locked(steps, starting);
        } finally {
            lock.unlock();
        }
    }

    private List<StepResult> locked(List<Step> steps, IntConsumer starting) {
        StepTracker tracker = new StepTracker(steps, starting, this::trace);
        try {
            RootShell current = rootShell();
            tracker.sent();
            List<StepResult> results = new ArrayList<>();
            while (results.size() < steps.size()) {
                StepProgress progress = tracker.from(results.size());
                results.addAll(some(current, steps.subList(results.size(), steps.size()), progress));
                if (!results.getLast().ok()) break;
            }
            return results;
        } catch (ScriptRefused e) {
            if (closed) throw new Unreachable("interrupted" + tracker.position());
            if (!SecretRedactor.carriesSecret(steps)) throw new Unreachable(e.getMessage() + tracker.position(), e);
            throw new Unreachable(SECRET_WITHHELD + tracker.position()); // The cause would hold the secret.
        } catch (IOException e) {
            if (e instanceof ConnectionLost) drop();
            throw new Unreachable((closed ? "interrupted" : e.getMessage()) + tracker.position(), e);
        }
    }

    /** Carries out the first steps: one that sends a file, or all in one script up to such a one. */
    private List<StepResult> some(RootShell current, List<Step> steps, StepProgress progress) throws IOException {
        Limits limits = limits().withCommandTimeout(settings.stepTimeout());
        if (steps.getFirst() instanceof Step.SendFile send) {
            progress.starts(0);
            Path file = settings.files().of(send.artifact()).orElse(null);
            StepResult result = file == null
                    ? new StepResult(1, send.artifact().source() + " is not there on this machine")
                    : new FileTransfer(current, limits).send(send, file);
            progress.ended(0, result);
            return List.of(result);
        }
        List<Step> together = steps.stream()
                .takeWhile(step -> !(step instanceof Step.SendFile))
                .toList();
        return current.exchange(Exchange.steps(together, limits, progress, redactor));
    }

    @Override
    public StepResult runBeside(Step step) {
        if (!lock.tryLock()) return side.run(step);
        try {
            return locked(List.of(step), _ -> {}).getFirst();
        } finally {
            lock.unlock();
        }
    }

    private Limits limits() {
        return Limits.of(settings.commandTimeout());
    }

    /** The open connection, or a new one where there is none or it is known to be dead. */
    SSHClient openClient() {
        SSHClient current = client;
        if (current != null && current.isConnected()) return current;
        if (closed) throw new Unreachable("interrupted");
        SSHClient made = clients.open(options);
        client = made;
        if (closed) {
            drop();
            throw new Unreachable("interrupted");
        }
        trace("connected to " + options.user() + "@" + options.place());
        return made;
    }

    /** The open root shell, or a new one where there is none or it is known to be dead. */
    private RootShell rootShell() throws IOException {
        RootShell current = root;
        if (current != null && current.usable()) return current;
        abandon(current);
        SSHClient connection = openClient();
        ShellLaunch known = shell;
        BecomeRoot.RootAccess made = known == null
                ? become.open(connection, options, host.become(), host.name())
                : become.reopen(connection, known);
        shell = made.shell();
        root = made.root();
        for (ShellId shellId = formerShells.peek(); shellId != null; shellId = formerShells.peek()) {
            takeOver(made.root(), shellId);
            formerShells.remove(shellId);
        }
        return made.root();
    }

    /** Waits for the end of a step that a former shell still runs: nothing is probed or begun beside it. */
    private void takeOver(RootShell shell, ShellId shellId) throws IOException {
        trace("waiting for the end of what may still run there from before");
        Limits usual = limits();
        Duration longest = settings.stepTimeout().plus(usual.checkInterval().multipliedBy(4));
        if (!shell.exchange(Exchange.takeover(shellId, usual.withCommandTimeout(longest))))
            throw new Unreachable("what ran there when the connection was lost has not come to its end within "
                    + longest.toSeconds() + " s");
    }

    @Override
    public void reconnect(Duration within) {
        SSHClient current = client;
        // A call that waits for an answer over a connection that may be dead is ended.
        if (current != null && lock.isLocked() && !lock.isHeldByCurrentThread()) TcpConnector.closeQuietly(current);
        lock.lock();
        try {
            reconnectWithin(within);
        } finally {
            lock.unlock();
        }
    }

    private void reconnectWithin(Duration within) {
        long end = System.nanoTime() + within.toNanos();
        drop();
        while (true) {
            try {
                openClient();
                return;
            } catch (Unreachable e) {
                if (closed || System.nanoTime() >= end || Thread.currentThread().isInterrupted()) throw e;
                LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            }
        }
    }

    private void trace(String text) {
        events.trace(host, text);
    }

    private void abandon(@Nullable RootShell current) {
        root = null;
        if (current == null) return;
        current.self().ifPresent(formerShells::add);
        current.close();
    }

    private void drop() {
        abandon(root);
        side.close();
        SSHClient current = client;
        client = null;
        if (current != null) TcpConnector.closeQuietly(current);
    }

    @Override
    public void close() {
        closed = true;
        drop();
    }

    /** For the second shell. */
    private final class Present implements SideShell.Current {
        @Override
        public @Nullable SSHClient client() {
            return client;
        }

        @Override
        public @Nullable ShellLaunch launch() {
            return shell;
        }
    }
}

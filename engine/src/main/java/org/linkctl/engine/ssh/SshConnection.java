package org.linkctl.engine.ssh;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import net.schmizz.sshj.SSHClient;
import org.jspecify.annotations.Nullable;
import org.linkctl.engine.Connection;
import org.linkctl.engine.Events;
import org.linkctl.engine.Settings;
import org.linkctl.engine.StepResult;
import org.linkctl.engine.Unreachable;
import org.linkctl.engine.script.Exchange;
import org.linkctl.engine.script.Former;
import org.linkctl.engine.script.Hush;
import org.linkctl.engine.script.Limits;
import org.linkctl.engine.script.Progress;
import org.linkctl.engine.script.Shown;
import org.linkctl.model.Host;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/** One SSH connection to one host with one root shell on it, made when it is first needed and kept for everything. */
final class SshConnection implements Connection {
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    /** A host that echoes its input, or complains of it, would show the script. */
    private static final String UNTOLD =
            "the host answers something else; it is not shown, since the script holds a secret";

    private final Host host;
    private final SshOptions options;
    private final Links links;
    private final BecomeRoot become;
    private final Settings settings;
    private final Events events;
    /** One script at a time: signs of life come from another thread than steps. */
    private final ReentrantLock turn = new ReentrantLock();

    private final Hush hush = new Hush();
    private final ConcurrentLinkedQueue<Former> formers = new ConcurrentLinkedQueue<>();
    private volatile @Nullable SSHClient client;
    private volatile @Nullable RootShell root;
    private volatile @Nullable Shell shell;
    private final ReentrantLock asideTurn = new ReentrantLock();
    private volatile @Nullable RootShell aside;
    private volatile boolean closed;

    SshConnection(Host host, SshOptions options, Links links, BecomeRoot become, Settings settings, Events events) {
        this.host = host;
        this.options = options;
        this.links = links;
        this.become = become;
        this.settings = settings;
        this.events = events;
    }

    @Override
    public Answers ask(Collection<Question<?>> questions) {
        turn.lock();
        try {
            return inTurn(questions);
        } finally {
            turn.unlock();
        }
    }

    private Answers inTurn(Collection<Question<?>> questions) {
        questions.forEach(question -> trace("? " + Shown.of(question)));
        Exchange<Answers> exchange = Exchange.asking(questions, limits());
        try {
            return talk(exchange);
        } catch (Lost first) {
            trace(first.getMessage() + "; asking again over a new connection");
            try {
                return talk(exchange);
            } catch (Lost second) {
                throw new Unreachable(String.valueOf(second.getMessage()), second);
            }
        }
    }

    private Answers talk(Exchange<Answers> exchange) throws Lost {
        try {
            Answers answers = rooted().talk(exchange);
            hush.know(answers);
            return answers;
        } catch (Lost e) {
            drop();
            if (closed) throw new Unreachable("interrupted", e);
            throw e;
        } catch (RootShell.Refusal e) {
            throw new Unreachable(Account.closed(options.user(), e).orElse(String.valueOf(e.getMessage())), e);
        } catch (IOException e) {
            throw new Unreachable(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public StepResult run(Step step) {
        return run(List.of(step), _ -> {}).getFirst();
    }

    @Override
    public List<StepResult> run(List<Step> steps, IntConsumer starting) {
        if (steps.isEmpty()) return List.of();
        turn.lock();
        try {
            return inTurn(steps, starting);
        } finally {
            turn.unlock();
        }
    }

    private List<StepResult> inTurn(List<Step> steps, IntConsumer starting) {
        HowFar far = new HowFar(steps, starting, this::trace);
        try {
            RootShell there = rooted();
            far.sent();
            return there.talk(Exchange.doing(steps, limits().lasting(settings.stepTimeout()), far, hush));
        } catch (RootShell.Refusal e) {
            if (!Hush.concerns(steps)) throw new Unreachable(e.getMessage() + far.words(), e);
            throw new Unreachable(UNTOLD + far.words()); // Its cause would tell.
        } catch (IOException e) {
            if (e instanceof Lost) drop();
            throw new Unreachable((closed ? "interrupted" : e.getMessage()) + far.words(), e);
        }
    }

    @Override
    public StepResult beside(Step step) {
        if (!turn.tryLock()) return aside(step);
        try {
            return inTurn(List.of(step), _ -> {}).getFirst();
        } finally {
            turn.unlock();
        }
    }

    /** By a second shell on the same connection, since the first one is at work; sshd_config(5), MaxSessions: ten. */
    private StepResult aside(Step step) {
        asideTurn.lock();
        try {
            SSHClient way = client;
            Shell known = shell;
            if (way == null || known == null || !way.isConnected()) throw new Unreachable("there is no connection");
            RootShell there = aside;
            if (there == null || !there.usable())
                aside = there = become.again(way, known).open();
            return there.talk(Exchange.doing(List.of(step), limits(), Progress.UNHEARD, hush))
                    .getFirst();
        } catch (IOException e) {
            throw new Unreachable("beside a step that runs: " + e.getMessage(), e);
        } finally {
            asideTurn.unlock();
        }
    }

    private Limits limits() {
        return Limits.of(settings.commandTimeout());
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
        trace("connected to " + options.user() + "@" + options.place());
        return made;
    }

    /** The root shell there is, or a new one where there is none or it is known to be dead. */
    private RootShell rooted() throws IOException {
        RootShell there = root;
        if (there != null && there.usable()) return there;
        leave(there);
        SSHClient way = way();
        Shell known = shell;
        BecomeRoot.Rooted made =
                known == null ? become.on(way, options, host.become(), host.name()) : become.again(way, known);
        shell = made.shell();
        root = made.open();
        for (Former former = formers.peek(); former != null; former = formers.peek()) {
            succeed(made.open(), former);
            formers.remove(former);
        }
        return made.open();
    }

    /** What still runs there from before comes to its end first: nothing is looked at and nothing begun beside it. */
    private void succeed(RootShell shell, Former former) throws IOException {
        trace("waiting for the end of what may still run there from before");
        Limits usual = limits();
        Duration longest = settings.stepTimeout().plus(usual.look().multipliedBy(4));
        if (!shell.talk(Exchange.succeeding(former, usual.lasting(longest))))
            throw new Unreachable("what ran there when the connection was lost has not come to its end within "
                    + longest.toSeconds() + " s");
    }

    @Override
    public void renew(Duration within) {
        SSHClient there = client;
        // Whoever waits for an answer over a way that may be dead is not waited for.
        if (there != null && turn.isLocked() && !turn.isHeldByCurrentThread()) Dial.closeQuietly(there);
        turn.lock();
        try {
            comeBack(within);
        } finally {
            turn.unlock();
        }
    }

    private void comeBack(Duration within) {
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

    private void trace(String text) {
        events.trace(host, text);
    }

    private void leave(@Nullable RootShell there) {
        root = null;
        if (there == null) return;
        there.self().ifPresent(formers::add);
        there.close();
    }

    private void drop() {
        leave(root);
        RootShell second = aside;
        if (second != null) second.close();
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

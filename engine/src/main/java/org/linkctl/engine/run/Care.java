package org.linkctl.engine.run;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Supplier;
import org.linkctl.engine.Events;
import org.linkctl.engine.script.Hush;
import org.linkctl.model.Host;
import org.linkctl.plan.Planned;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Secrets;
import org.linkctl.spi.UnreadableFacts;

/**
 * How modules are called: whatever one throws comes out as {@link Refused} that names the resource. What is not understood
 * is quoted, and may be a secret that stands where none should: it is told without those that the run knows.
 */
final class Care {
    private final Events events;
    private final Hush hush = new Hush();

    Care(Events events, Secrets secrets) {
        this.events = events;
        secrets.byName().values().forEach(hush::know);
    }

    /** From now on what these answers hide is told nowhere. */
    void know(Answers answers) {
        hush.know(answers);
    }

    <T> T guarded(Host host, Planned<?, ?> planned, Supplier<T> work) {
        try {
            return work.get();
        } catch (Refused | UnreadableFacts e) {
            throw new Refused(planned.resource().id() + ": " + hush.of(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            throw mistake(host, planned, e);
        }
    }

    Refused mistake(Host host, Planned<?, ?> planned, RuntimeException e) {
        return mistake(
                host,
                "a mistake in module " + planned.module() + ", at "
                        + planned.resource().id(),
                e);
    }

    /** Told as one; with its stack for whoever wants to know. */
    Refused mistake(Host host, String what, RuntimeException e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        trace(host, text.toString());
        return new Refused(what + ": " + hush.of(e.toString()));
    }

    Refused refused(RuntimeException e) {
        return new Refused(hush.of(String.valueOf(e.getMessage())));
    }

    void trace(Host host, String text) {
        events.trace(host, hush.of(text));
    }
}

package org.linkctl.engine.run;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Supplier;
import org.linkctl.engine.Events;
import org.linkctl.engine.script.SecretRedactor;
import org.linkctl.model.Host;
import org.linkctl.plan.Planned;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Secrets;
import org.linkctl.spi.UnreadableFacts;

/**
 * Calls into modules: whatever one throws becomes {@link Refused} with the resource's id. Messages quote text that was
 * not understood, which may be a secret in the wrong place: known secrets are redacted.
 */
final class ModuleCalls {
    private final Events events;
    private final SecretRedactor redactor = new SecretRedactor();

    ModuleCalls(Events events, Secrets secrets) {
        this.events = events;
        secrets.byName().values().forEach(redactor::add);
    }

    /** From now on the secrets in these answers are redacted. */
    void redact(Answers answers) {
        redactor.add(answers);
    }

    <T> T call(Host host, Planned<?, ?> planned, Supplier<T> work) {
        try {
            return work.get();
        } catch (Refused | UnreadableFacts e) {
            throw new Refused(planned.resource().id() + ": " + redactor.redact(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            throw unexpected(host, planned, e);
        }
    }

    Refused unexpected(Host host, Planned<?, ?> planned, RuntimeException e) {
        return unexpected(
                host,
                "a mistake in module " + planned.module() + ", at "
                        + planned.resource().id(),
                e);
    }

    /** A refusal for an exception that is a defect of linkctl; the stack trace goes to the trace. */
    Refused unexpected(Host host, String what, RuntimeException e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        trace(host, text.toString());
        return new Refused(what + ": " + redactor.redact(e.toString()));
    }

    Refused refused(RuntimeException e) {
        return new Refused(redactor.redact(String.valueOf(e.getMessage())));
    }

    String redacted(String text) {
        return redactor.redact(text);
    }

    void trace(Host host, String text) {
        events.trace(host, redactor.redact(text));
    }
}

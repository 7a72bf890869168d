package org.linkctl.engine.script;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a root shell is told first, once, and what it says to that. */
public final class Opening {
    private static final Pattern READY =
            Pattern.compile("ready ([0-9]{1,10}) (/(?:run|dev/shm|tmp|var/tmp)/linkctl\\.[A-Za-z0-9]{10})");

    private final Script script;

    /** @param limits of questions: a command that may run longer is looked at as often */
    public Opening(Limits limits) {
        this.script = Scripts.opening(limits);
    }

    /** What goes to the shell's standard input; scripts may follow without waiting for the answer. */
    public byte[] input() {
        return script.bytes();
    }

    /**
     * Reads the answer, and whatever the login printed before it.
     *
     * @throws BadReply where it is another
     */
    public Former read(InputStream in) throws IOException {
        String said = new Frames(in, script).first();
        if (said.equals("noroom"))
            throw new BadReply(
                    "no folder there in which a scratch folder could be made: /run, /dev/shm, /tmp, /var/tmp");
        Matcher ready = READY.matcher(said);
        if (!ready.matches()) throw new BadReply("the frame \"ready\" is missing");
        return new Former(ready.group(1), ready.group(2), script.word());
    }
}

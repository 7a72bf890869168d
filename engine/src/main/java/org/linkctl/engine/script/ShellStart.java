package org.linkctl.engine.script;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first script of a root shell: it defines the functions that all others use, and makes the scratch folder. */
public final class ShellStart {
    private static final Pattern READY =
            Pattern.compile("ready ([0-9]{1,10}) (/(?:run|dev/shm|tmp|var/tmp)/linkctl\\.[A-Za-z0-9]{10})");

    private final Script script;

    /** @param limits those of questions; commands with a longer timeout are checked as often */
    public ShellStart(Limits limits) {
        this.script = ScriptWriter.start(limits);
    }

    /** The bytes for the shell's standard input; further scripts may follow without waiting for the answer. */
    public byte[] input() {
        return script.bytes();
    }

    /**
     * Reads the answer, and skips what the login printed before it.
     *
     * @throws BadReply where something else came
     */
    public ShellId read(InputStream in) throws IOException {
        String said = new FrameReader(in, script).first();
        if (said.equals("noroom"))
            throw new BadReply(
                    "no folder there in which a scratch folder could be made: /run, /dev/shm, /tmp, /var/tmp");
        Matcher ready = READY.matcher(said);
        if (!ready.matches()) throw new BadReply("the frame \"ready\" is missing");
        return new ShellId(ready.group(1), ready.group(2), script.word());
    }
}

package org.linkctl.engine;

import org.jspecify.annotations.Nullable;

/** A host could not be reached, or the connection was lost. The message is one line, ready to be shown. */
public final class Unreachable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** How far it came. */
    public enum Stage {
        /** Its name resolves to no address. */
        NAME("name"),
        /** Its address, or the port there, does not answer. */
        PORT("port"),
        HOST_KEY("host key"),
        LOGIN("login"),
        /** It is logged in, and does not become root. */
        ROOT("root"),
        /** Anything else, such as a jump host that does not answer. */
        CONNECTION("connection");

        private final String shown;

        Stage(String shown) {
            this.shown = shown;
        }

        public String shown() {
            return shown;
        }
    }

    private final Stage stage;
    private final String cure;

    public Unreachable(String why) {
        this(why, null);
    }

    public Unreachable(String why, @Nullable Throwable cause) {
        this(Stage.CONNECTION, why, cause, "");
    }

    /** @param cure what the user can do about it, a sentence without a full stop; empty where the reason says that */
    public Unreachable(Stage stage, String why, @Nullable Throwable cause, String cure) {
        super(why, cause);
        this.stage = stage;
        this.cure = cure;
    }

    /** What ssh_config(5) says of a host keeps linkctl from it. */
    public static Unreachable bySettings(String why) {
        return new Unreachable(
                Stage.CONNECTION,
                why,
                null,
                "say otherwise for this host in your ssh_config, or give linkctl another one by -F");
    }

    /** The reason. */
    public String why() {
        return String.valueOf(getMessage());
    }

    public Stage stage() {
        return stage;
    }

    public String cure() {
        return cure;
    }
}

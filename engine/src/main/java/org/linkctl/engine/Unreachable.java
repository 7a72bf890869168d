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

    /** Of whatever has no cure of its own, such as a connection that is lost while it is used. */
    private static final String LOOK =
            "look whether the host and the way to it are up, and run it again: ssh -v to the host says" + " more";

    private final Stage stage;
    private final String cure;

    public Unreachable(String why) {
        this(why, null);
    }

    public Unreachable(String why, @Nullable Throwable cause) {
        this(Stage.CONNECTION, why, cause, LOOK);
    }

    /** @param cure what the user can do about it, a sentence without a full stop */
    public Unreachable(Stage stage, String why, @Nullable Throwable cause, String cure) {
        super(why, cause);
        this.stage = stage;
        this.cure = cure.isBlank() ? LOOK : cure;
    }

    /** The way to a host, other than its port: a jump host, ssh(1) itself. */
    public static Unreachable by(String why, @Nullable Throwable cause, String cure) {
        return new Unreachable(Stage.CONNECTION, why, cause, cure);
    }

    /** What ssh_config(5) says of a host keeps linkctl from it. */
    public static Unreachable bySettings(String why) {
        return by(why, null, "say otherwise for this host in your ssh_config, or give linkctl another one by -F");
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

package org.linkctl.cli.command;

/** Exit statuses. */
public final class Exit {
    public static final int OK = 0;
    public static final int ERROR = 1;
    /** With {@code --detailed-exitcode}: something would change. */
    public static final int CHANGES = 2;

    private Exit() {}
}

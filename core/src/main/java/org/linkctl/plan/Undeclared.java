package org.linkctl.plan;

/** What becomes of what linkctl owns on a host and the inventory declares no more. */
public enum Undeclared {
    /** It is taken away; what nobody could make again, such as keys, stays, and stays owned. */
    REMOVED,
    /** It is taken away, keys too. */
    PURGED,
    /** It stays as it is, and linkctl owns it no more. */
    FORGOTTEN
}

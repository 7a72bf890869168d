package org.linkctl.model;

/** How a login that is not root becomes root. AUTO takes sudo(8) where it is, else doas(1); root needs neither. */
public enum Become {
    AUTO,
    NONE,
    SUDO,
    DOAS
}

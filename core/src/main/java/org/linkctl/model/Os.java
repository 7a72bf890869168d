package org.linkctl.model;

/** Operating systems that hosts run. */
public enum Os {
    LINUX,
    FREEBSD
}

package org.linkctl.spi;

/** What was found on a host is nothing linkctl can configure; the message names it. The host is left as it is. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Refused(String what) {
        super(what);
    }
}

package org.linkctl.dsl.words;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a positional value that is declared as {@code Object} may be, as messages tell it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@interface Takes {
    String HOST = "a host, or its name";
    String WAY = "a tunnel, several of them, a host or a site, or the name of one or of a group of tunnels";

    String value();
}

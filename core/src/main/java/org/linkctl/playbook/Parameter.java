package org.linkctl.playbook;

import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;

/**
 * A value that is given when a playbook is run.
 *
 * @param takes what it takes, as a phrase: {@code a whole number from 1 to 10}
 * @param about what it is for
 * @param value as it is used in this run, as text; null where it has to be given and was not
 * @param given whether it was given, and is not the default
 */
public record Parameter(
        String name, String takes, String about, @Nullable String value, boolean given, Place at) {}

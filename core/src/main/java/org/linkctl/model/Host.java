package org.linkctl.model;

import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;

/**
 * A machine that linkctl configures.
 *
 * @param site the name of its site
 * @param gateway the name of the host through which this one reaches the far sites' LANs; null where it needs none
 */
public record Host(
        String name,
        String site,
        Os os,
        SshTarget ssh,
        Become become,
        @Nullable String gateway,
        Place at) {}

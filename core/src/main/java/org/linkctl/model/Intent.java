package org.linkctl.model;

import org.linkctl.diag.Place;

/**
 * One thing that was asked for. The checks know every kind by name, but for those that are declared for one host and that
 * nothing else depends on: they are {@link HostIntent}s.
 */
public sealed interface Intent permits Link, Sysctl, Tunnel, Route, Pair, Group, Hub, HostOrPairIntent, HostIntent {
    Place at();
}

package org.linkctl.model;

import org.linkctl.diag.Place;

/** One thing that was asked for. The set is closed: the checks, the modules and the JSON form know every case. */
public sealed interface Intent
        permits Bond, Nic, Sysctl, Tunnel, Route, Pair, Vip, StateSync, ProxyArp, Firewall, Balance, Hub, Publish {
    Place at();
}

package org.linkctl.model;

/** A thing that is declared for one host, or for a pair: then each of its hosts has it. */
public sealed interface HostOrPairIntent extends Intent
        permits Vip, StateSync, Witness, ProxyArp, Firewall, Balance, Publish {
    /** The name of the host or pair. */
    String hostOrPair();
}

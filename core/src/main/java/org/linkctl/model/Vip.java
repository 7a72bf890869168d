package org.linkctl.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.net.Cidr;

/**
 * Addresses that the master of a pair holds: CARP on FreeBSD (carp(4)), VRRP on Linux.
 *
 * @param pair the name of the pair
 * @param id the virtual host id, 1 to 255; both hosts of the pair and nobody else on that network have it
 * @param on the interface, on both hosts
 * @param prefer the name of the host that is master when both are there; null: the first one
 * @param interval seconds between advertisements, 1 to 255; null: as the system has it
 * @param preempt the preferred host takes the addresses back when it returns
 * @param actions what a host runs when it has become one or the other, in this order
 */
public record Vip(
        String pair,
        int id,
        String on,
        List<Cidr> addresses,
        @Nullable SecretRef password,
        @Nullable String prefer,
        @Nullable Integer interval,
        boolean preempt,
        List<Action> actions,
        Place at)
        implements HostOrPairIntent {
    @Override
    public String hostOrPair() {
        return pair;
    }

    /** What a host is to the addresses. */
    public enum Role {
        /** It holds them. */
        MASTER,
        /** It stands by. */
        BACKUP
    }

    /**
     * A program of the user's that a host runs when it has become this.
     *
     * @param program its path on the host
     */
    public record Action(Role role, String program, List<String> arguments, Place at) {
        public Action {
            arguments = List.copyOf(arguments);
        }
    }

    public Vip {
        addresses = List.copyOf(addresses);
        actions = List.copyOf(actions);
    }

    /** Seconds between advertisements in whole ones, as carp(4) takes them: its own default is 1. */
    public int seconds() {
        return interval == null ? 1 : interval;
    }

    /** The host that is master when both are there. */
    public String preferred(Fabric fabric) {
        return prefer != null ? prefer : fabric.hostsOf(pair).getFirst().name();
    }
}

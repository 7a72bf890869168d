package org.linkctl.check;

import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.model.StateSync;
import org.linkctl.model.Vip;

/**
 * What a pair needs on its system, and what does nothing there: CARP and pfsync on FreeBSD (carp(4), pfsync(4)), VRRP version
 * 3 and conntrackd on Linux. One inventory serves both, so what one of them does not have is no error.
 */
final class PairSystemChecks {
    /** RFC 9568 section 5.2.7: 12 bits of hundredths of a second. */
    private static final int LONGEST = 40;

    private final Refusals refusals;

    PairSystemChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Vip vip : fabric.all(Vip.class)) {
            if (on(fabric, vip.pair(), Os.FREEBSD)) carp(vip);
            if (on(fabric, vip.pair(), Os.LINUX)) vrrp(vip);
        }
        for (StateSync sync : fabric.all(StateSync.class)) {
            if (on(fabric, sync.pair(), Os.LINUX)) conntrackd(fabric, sync);
        }
    }

    private static boolean on(Fabric fabric, String pair, Os system) {
        return fabric.hostsOf(pair).stream().map(Host::os).anyMatch(system::equals);
    }

    private void carp(Vip vip) {
        if (vip.password() != null) return;
        refusals.conflict(
                vip.at(),
                "password",
                "",
                "vip " + vip.id() + " has no password:",
                "carp(4) signs its advertisements with it: password: secret('...'), 4 to 20 letters and digits");
    }

    private void vrrp(Vip vip) {
        if (vip.seconds() > LONGEST) {
            refusals.value(
                    vip.at(),
                    "interval",
                    Integer.toString(vip.seconds()),
                    "interval: " + vip.seconds() + " is out of range on a " + Os.LINUX + " host",
                    "from 1 to " + LONGEST + " seconds (RFC 9568, section 5.2.7)");
        }
        if (vip.password() == null) return;
        refusals.doubt(
                vip.at(),
                "password",
                "",
                "password: does nothing on a " + Os.LINUX + " host",
                "VRRP version 3 has no authentication (RFC 9568, section 9). Instead the two hosts send their"
                        + " advertisements to each other's address alone, and a rule of linkctl's in nftables lets in no"
                        + " other's");
    }

    private void conntrackd(Fabric fabric, StateSync sync) {
        if (sync.multicast()) group(fabric, sync);
        if (sync.defer()) nothing(sync, "defer", "the kernel passes a packet on before conntrackd(8) tells of it");
        if (sync.maxUpdates() != null) {
            nothing(sync, "maxUpdates", "conntrackd(8) fills its packets up to the interface's MTU by itself");
        }
    }

    /** conntrackd.conf(5), IPv4_interface. */
    private void group(Fabric fabric, StateSync sync) {
        for (Host host : fabric.hostsOf(sync.pair())) {
            if (!fabric.interfaces(host).contains(sync.on())) return; // said by others
            if (fabric.addresses(host, sync.on()).stream().anyMatch(address -> !address.isV6())) continue;
            refusals.conflict(
                    sync.at(),
                    "on",
                    sync.on(),
                    "on: " + Names.shown(sync.on()) + " of " + Names.shown(host.name()) + " has no IPv4 address",
                    "conntrackd(8) sends to a group from one, on a " + Os.LINUX + " host");
        }
    }

    private void nothing(StateSync sync, String attribute, String why) {
        refusals.doubt(sync.at(), attribute, "", attribute + ": does nothing on a " + Os.LINUX + " host", why);
    }
}

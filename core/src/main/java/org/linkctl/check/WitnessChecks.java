package org.linkctl.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.linkctl.diag.Place;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Os;
import org.linkctl.model.Tunnel;
import org.linkctl.model.Vip;
import org.linkctl.model.Witness;
import org.linkctl.net.Ip;

/** The third host of a pair: one of its own, that both reach without each other and without what the master alone has. */
final class WitnessChecks {
    private final Refusals refusals;

    WitnessChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        Map<String, Place> seen = new HashMap<>();
        for (Witness witness : fabric.all(Witness.class)) {
            Place first = seen.putIfAbsent(witness.pair(), witness.at());
            if (first != null) {
                String summary = "a second witness of pair '" + Names.shown(witness.pair()) + "'";
                conflict(witness, "", "", summary, "the other is at " + first + "; a majority is two of three");
            }
            pair(fabric, witness);
            host(fabric, witness);
            address(fabric, witness);
            device(fabric, witness);
        }
    }

    private void pair(Fabric fabric, Witness witness) {
        String pair = "pair '" + Names.shown(witness.pair()) + "'";
        if (fabric.vipsOf(witness.pair()).isEmpty()) {
            conflict(witness, "", "", pair + " has a witness and no vip", "the witness decides who holds a vip");
        }
        if (fabric.hostsOf(witness.pair()).stream().anyMatch(host -> host.os() != Os.LINUX)) {
            conflict(
                    witness,
                    "",
                    "",
                    "witness: does not work for " + pair + ", whose hosts are " + Os.FREEBSD,
                    "carp(4) has no state in which a host whose interface is up does not answer: without another host that"
                            + " it hears it is master");
        }
    }

    private void host(Fabric fabric, Witness witness) {
        Host host = fabric.host(witness.host()).orElse(null);
        if (host == null) {
            List<Host> own = fabric.hostsOf(witness.pair());
            List<String> known = fabric.hosts().stream()
                    .filter(one -> !own.contains(one))
                    .map(Host::name)
                    .toList();
            boolean other = new OtherKind(refusals, fabric)
                    .refuses(
                            witness.at(),
                            "name",
                            witness.host(),
                            "host",
                            "a witness is one host, and none of the pair",
                            one -> !own.contains(one));
            String kind = known.isEmpty() ? "host beside those of the pair" : "host";
            if (!other) refusals.unknown(witness.at(), "name", kind, witness.host(), known);
            return;
        }
        if (fabric.hostsOf(witness.pair()).contains(host)) {
            String summary = "witness: '" + Names.shown(witness.host()) + "' is one of the two hosts";
            conflict(witness, "name", witness.host(), summary, "a third one decides between them");
        }
        if (host.os() != Os.LINUX) {
            conflict(
                    witness,
                    "name",
                    witness.host(),
                    "witness: '" + Names.shown(witness.host()) + "' is a " + host.os() + " host",
                    "its vote is a set of nftables with one place, which pf(4) does not have");
        }
    }

    private void address(Fabric fabric, Witness witness) {
        Ip address = witness.address();
        String written = address.text();
        if (refusals.mapped(witness.at(), "address", address)) return;
        String special = Bits.special(address);
        if (special != null) {
            String summary = "address: '" + written + "' is " + special + " address";
            refusals.value(witness.at(), "address", written, summary, "");
            return;
        }
        for (Host host : fabric.hostsOf(witness.pair())) {
            String device = fabric.holder(host, address).orElse(null);
            if (device != null) {
                String summary = "address: '" + written + "' is an address of " + Names.shown(host.name());
                conflict(witness, "address", written, summary, "it is to be the witness's");
                return;
            }
            String tunnel = tunnels(fabric, host)
                    .filter(name -> fabric.addresses(host, name).stream().anyMatch(own -> own.contains(address)))
                    .findFirst()
                    .orElse(null);
            if (tunnel == null) continue;
            String summary = "address: '" + written + "' is in the network of " + Names.shown(tunnel) + " of "
                    + Names.shown(host.name());
            conflict(
                    witness,
                    "address",
                    written,
                    summary,
                    "a witness that is reached by a tunnel is gone with it, and a hub's tunnels are the master's alone: name"
                            + " the address outside of it");
            return;
        }
    }

    private static Stream<String> tunnels(Fabric fabric, Host host) {
        return Stream.concat(
                fabric.tunnels(host).stream().map(Tunnel::name),
                fabric.hubs(host).stream().map(Hub::name));
    }

    /** The network by which clients come: who is cut off from it shall not get the vote. */
    private void device(Fabric fabric, Witness witness) {
        List<String> devices =
                fabric.vipsOf(witness.pair()).stream().map(Vip::on).distinct().toList();
        if (devices.isEmpty()) return; // said above
        if (witness.on() == null && devices.size() > 1) {
            conflict(
                    witness,
                    "on",
                    "",
                    "witness: by which interface do the two hosts ask?",
                    "the pair has vips on " + NameList.of(devices) + ": on: '" + Names.shown(devices.getFirst()) + "'");
            return;
        }
        if (witness.on() != null && !devices.contains(witness.on())) {
            refusals.unknown(witness.at(), "on", "interface with a vip of the pair", witness.on(), devices);
            return;
        }
        String on = witness.device(fabric);
        boolean v6 = witness.address().isV6();
        for (Host host : fabric.hostsOf(witness.pair())) {
            if (!fabric.interfaces(host).contains(on)) return; // said of the vip
            if (fabric.addresses(host, on).stream().anyMatch(own -> own.isV6() == v6)) continue;
            conflict(
                    witness,
                    "address",
                    witness.address().text(),
                    "address: " + Names.shown(on) + " of " + Names.shown(host.name()) + " has no "
                            + (v6 ? "IPv6" : "IPv4") + " address",
                    "it asks " + witness.address() + " from one of its own");
        }
    }

    private void conflict(Witness witness, String attribute, String value, String summary, String detail) {
        refusals.conflict(witness.at(), attribute, value, summary, detail);
    }
}

package org.linkctl.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a QEMU's network cards are plugged into.
 *
 * @param spec the lab
 * @param sockets the folder with the wires' sockets
 */
record Plugs(LabSpec spec, Path sockets) {
    private static final Pattern FORWARD = Pattern.compile("HOST_FORWARD\\S*\\s+\\S+\\s+127\\.0\\.0\\.1\\s+(\\d+)");

    /** Plugs in a host's wires while it is still stopped, so that it finds them all at once and in order. */
    void into(Qmp qmp, String host) {
        int hostNumber = 1 + spec.hosts().stream().map(HostSpec::name).toList().indexOf(host);
        for (WireSpec.End end : spec.endsOf(host)) {
            String wire = "wire" + end.number();
            Map<String, String> far = socket(otherEnd(spec.wires(), end));
            qmp.execute("netdev_add", Map.of("type", "dgram", "id", wire, "local", socket(end), "remote", far));
            qmp.execute(
                    "device_add",
                    Map.of(
                            "driver",
                            "virtio-net-pci",
                            "netdev",
                            wire,
                            "id",
                            end.nic(),
                            "mac",
                            "52:54:00:%02x:00:%02x".formatted(hostNumber, end.number()),
                            "romfile",
                            "",
                            // What the bond of 802.3ad asks of a member before it aggregates it.
                            "speed",
                            1000,
                            "duplex",
                            "full",
                            "addr",
                            QemuArgs.wireSlot(end.number())));
        }
    }

    private Map<String, String> socket(WireSpec.End end) {
        return Map.of(
                "type",
                "unix",
                "path",
                sockets.resolve(end.host() + "." + end.nic()).toString());
    }

    /** Where the wire at {@code end} leads to. */
    static WireSpec.End otherEnd(List<WireSpec> wires, WireSpec.End end) {
        for (WireSpec wire : wires) {
            if (wire.a().equals(end)) {
                return wire.b();
            }
            if (wire.b().equals(end)) {
                return wire.a();
            }
        }
        throw new LabException("no wire ends at " + end.nic() + " of " + end.host());
    }

    /** The port of 127.0.0.1 that leads to the host's sshd. */
    static int forwardedPort(Qmp qmp) {
        return forwardedPort(qmp.human("info usernet"));
    }

    /** Finds that port in what QEMU's monitor says of its user network. */
    static int forwardedPort(String usernet) {
        Matcher m = FORWARD.matcher(usernet);
        return Optional.of(m)
                .filter(Matcher::find)
                .map(found -> Integer.parseInt(found.group(1)))
                .orElseThrow(() -> new LabException("QEMU forwards no port: " + usernet));
    }
}

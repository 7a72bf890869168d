package org.linkctl.modules.linux.conntrackd;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.StateSync;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.pair.PairFiles;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.linux.systemd.UnitState;
import org.linkctl.modules.pairs.PairEnds;
import org.linkctl.net.Ip;

/**
 * The text of conntrackd.conf(5), in a file of our own beside the distribution's: the two write each other's connections into
 * the kernel at once, so a new master has nothing to commit.
 */
final class ConntrackdConf {
    static final String UNIT = "linkctl-conntrackd.service";
    private static final String RUN = "/run/linkctl-conntrackd";

    /** How many connections a kernel keeps where nothing is said (kernel: nf_conntrack-sysctl.rst, nf_conntrack_max). */
    private static final int STATES = 262_144;

    private static final String GROUP = "225.0.0.50"; // of conntrackd.conf(5)'s examples

    private static final String UNIT_TEXT =
            """
            %1$s
            [Unit]
            Description=linkctl: tells the other host of the pair of connections
            After=network-online.target
            Wants=network-online.target
            Before=keepalived.service
            StartLimitIntervalSec=0

            [Service]
            Type=notify
            RuntimeDirectory=linkctl-conntrackd
            ExecStartPre=/bin/sh -c 'cat %2$s %3$s >%4$s/started'
            ExecStart=/usr/sbin/conntrackd -C %2$s
            ProtectSystem=full
            ProtectHome=true
            Restart=always
            RestartSec=1

            [Install]
            WantedBy=multi-user.target
            """.formatted(OurFiles.MARK, PairFiles.CONNTRACKD, UnitState.path(UNIT), RUN);

    private ConntrackdConf() {}

    static KeptService service(String text) {
        return new KeptService(
                UNIT,
                RUN + "/started",
                List.of(
                        new KeptService.KeptFile(PairFiles.CONNTRACKD, "0644", text),
                        new KeptService.KeptFile(UnitState.path(UNIT), "0644", UNIT_TEXT)));
    }

    static String text(Fabric fabric, Host host, StateSync sync, PairEnds ends) {
        List<String> out = new ArrayList<>(List.of(
                OurFiles.MARK,
                "Sync {",
                "    Mode FTFW {",
                "        DisableExternalCache On",
                "        ResendQueueSize 131072",
                "        PurgeTimeout 60",
                "        ACKWindowSize 300",
                "        StartupResync On",
                "    }"));
        if (sync.multicast()) {
            out.addAll(List.of(
                    "    Multicast {",
                    "        IPv4_address " + GROUP,
                    "        Group " + PairFiles.STATES,
                    "        IPv4_interface " + ends.self()));
        } else {
            out.addAll(List.of(
                    "    UDP {",
                    "        IPv4_address " + ends.self(),
                    "        IPv4_Destination_Address " + ends.peer(),
                    "        Port " + PairFiles.STATES));
        }
        out.addAll(List.of(
                "        Interface " + sync.on(),
                "        SndSocketBuffer 1249280",
                "        RcvSocketBuffer 1249280",
                "        Checksum on",
                "    }",
                "    Options {",
                "        TCPWindowTracking Off",
                "    }",
                "}"));
        out.addAll(general(fabric, host));
        return String.join("\n", out) + "\n";
    }

    /**
     * All protocols: conntrackd looks their names up in /etc/protocols, which a small host does not have, and without them leaves
     * out all that it reads of the kernel's table (src/read_config_yy.y, filter_item; src/filter.c).
     */
    private static List<String> general(Fabric fabric, Host host) {
        int states = fabric.one(Firewall.class, host)
                .map(firewall -> firewall.limits().get(Firewall.Limit.STATES.word()))
                .orElse(STATES);
        List<String> out = new ArrayList<>(List.of(
                "General {",
                "    Systemd on",
                "    HashSize 65536",
                "    HashLimit " + 2 * Math.max(states, STATES),
                "    LogFile Off",
                "    Syslog On",
                "    LockFile " + RUN + "/lock",
                "    UNIX {",
                "        Path " + RUN + "/ctl",
                "    }",
                "    NetlinkBufferSize 2097152",
                "    NetlinkBufferSizeMaxGrowth 8388608",
                "    Filter From Kernelspace {",
                "        Address Ignore {"));
        for (Ip own : own(fabric, host)) {
            out.add("            " + (own.isV6() ? "IPv6_address " : "IPv4_address ") + own);
        }
        out.addAll(List.of("            IPv6_address fe80::/10", "        }", "    }", "}"));
        return out;
    }

    /** Connections of one host with itself, or with its own addresses, are nothing that the other could go on with. */
    private static List<Ip> own(Fabric fabric, Host host) {
        Set<Ip> out = new LinkedHashSet<>(List.of(Ip.of("127.0.0.1"), Ip.of("::1")));
        for (Host one : hosts(fabric, host)) {
            for (String device : fabric.interfaces(one)) {
                if (fabric.hubs(one).stream().anyMatch(hub -> hub.name().equals(device))) continue;
                fabric.addresses(one, device).forEach(address -> out.add(address.address()));
            }
        }
        return List.copyOf(out);
    }

    private static List<Host> hosts(Fabric fabric, Host host) {
        List<Host> out = new ArrayList<>(List.of(host));
        PairEnds.other(fabric, host).ifPresent(out::add);
        return out.stream().sorted((a, b) -> a.name().compareTo(b.name())).collect(Collectors.toList());
    }
}

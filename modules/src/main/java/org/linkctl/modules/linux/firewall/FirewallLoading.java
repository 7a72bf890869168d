package org.linkctl.modules.linux.firewall;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.systemd.UnitState;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.shell.ShellTemplate;

/** The files of a firewall: its text, what is loaded where that cannot be, the program that loads it, and the program's unit. */
final class FirewallLoading {
    static final String FILE = "/etc/linkctl/nftables/firewall.nft";
    static final String FALLBACK = "/etc/linkctl/nftables/firewall-fallback.nft";
    static final String PROGRAM = "/usr/local/lib/linkctl/load-firewall";
    static final String UNIT = "linkctl-firewall.service";
    static final String UNIT_FILE = UnitState.path(UNIT);

    /** What the table was loaded from. */
    static final String SOURCE = "/run/linkctl/firewall.source";

    /** What nft(8) showed of the table when it was loaded. */
    static final String SHOWN = "/run/linkctl/firewall.rules";

    static final String STATES = "/proc/sys/net/netfilter/nf_conntrack_max";

    private static final ShellTemplate LOAD = ShellFile.of(FirewallLoading.class, "load.sh");

    /**
     * Before any interface is up (systemd.special(7), network-pre.target), and without the default dependencies, since what
     * brings interfaces up has none either. nftables.service flushes every table when it starts, reloads and stops: this
     * unit follows it in all of them.
     */
    static final String UNIT_TEXT = OurFiles.MARK + "\n" + """
        [Unit]
        Description=linkctl: the firewall of this host
        DefaultDependencies=no
        RequiresMountsFor=/etc/linkctl /usr/local/lib/linkctl
        Wants=network-pre.target
        Before=network-pre.target shutdown.target
        Conflicts=shutdown.target
        After=nftables.service
        PartOf=nftables.service
        ReloadPropagatedFrom=nftables.service

        [Service]
        Type=oneshot
        RemainAfterExit=yes
        ExecStart=%1$s
        ExecReload=%1$s

        [Install]
        WantedBy=multi-user.target nftables.service
        """.formatted(PROGRAM);

    private FirewallLoading() {}

    /**
     * @param fallback there is a text for where the first cannot be loaded
     * @param states how many connections are kept; null: as the kernel has it
     */
    static String program(boolean fallback, @Nullable Integer states) {
        return LOAD.lines("MARK", List.of(OurFiles.MARK))
                .word("RULES", FILE)
                .lines(
                        "FALLBACK",
                        fallback
                                ? List.of("nft list table inet linkctl >/dev/null 2>&1 || nft -f " + FALLBACK)
                                : List.of())
                .lines("STATES", states == null ? List.of() : List.of("echo " + states + " >" + STATES))
                .text();
    }
}

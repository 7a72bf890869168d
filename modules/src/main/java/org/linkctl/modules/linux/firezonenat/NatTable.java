package org.linkctl.modules.linux.firezonenat;

import java.util.List;
import java.util.stream.Collectors;
import org.linkctl.model.FirezoneGateway;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.nftables.OwnTable;
import org.linkctl.modules.linux.nftables.TableService;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.linux.systemd.UnitState;

/** The table of nftables, and the service that loads it. */
final class NatTable {
    private static final String RUN = "/run/linkctl-firezone-nat";
    static final OwnTable TABLE = new OwnTable("linkctl_firezone", RUN + "/rules", false);

    private static final String FILE = "/etc/linkctl/nftables/firezone.nft";
    private static final String UNIT = "linkctl-firezone-nat.service";

    /** 100 is "srcnat" (nft(8), "CHAINS"). Named first, so that there is one to delete (nft(8), "TABLES"). */
    private static final String TEXT = """
            %1$s
            table inet %2$s
            delete table inet %2$s
            table inet %2$s {
            \tchain postrouting {
            \t\ttype nat hook postrouting priority 100; policy accept;
            %3$s\t}
            }
            """.formatted(
                    OurFiles.MARK,
                    TABLE.name(),
                    FirezoneGateway.CLIENTS.stream()
                            .map(clients -> "\t\toifname != \"" + FirezoneGateway.DEVICE + "\" "
                                    + (clients.isV6() ? "ip6" : "ip") + " saddr " + clients + " masquerade\n")
                            .collect(Collectors.joining()));

    static final KeptService SERVICE = new KeptService(
            UNIT,
            RUN + "/started",
            List.of(
                    new KeptService.KeptFile(FILE, "0644", TEXT),
                    new KeptService.KeptFile(
                            UnitState.path(UNIT),
                            "0644",
                            TableService.loadingUnit(
                                    "translates the addresses of Firezone's clients", "", FILE, UNIT, TABLE))));

    private NatTable() {}
}

package org.linkctl.modules.linux.sysctl;

import java.util.List;
import org.linkctl.model.Fabric;
import org.linkctl.model.FirezoneGateway;
import org.linkctl.model.Host;
import org.linkctl.modules.linux.parameters.SysctlKey;

/** The kernel parameters that a Firezone gateway needs; its unit keeps it from setting any itself. */
final class FirezoneNeeds {
    private static final String PASSES_ON = "This host passes on what clients of Firezone send.";

    /** What the gateway asks for (firezone: rust/libs/connlib/socket-factory, RECV_BUFFER_SIZE and SEND_BUFFER_SIZE). */
    private static final String ASKS = "The gateway asks for such buffers of its UDP sockets.";

    private FirezoneNeeds() {}

    static List<SysctlNeeds.Need> of(Fabric fabric, Host host) {
        if (fabric.of(FirezoneGateway.class, host).isEmpty()) return List.of();
        return List.of(
                need("net/ipv4/ip_forward", "1", PASSES_ON),
                need("net/ipv6/conf/all/forwarding", "1", PASSES_ON),
                need("net/ipv4/conf/all/src_valid_mark", "1", "What the gateway has marked is looked up by its mark."),
                need("net/core/rmem_max", Integer.toString(128 << 20), ASKS),
                need("net/core/wmem_max", Integer.toString(16 << 20), ASKS));
    }

    /** With less it works, more slowly at most: a value that the inventory names needs no word about it. */
    static boolean isAdvice(SysctlKey key) {
        return key.path().startsWith("net/core/");
    }

    private static SysctlNeeds.Need need(String path, String value, String why) {
        return new SysctlNeeds.Need(new SysctlKey(path), value, why);
    }
}

package org.linkctl.modules.linux.sysctl;

import java.util.List;
import java.util.Set;
import org.linkctl.model.Fabric;
import org.linkctl.model.FirezoneGateway;
import org.linkctl.model.Host;
import org.linkctl.modules.linux.parameters.SysctlKey;

/** The kernel parameters that a Firezone gateway needs; its unit keeps it from setting any itself. */
final class FirezoneNeeds {
    private static final String PASSES_ON = "This host passes on what clients of Firezone send.";

    /** What the gateway asks for (firezone: rust/libs/connlib/socket-factory, RECV_BUFFER_SIZE and SEND_BUFFER_SIZE). */
    private static final String ASKS = "The gateway asks for such buffers of its UDP sockets.";

    private static final String MARK = "net/ipv4/conf/all/src_valid_mark";
    private static final String RECEIVED = "net/core/rmem_max";
    private static final String SENT = "net/core/wmem_max";
    private static final Set<String> BEFORE = Set.of(MARK, RECEIVED, SENT);

    private FirezoneNeeds() {}

    static List<SysctlNeeds.Need> of(Fabric fabric, Host host) {
        if (fabric.of(FirezoneGateway.class, host).isEmpty()) return List.of();
        return List.of(
                need("net/ipv4/ip_forward", "1", PASSES_ON),
                need("net/ipv6/conf/all/forwarding", "1", PASSES_ON),
                need(MARK, "1", "What the gateway has marked is looked up by its mark."),
                need(RECEIVED, Integer.toString(128 << 20), ASKS),
                need(SENT, Integer.toString(16 << 20), ASKS));
    }

    /** What has to be set before the gateway starts, by the names that others need it by. */
    static Set<String> provides(SysctlKey key) {
        return BEFORE.contains(key.path()) ? Set.of("sysctl:" + key.dotted()) : Set.of();
    }

    /** With less it works, more slowly at most: a value that the inventory names needs no word about it. */
    static boolean isAdvice(SysctlKey key) {
        return key.path().equals(RECEIVED) || key.path().equals(SENT);
    }

    private static SysctlNeeds.Need need(String path, String value, String why) {
        return new SysctlNeeds.Need(new SysctlKey(path), value, why);
    }
}

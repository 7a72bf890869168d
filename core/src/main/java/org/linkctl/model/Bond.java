package org.linkctl.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/**
 * Several links used as one (kernel: Documentation/networking/bonding.rst).
 *
 * @param miimon milliseconds between looks at the carrier
 * @param members interface names, in the declared order; the kernel may count them in another
 * @param mtu bytes; null: as it is
 */
public record Bond(
        String host,
        String name,
        Mode mode,
        XmitHash hash,
        int miimon,
        LacpRate lacpRate,
        List<String> members,
        List<Cidr> addresses,
        @Nullable Integer mtu,
        List<Ip> defaultGateways,
        List<Ip> replyTo,
        @Nullable Dhcp dhcp,
        Place at)
        implements Link {
    /** The option {@code mode}. */
    public enum Mode {
        LACP("802.3ad"),
        ACTIVE_BACKUP("active-backup"),
        BALANCE_XOR("balance-xor");

        private final String kernel;

        Mode(String kernel) {
            this.kernel = kernel;
        }

        /** The name that the kernel, iproute2, networkd and ifupdown use. */
        public String kernel() {
            return kernel;
        }
    }

    /** The option {@code xmit_hash_policy}. */
    public enum XmitHash {
        LAYER2("layer2"),
        LAYER2_3("layer2+3"),
        LAYER3_4("layer3+4"),
        ENCAP2_3("encap2+3"),
        ENCAP3_4("encap3+4");

        private final String kernel;

        XmitHash(String kernel) {
            this.kernel = kernel;
        }

        /** The name that the kernel, iproute2, networkd and ifupdown use. */
        public String kernel() {
            return kernel;
        }
    }

    /** The option {@code lacp_rate}: how often the partner is asked to send, every second or every thirty. */
    public enum LacpRate {
        SLOW,
        FAST;

        public String kernel() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public Bond {
        members = List.copyOf(members);
        addresses = List.copyOf(addresses);
        defaultGateways = List.copyOf(defaultGateways);
        replyTo = List.copyOf(replyTo);
    }

    /** One without gateways and DHCP. */
    public Bond(
            String host,
            String name,
            Mode mode,
            XmitHash hash,
            int miimon,
            LacpRate lacpRate,
            List<String> members,
            List<Cidr> addresses,
            @Nullable Integer mtu,
            Place at) {
        this(host, name, mode, hash, miimon, lacpRate, members, addresses, mtu, List.of(), List.of(), null, at);
    }

    @Override
    public String kind() {
        return "bond";
    }

    @Override
    public List<String> lower() {
        return members;
    }
}

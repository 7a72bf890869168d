package org.linkctl.lab;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What can be done to the wires of a running lab. A wire is named by either of its ends. */
public final class Wires {
    private final Lab lab;
    private final List<WireSpec> all;

    Wires(Lab lab, LabState state) {
        this.lab = lab;
        this.all = state.wires();
    }

    /**
     * All wires.
     *
     * @return the wires in the order of the spec
     */
    public List<WireSpec> all() {
        return all;
    }

    /**
     * Pulls a cable: both ends lose their carrier. It stays pulled through reboots.
     *
     * @param host the host at one end
     * @param nic its interface
     */
    public void cut(String host, String nic) {
        setLink(host, nic, false);
    }

    /**
     * Puts a cut cable back.
     *
     * @param host the host at one end
     * @param nic its interface
     */
    public void restore(String host, String nic) {
        setLink(host, nic, true);
    }

    /**
     * Lets a wire carry no more than a rate, in each direction, and lose frames. Done by tc(8) at the far end of the
     * wire (the switch), so the host itself has nothing of it in its kernel. Gone after a reboot of that far end.
     *
     * @param host the host at the near end
     * @param nic its interface
     * @param mbit Mbit/s of Ethernet frames; 0 for no limit
     * @param lossPercent frames lost in each direction, 0 to 100
     */
    public void shape(String host, String nic, double mbit, double lossPercent) {
        WireSpec.End far = farEnd(host, nic);
        String kbit = Long.toString(Math.round(mbit * 1000));
        String loss = lossPercent == 0 ? "0" : String.format(Locale.ROOT, "%.3f", lossPercent);
        String _ = lab.exec(far.host(), "exec lab-wire " + far.nic() + " " + kbit + " " + loss)
                .orThrow();
    }

    /**
     * Lets a wire carry no more than a rate, in each direction, and lose nothing.
     *
     * @param host the host at the near end
     * @param nic its interface
     * @param mbit Mbit/s of Ethernet frames; 0 for no limit
     */
    public void shape(String host, String nic, double mbit) {
        shape(host, nic, mbit, 0);
    }

    /**
     * What an interface has carried.
     *
     * @param host the host
     * @param nic any interface of it, of a wire or not
     * @return its counters
     */
    public Counters counters(String host, String nic) {
        String folder = "/sys/class/net/" + nic + "/statistics/";
        return Counters.parse(lab.exec(host, "cd " + folder + " && cat rx_bytes tx_bytes rx_packets tx_packets")
                .orThrow());
    }

    /**
     * The other end of a wire.
     *
     * @param host the host at one end
     * @param nic its interface
     * @return where it leads
     */
    public WireSpec.End farEnd(String host, String nic) {
        return Cloner.otherEnd(all, new WireSpec.End(host, nic));
    }

    private void setLink(String host, String nic, boolean up) {
        for (WireSpec.End end : List.of(new WireSpec.End(host, nic), farEnd(host, nic))) {
            try (Qmp qmp = lab.qmp(end.host())) {
                var _ = qmp.execute("set_link", Map.of("name", end.nic(), "up", up));
            }
        }
    }
}

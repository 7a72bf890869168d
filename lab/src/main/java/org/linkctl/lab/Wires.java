package org.linkctl.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What can be done to the wires of a running lab. A wire is named by either of its ends. */
public final class Wires {
    private static final Duration CARRIER_LIMIT = Duration.ofSeconds(10);

    private final Lab lab;
    private final List<WireSpec> all;
    private final Path sockets;

    Wires(Lab lab, LabState state) {
        this.lab = lab;
        this.all = state.wires();
        this.sockets = Path.of(state.sockets());
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
     * What the others see of a host that restarts: the carriers of its wires go, and come back. QEMU keeps them
     * through a reset, which no real port does; a port of the far end could then go on with what it knew of the life
     * before. Wires that were cut stay cut.
     *
     * @param host the host that has just been reset
     */
    void blink(String host) {
        List<WireSpec.End> ends = all.stream()
                .flatMap(w -> Stream.of(w.a(), w.b()))
                .filter(end ->
                        end.host().equals(host) && !Files.exists(cutMark(end)) && !Files.exists(cutMark(other(end))))
                .toList();
        ends.forEach(end -> setLink(end, false));
        try {
            ends.stream().map(this::other).forEach(this::awaitNoCarrier);
        } catch (LabException e) {
            // The far end is being restarted itself, and sees its ports anew in any case.
        } finally {
            ends.forEach(end -> setLink(end, true));
        }
    }

    private void awaitNoCarrier(WireSpec.End end) {
        // Reading the carrier of an interface that is down fails, which is as good as none: sysfs-class-net.
        String script = end.driver().equals(HostSpec.FREEBSD_DRIVER)
                ? "! ifconfig " + end.nic() + " | grep -q 'status: active'"
                : "! grep -q 1 /sys/class/net/" + end.nic() + "/carrier 2>/dev/null";
        Poll.until(
                "the carrier to go",
                CARRIER_LIMIT,
                () -> lab.exec(end.host(), script, CARRIER_LIMIT).exit() == 0);
    }

    /**
     * Pulls a cable: both ends lose their carrier. It stays pulled through reboots.
     *
     * @param host the host at one end
     * @param nic its interface
     */
    public void cut(String host, String nic) {
        WireSpec.End end = new WireSpec.End(host, nic);
        try {
            Files.write(cutMark(end), new byte[0]);
        } catch (IOException e) {
            throw new LabException("cannot note that a wire is cut", e);
        }
        setLink(end, false);
    }

    /**
     * Puts a cut cable back.
     *
     * @param host the host at one end
     * @param nic its interface
     */
    public void restore(String host, String nic) {
        WireSpec.End end = new WireSpec.End(host, nic);
        Folders.delete(cutMark(end));
        Folders.delete(cutMark(other(end)));
        setLink(end, true);
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
        return other(new WireSpec.End(host, nic));
    }

    private WireSpec.End other(WireSpec.End end) {
        return Plugs.otherEnd(all, end);
    }

    /** A file, since a lab outlives the program that cut its wire. */
    private Path cutMark(WireSpec.End end) {
        return sockets.resolve(end.host() + "." + end.nic() + ".cut");
    }

    private void setLink(WireSpec.End near, boolean up) {
        for (WireSpec.End end : List.of(near, other(near))) {
            try (Qmp qmp = lab.qmp(end.host())) {
                var _ = qmp.execute("set_link", Map.of("name", end.nic(), "up", up));
            }
        }
    }
}

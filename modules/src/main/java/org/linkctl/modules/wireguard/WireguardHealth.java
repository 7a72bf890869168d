package org.linkctl.modules.wireguard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.modules.ping.Pings;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Diagnosis;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/**
 * Whether a tunnel works: a handshake lately, pings through it, full-sized packets through it, and packets of the size
 * that it makes of those on the path outside. Each end is asked, so both directions are.
 */
public final class WireguardHealth {
    private static final Pattern TIMES = Pattern.compile("min/avg/max/\\S+ = [0-9.]+/([0-9.]+)/");

    /** Where sysexits(3) begin, by which FreeBSD's ping(8) says why it could not; 127: there is none. */
    private static final int EX_BASE = 64;

    /** WireGuard's own header and tag (16 + 16) less what ping(8) adds to its payload: 8, that UDP adds as well. */
    private static final int OUTER_PAYLOAD = 32;

    private static final String HANDSHAKE_CURE =
            "look whether UDP arrives at the end that is called (tcpdump there), whether both ends have each other's keys"
                    + " (`linkctl plan`), and at both clocks";

    private WireguardHealth() {}

    /** The clock and the handshakes once more: after something was sent. */
    public static final String LATEST = "date +%s && wg show \"$1\" latest-handshakes";

    /** A hub asks its spokes in short: each of them looks at the whole way itself. */
    public static List<Question<?>> questions(WireguardEnd.Want want) {
        List<Question<?>> out = new ArrayList<>();
        for (WireguardEnd.Peer peer : want.peers()) {
            if (!want.isHub() && !peer.addresses().isEmpty())
                out.add(first(want, peer.addresses().getFirst()));
            for (Ip far : peer.addresses()) {
                out.add(plain(want, far));
                if (!want.isHub()) out.add(full(want, far));
            }
            String outside = outside(peer);
            if (outside != null) {
                out.add(Pings.small(want.os(), List.of(outside)));
                out.add(outer(want, outside));
            }
        }
        out.add(latest(want));
        return List.copyOf(out);
    }

    private static @Nullable String outside(WireguardEnd.Peer peer) {
        String endpoint = peer.endpoint();
        return endpoint == null
                ? null
                : endpoint.substring(0, endpoint.lastIndexOf(':')).replaceAll("^\\[|]$", "");
    }

    private static Question.Command latest(WireguardEnd.Want want) {
        return Question.command("/bin/sh", "-c", LATEST, "sh", want.tunnel());
    }

    /**
     * One packet that comes back, or ten seconds. A tunnel that nobody used for a while begins with a handshake, and a
     * neighbour that was rebooted meanwhile is asked for anew only after 5 s of trust and three questions a second apart
     * (arp(7), delay_first_probe_time, ucast_solicit, retrans_time_ms): what is sent until then says nothing.
     */
    private static Question.Command first(WireguardEnd.Want want, Ip far) {
        return switch (want.os()) {
            case LINUX -> Question.command("ping", "-n", "-q", "-c", "1", "-w", "10", "-I", want.tunnel(), far.text());
            case FREEBSD -> Question.command("ping", "-n", "-q", "-o", "-c", "10", "-W", "1000", far.text());
        };
    }

    private static Question.Command plain(WireguardEnd.Want want, Ip far) {
        return switch (want.os()) {
            case LINUX ->
                Question.command(
                        "ping", "-n", "-q", "-c", "5", "-i", "0.2", "-W", "2", "-I", want.tunnel(), far.text());
            case FREEBSD -> Question.command("ping", "-n", "-q", "-c", "5", "-i", "0.2", "-W", "2000", far.text());
        };
    }

    /** As large as the tunnel's MTU allows: less 20 or 40 for IP and 8 for ICMP, and never in fragments. */
    private static Question.Command full(WireguardEnd.Want want, Ip far) {
        int payload = want.mtu() - (far.isV6() ? 48 : 28);
        List<String> to = want.os() == Os.LINUX ? List.of("-I", want.tunnel(), far.text()) : List.of(far.text());
        return Pings.whole(want.os(), 3, payload, to);
    }

    /**
     * As large outside as a full packet of the tunnel is there. WireGuard lets routers fragment its packets, so only
     * this tells whether they have to. The sum holds for both families: IP and UDP come on top of {@code mtu + 32},
     * IP and ICMP, of the same size, on top of ping's payload.
     */
    private static Question.Command outer(WireguardEnd.Want want, String outside) {
        return Pings.whole(want.os(), 3, want.mtu() + OUTER_PAYLOAD, List.of(outside));
    }

    /** @param standsBy another host has the addresses by which it is called */
    public static List<Finding> findings(
            WireguardEnd.Want want, WireguardFound have, boolean standsBy, Answers answers) {
        WireguardDevice device = have.device();
        if (device == null || device.refusal() != null) {
            return List.of(Finding.bad(want.tunnel(), "there is no such WireGuard interface"));
        }
        if (standsBy && want.os() == Os.LINUX && device.link().up()) {
            return List.of(Finding.bad(
                    want.tunnel(), "stands by, and is up: what this host sends draws the spokes away from the master"));
        }
        if (standsBy) {
            String ready = "stands by with " + device.peers().size() + " peers, which call the master";
            return List.of(Finding.good(want.tunnel(), ready));
        }
        device = device.after(answers.to(latest(want)).stdout(), want.tunnel());
        List<Finding> out = new ArrayList<>();
        for (WireguardEnd.Peer peer : want.peers()) {
            if (want.isHub()) out.addAll(spoke(want, peer, device, answers));
            else out.addAll(peer(want, peer, device, answers));
        }
        return List.copyOf(out);
    }

    /** What the doctor asks: the clock and the handshakes. */
    static List<Question<?>> latestOnly(WireguardEnd.Want want) {
        return List.of(latest(want));
    }

    /** The handshakes of what listens, worst first; empty where it is not there, or stands by. */
    static List<Diagnosis> handshakes(WireguardEnd.Want want, WireguardFound have, boolean standsBy, Answers answers) {
        WireguardDevice device = have.device();
        if (standsBy
                || device == null
                || device.refusal() != null
                || !device.link().up()) return List.of();
        WireguardDevice later = device.after(answers.to(latest(want)).stdout(), want.tunnel());
        return want.peers().stream()
                .map(peer -> handshake(want, peer, later))
                .map(found -> switch (found.health()) {
                    case GOOD -> Diagnosis.fine(found.subject(), found.text());
                    case DOUBTFUL -> Diagnosis.doubtful(found.subject(), found.text(), "ping over it, and look again");
                    case BAD -> Diagnosis.inTheWay(found.subject(), found.text(), HANDSHAKE_CURE);
                })
                .toList();
    }

    private static List<Finding> peer(
            WireguardEnd.Want want, WireguardEnd.Peer peer, WireguardDevice device, Answers answers) {
        List<Finding> out = new ArrayList<>();
        String tunnel = want.tunnel();
        out.add(handshake(want, peer, device));
        for (WireguardDevice.Peer there : device.peers()) {
            loops(want, there).ifPresent(why -> out.add(Finding.bad(tunnel + " endpoint", why)));
        }
        for (Ip far : peer.addresses()) {
            out.add(mild(peer, ping(tunnel, "ping " + far, answers.to(plain(want, far)))));
            String full = "full packets of " + want.mtu() + " bytes to " + far;
            out.add(mild(peer, ping(tunnel, full, answers.to(full(want, far)))));
        }
        String outside = outside(peer);
        if (outside != null) out.add(outside(want, outside, answers));
        return out;
    }

    /** Whether an end that linkctl does not log in to answers pings is its owner's affair: silence proves nothing. */
    private static Finding mild(WireguardEnd.Peer peer, Finding found) {
        return peer.isUnmanaged() && found.health() == Finding.Health.BAD
                ? Finding.doubtful(found.subject(), found.text())
                : found;
    }

    /**
     * A spoke as its hub sees it. After another host took over, the spoke goes on with its session until nothing has
     * come back for a while: on a pair that is no more than doubtful here, and bad at the spoke if it lasts.
     */
    private static List<Finding> spoke(
            WireguardEnd.Want want, WireguardEnd.Peer peer, WireguardDevice device, Answers answers) {
        List<Finding> out = new ArrayList<>();
        out.add(handshake(want, peer, device));
        boolean inSession = device.peers().stream().anyMatch(one -> one.key().equals(peer.key()) && device.recent(one));
        if (inSession) {
            for (Ip far : peer.addresses()) {
                out.add(mild(peer, ping(want.towards(peer), "ping " + far, answers.to(plain(want, far)))));
            }
        }
        if (want.part() != WireguardEnd.Part.SHARED_HUB) return out;
        return out.stream()
                .map(one -> one.health() == Finding.Health.BAD ? Finding.doubtful(one.subject(), one.text()) : one)
                .toList();
    }

    /** What it means that a peer's own outer address lies behind the tunnel, and what would be right; empty where it does not. */
    static Optional<String> loops(WireguardEnd.Want want, WireguardDevice.Peer there) {
        Optional<Ip> outer = Optional.ofNullable(there.endpoint()).flatMap(endpoint -> Ip.parse(endpoint.address()));
        if (outer.isEmpty()) return Optional.empty();
        for (WireguardEnd.Peer peer : want.peers()) {
            for (Cidr prefix : peer.allowed()) {
                // No route leads to everywhere by the interface: what comes in alone may be from there.
                if (prefix.length() == 0 || !prefix.contains(outer.get())) continue;
                return Optional.of(peer.host() + " is at " + there.endpoint() + ", which lies in " + prefix + ", and "
                        + prefix + " is behind " + want.tunnel()
                        + " itself: nothing sent there arrives. It has to be reached by an address outside of the"
                        + " LANs that are routed over its tunnels");
            }
        }
        return Optional.empty();
    }

    /** A session is renewed after 120 s and refused after 180 (REKEY_AFTER_TIME, REJECT_AFTER_TIME). */
    private static Finding handshake(WireguardEnd.Want want, WireguardEnd.Peer wanted, WireguardDevice device) {
        String subject = want.towards(wanted) + " handshake";
        for (WireguardDevice.Peer peer : device.peers()) {
            if (!peer.key().equals(wanted.key())) continue;
            if (want.isHub() && wanted.isUnmanaged() && wanted.endpoint() == null && !device.recent(peer)) {
                String last = peer.handshake() == 0 ? "none yet" : (device.now() - peer.handshake()) + " s ago";
                return Finding.doubtful(subject, last + "; " + wanted.host() + " calls when it is in use");
            }
            if (peer.endpoint() == null && wanted.endpointName() != null)
                return Finding.bad(subject, "none with " + wanted.host() + ": " + unknown(wanted));
            if (peer.handshake() == 0) return Finding.bad(subject, "none with " + wanted.host() + " yet");
            String age = (device.now() - peer.handshake()) + " s ago with " + wanted.host();
            if (device.recent(peer)) return Finding.good(subject, age);
            return wanted.keepalive() == null && !want.isHub()
                    ? Finding.doubtful(subject, age + "; nothing is sent where nothing is to be said")
                    : Finding.bad(subject, age + "; with keepalives it is never older than 180 s");
        }
        return Finding.bad(subject, "the interface does not have " + wanted.host() + " as its peer");
    }

    private static String unknown(WireguardEnd.Peer peer) {
        return "it is not known where to call it, as " + peer.endpointName()
                + " stood for no address on this host; the host asks on";
    }

    private static Finding ping(String tunnel, String what, Answer.Output out) {
        String subject = tunnel + " " + what;
        Matcher sum = Pings.SUMMARY.matcher(out.stdout());
        if (!sum.find()) {
            String why = (out.stdout() + " " + out.stderr()).strip();
            if (out.exit() == 2 || out.exit() >= EX_BASE) return Finding.bad(subject, why);
            throw new UnreadableFacts("ping of " + subject + ": '" + why + "'");
        }
        String text = sum.group(2) + " of " + sum.group(1) + " came back";
        if (Integer.parseInt(sum.group(2)) == 0) return Finding.bad(subject, text + tooLong(out));
        Matcher times = TIMES.matcher(out.stdout());
        if (times.find()) text += ", " + times.group(1) + " ms";
        return Double.parseDouble(sum.group(3)) == 0 ? Finding.good(subject, text) : Finding.doubtful(subject, text);
    }

    private static String tooLong(Answer.Output out) {
        return Pings.isTooLong(out) ? ": too long for the path" : "";
    }

    /** Many hosts do not answer pings from outside; that alone says nothing. */
    private static Finding outside(WireguardEnd.Want want, String outside, Answers answers) {
        String subject = want.tunnel() + " path to " + outside;
        Answer.Output large = answers.to(outer(want, outside));
        String bytes = (want.mtu() + OUTER_PAYLOAD + 8) + " bytes and the IP header";
        if (Pings.answered(large)) return Finding.good(subject, bytes + " pass in one piece");
        if (Pings.isTooLong(large)) {
            return Finding.bad(subject, bytes + " are too long: the tunnel's packets are sent in fragments");
        }
        return Pings.answered(answers.to(Pings.small(want.os(), List.of(outside))))
                ? Finding.bad(subject, bytes + " are lost, small packets are not: a smaller mtu may be needed")
                : Finding.doubtful(subject, "it answers no ping: whether " + bytes + " pass in one piece is not known");
    }
}

package org.linkctl.modules.wireguard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.shell.Secret;

/**
 * The hosts at the far ends that have to change in the same run: no handshake succeeds between two ends of which one has
 * another key, pre-shared key or port than the other one expects, and what comes from an address that the other end does
 * not allow is dropped (wg(8)). Where the far end runs with what is wanted here already, this end follows alone.
 */
final class FarEnds {
    private static final Pattern PSK_LINE = Pattern.compile("(?im)^\\s*PresharedKey\\s*=");
    private static final Pattern KEY_LINE = Pattern.compile("(?im)^\\s*PrivateKey\\s*=");

    private final WireguardEnd.Want want;
    private final WireguardFound have;
    private final @Nullable String running;
    private final @Nullable String lasting;

    private FarEnds(WireguardEnd.Want want, WireguardFound have) {
        this.want = want;
        this.have = have;
        this.running = have.key().running();
        this.lasting = have.key().lasting(want.key());
    }

    static Set<String> needed(WireguardEnd.Want wanted, WireguardFound have) {
        WireguardEnd.Want want = OfflineSpokes.settled(wanted, have);
        Set<String> out = new TreeSet<>(want.partners());
        out.addAll(OfflineSpokes.nameless(wanted, have));
        out.addAll(changing(want, have, true));
        return Set.copyOf(out);
    }

    /** @param awaited those that this end waits for; else those that it goes on without */
    private static Set<String> changing(WireguardEnd.Want want, WireguardFound have, boolean awaited) {
        FarEnds ends = new FarEnds(want, have);
        Set<String> out = new TreeSet<>();
        for (WireguardEnd.Peer peer : want.peers()) {
            for (WireguardEnd.Far far : peer.far()) {
                if (OfflineSpokes.isAwaited(want, have, peer, far) == awaited && ends.needs(peer, far))
                    out.add(far.host());
            }
        }
        return out;
    }

    private boolean needs(WireguardEnd.Peer peer, WireguardEnd.Far far) {
        FarView view = far.view();
        if (view != null && view.absent()) return false;
        WireguardDevice device = have.device();
        if (device == null) return losesKeysOfFile();
        if (device.refusal() != null) return false;
        WireguardDevice.Peer now = now(peer, device);
        FarView.Peer here = view == null ? null : view.peer(running, lasting);
        return otherKey(view)
                || otherFarKey(peer, now, device, view)
                || (now != null && (otherPsk(now, here, far) || otherEndpoint(peer, now, view)))
                || otherPort(device, here)
                || otherAddresses(device, here)
                || (now != null && view != null && leavesOut(peer, now, view));
    }

    /** A tunnel that somebody made by hand and that does not run: what it would run with is in its file alone. */
    private boolean losesKeysOfFile() {
        String conf = have.conf();
        if (conf == null) return false;
        boolean psk = !want.usesPsk() && PSK_LINE.matcher(conf).find();
        return psk || (have.key().access() == null && KEY_LINE.matcher(conf).find());
    }

    private static WireguardDevice.@Nullable Peer now(WireguardEnd.Peer peer, WireguardDevice device) {
        return device.peers().stream()
                .filter(one -> one.key().equals(peer.key()))
                .findFirst()
                .orElse(null);
    }

    private boolean otherKey(@Nullable FarView view) {
        if (running == null || running.equals(lasting)) return false;
        return view == null || lasting == null || !view.knows(lasting);
    }

    /** A tunnel's only peer gets another key. */
    private boolean otherFarKey(
            WireguardEnd.Peer peer,
            WireguardDevice.@Nullable Peer now,
            WireguardDevice device,
            @Nullable FarView view) {
        String wanted = peer.key();
        boolean replaced = now == null && !want.isHub() && !device.peers().isEmpty();
        return replaced && wanted != null && (view == null || !wanted.equals(view.key()));
    }

    private boolean otherPsk(WireguardDevice.Peer now, FarView.@Nullable Peer here, WireguardEnd.Far far) {
        if (!want.usesPsk()) {
            if (now.psk() == WireguardDevice.Psk.NONE) return false;
            return here == null || here.psk() != WireguardDevice.Psk.NONE;
        }
        if (now.psk() == WireguardDevice.Psk.OF_FILE && have.psk().lasting(want.psk())) return false;
        Secret uses = far.uses();
        return uses == null || wantedPsk().filter(uses::equals).isEmpty();
    }

    private Optional<Secret> wantedPsk() {
        Secret given = want.psk().secret();
        if (given != null) return Optional.of(given.line());
        return Optional.ofNullable(have.psk().secret())
                .filter(secret -> have.psk().lasting(want.psk()))
                .map(Secret::line);
    }

    private static boolean otherEndpoint(WireguardEnd.Peer peer, WireguardDevice.Peer now, @Nullable FarView view) {
        String wanted = peer.endpoint();
        if (wanted == null || now.endpoint() == null) return false;
        String port = wanted.substring(wanted.lastIndexOf(':') + 1);
        if (port.equals(Integer.toString(now.endpoint().port()))) return false;
        return view == null || !port.equals(Integer.toString(view.port()));
    }

    /** Only whoever is called has to keep to a port that the other end knows. */
    private boolean otherPort(WireguardDevice device, FarView.@Nullable Peer here) {
        Integer port = want.port();
        if (port == null || !want.called() || device.port() == port) return false;
        return here == null || here.port() != port;
    }

    private boolean otherAddresses(WireguardDevice device, FarView.@Nullable Peer here) {
        List<Cidr> now = device.link().addresses();
        if (want.addresses().containsAll(now)) return false;
        return here == null || !want.addresses().stream().allMatch(here::takes);
    }

    /** What the far end sends from comes in now, and would not any more. */
    private static boolean leavesOut(WireguardEnd.Peer peer, WireguardDevice.Peer now, FarView view) {
        for (Ip address : view.addresses()) {
            boolean before = now.allowed().stream().anyMatch(prefix -> prefix.contains(address));
            boolean after = peer.allowed().stream().anyMatch(prefix -> prefix.contains(address));
            if (before && !after) return true;
        }
        return false;
    }

    /** Where a link loses a pre-shared key that it has; what a hub does without spokes that cannot be reached. */
    static List<String> warnings(WireguardEnd.Want wanted, WireguardFound have) {
        WireguardEnd.Want want = OfflineSpokes.settled(wanted, have);
        List<String> out = new ArrayList<>(weaker(want, have));
        out.addAll(OfflineSpokes.warnings(wanted, have, changing(want, have, false)));
        out.addAll(byHand(want, have));
        out.addAll(EndpointName.warnings(want, have));
        return out;
    }

    /** Peers that linkctl does not log in to, which go on with what they have. */
    private static List<String> byHand(WireguardEnd.Want want, WireguardFound have) {
        List<String> peers = want.peers().stream()
                .filter(WireguardEnd.Peer::isUnmanaged)
                .map(WireguardEnd.Peer::host)
                .toList();
        WireguardDevice device = have.device();
        if (peers.isEmpty() || device == null || device.refusal() != null) return List.of();
        FarEnds ends = new FarEnds(want, have);
        List<String> changed = new ArrayList<>();
        if (ends.running != null && !ends.running.equals(ends.lasting)) changed.add("public key");
        if (ends.otherPort(device, null)) changed.add("port");
        if (ends.otherAddresses(device, null)) changed.add("address");
        if (changed.isEmpty()) return List.of();
        return List.of(
                want.tunnel() + " gets another " + String.join(" and ", changed) + ", and linkctl does not log in to "
                        + String.join(", ", peers)
                        + ": cut off until changed there, too; `linkctl render --peer NAME` prints what"
                        + " a peer has to have");
    }

    private static List<String> weaker(WireguardEnd.Want want, WireguardFound have) {
        if (want.usesPsk()) return List.of();
        WireguardDevice device = have.device();
        String conf = have.conf();
        boolean live =
                device != null && device.peers().stream().anyMatch(peer -> peer.psk() != WireguardDevice.Psk.NONE);
        boolean file = conf != null && PSK_LINE.matcher(conf).find();
        if (!live && !file) return List.of();
        String right = want.part() == WireguardEnd.Part.END
                ? "`psk: true` at the tunnel has linkctl make one, `psk: secret('...')` takes yours"
                : "a hub has none: a tunnel of its own to that host can have one";
        return List.of(
                want.tunnel() + " has a pre-shared key and loses it, since the inventory has none for it: the link"
                        + " gets weaker, as what is recorded today is then protected by Curve25519 alone. " + right);
    }
}

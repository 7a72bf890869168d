package org.linkctl.modules.wireguard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.wireguard.WireguardDevice.Psk;
import org.linkctl.modules.wireguard.WireguardFiles.Fix;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Secret;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;
import org.linkctl.spi.Refused;

/** What differs in an interface that runs, and what mends it while it runs on. */
public final class WireguardLive {
    /** A handshake that got no answer is tried again after 5 s (REKEY_TIMEOUT, www.wireguard.com/protocol). */
    public static final int HANDSHAKE = 5;

    private final WireguardEnd.Want want;
    private final WireguardFound have;
    private final WireguardDevice device;
    private final LinkTool tool;
    private final String tunnel;
    private final List<Fix> out = new ArrayList<>();

    private WireguardLive(WireguardEnd.Want want, WireguardFound have, WireguardDevice device, LinkTool tool) {
        this.want = want;
        this.have = have;
        this.device = device;
        this.tool = tool;
        this.tunnel = want.tunnel();
    }

    /** @throws Refused where the name belongs to something that is no WireGuard interface */
    public static void requireWireguard(String tunnel, WireguardDevice device) {
        if (device.refusal() != null && !device.lacksTools()) {
            throw new Refused("'" + tunnel + "' is there but cannot be read as a WireGuard interface ("
                    + device.refusal() + "); give the tunnel another name, or remove that interface");
        }
    }

    /** Nothing is done to an interface that cannot be read; once there is a wg(8), the next look tells what differs. */
    public static Fix unreadable(String tunnel) {
        return new Fix(Change.state(tunnel + " peers", "(" + WireguardDevice.NO_TOOLS + ")", Change.UNKNOWN));
    }

    /** The interface as such: up, of the right size, with its addresses. */
    public static List<Fix> link(WireguardEnd.Want want, WireguardFound have, WireguardDevice device, LinkTool tool) {
        WireguardLive live = new WireguardLive(want, have, device, tool);
        live.link();
        return List.copyOf(live.out);
    }

    /** What WireGuard knows: the near end and the peers. */
    public static List<Fix> wireguard(
            WireguardEnd.Want want, WireguardFound have, WireguardDevice device, LinkTool tool) {
        WireguardLive live = new WireguardLive(want, have, device, tool);
        if (device.refusal() == null) {
            live.self();
            live.peers();
        }
        return List.copyOf(live.out);
    }

    private void fix(Change change, Step... steps) {
        out.add(new Fix(change, steps));
    }

    private Argv wg(List<String> words) {
        List<String> all = new ArrayList<>(List.of("wg", "set", tunnel));
        all.addAll(words);
        return new Argv(all);
    }

    /** For what cannot be taken back: the kernel had none. */
    private Step wgSet(String... words) {
        return Step.run(wg(List.of(words)));
    }

    private Step wgSet(List<String> words, List<String> undo) {
        return Step.run(wg(words), wg(undo));
    }

    private void link() {
        Link link = device.link();
        if (!link.up()) fix(Change.state(tunnel + " link", "down", "up"), tool.up(tunnel));
        if (link.mtu() != want.mtu()) {
            fix(
                    Change.state(tunnel + " mtu", Integer.toString(link.mtu()), Integer.toString(want.mtu())),
                    tool.mtu(tunnel, want.mtu(), link.mtu()));
        }
        addresses(link);
    }

    /** New ones before old ones go, where both can be: some systems drop routes with the last address. */
    private void addresses(Link link) {
        List<Cidr> old = link.addresses().stream()
                .filter(address -> !want.addresses().contains(address))
                .toList();
        for (Cidr address : old) if (tool.goesFirst(address, want.addresses())) remove(address);
        for (Cidr address : want.addresses()) {
            if (link.addresses().contains(address)) continue;
            fix(Change.state(tunnel + " address", null, address.toString()), tool.add(tunnel, address));
        }
        for (Cidr address : old) if (!tool.goesFirst(address, want.addresses())) remove(address);
    }

    private void remove(Cidr address) {
        out.add(new Fix(
                Change.state(tunnel + " address", address.toString(), null),
                tool.remove(tunnel, address, want.addresses())));
    }

    private void self() {
        String key = have.key().lasting(want.key());
        String running = have.key().running();
        if (running == null || !running.equals(key)) {
            Change change = Change.state(
                    tunnel + " public key",
                    running == null ? WireguardFiles.NO_KEY : running,
                    key == null ? Change.UNKNOWN : key);
            List<String> words = List.of("private-key", WireguardFiles.key(tunnel));
            // Files are put back before this is undone: that of the key, too, if it was this run that replaced it.
            if (running == null) fix(change, wgSet(words.toArray(String[]::new)));
            else fix(change.cuts(HANDSHAKE), wgSet(words, words));
        }
        Integer port = want.port();
        if (port != null && device.port() != port) {
            String before = Integer.toString(device.port());
            String after = port.toString();
            fix(
                    Change.state(tunnel + " listen-port", before, after).cuts(HANDSHAKE),
                    wgSet(List.of("listen-port", after), List.of("listen-port", before)));
        }
        if (!device.fwmark().equals("off")) {
            fix(
                    Change.state(tunnel + " fwmark", device.fwmark(), "off"),
                    wgSet(List.of("fwmark", "0"), List.of("fwmark", device.fwmark())));
        }
    }

    /** The wanted peers first; what one takes over from another moves in one step. Others go last. */
    private void peers() {
        for (WireguardEnd.Peer wanted : want.peers()) {
            String key = wanted.key();
            if (key == null) unknown(wanted);
            else {
                device.peers().stream()
                        .filter(peer -> peer.key().equals(key))
                        .findFirst()
                        .ifPresentOrElse(peer -> peer(wanted, peer, key), () -> newPeer(wanted, key));
            }
        }
        // One that is there may be the one that is not known yet.
        if (want.peers().stream().anyMatch(wanted -> wanted.key() == null)) return;
        for (WireguardDevice.Peer peer : device.peers()) {
            if (want.peers().stream().anyMatch(wanted -> peer.key().equals(wanted.key()))) continue;
            Change change = Change.state(tunnel + " peer", peer.key() + " allowed-ips " + peer.allowedText(), null);
            fix(
                    device.recent(peer) ? change.cuts() : change,
                    wgSet(List.of("peer", peer.key(), "remove"), restore(peer)));
        }
    }

    private void unknown(WireguardEnd.Peer wanted) {
        boolean renewed = want.key().renewal() != null && !device.peers().isEmpty();
        String before = renewed ? device.peers().getFirst().key() : null;
        fix(Change.state(want.towards(wanted) + " peer", before, Change.UNKNOWN));
    }

    /** Brings a peer back; its pre-shared key only if that was in the tunnel's file, which is put back before. */
    private List<String> restore(WireguardDevice.Peer peer) {
        List<String> words = new ArrayList<>(List.of("peer", peer.key()));
        if (peer.psk() != Psk.NONE && have.psk().access() != null)
            words.addAll(List.of("preshared-key", WireguardFiles.psk(tunnel)));
        if (peer.endpoint() != null)
            words.addAll(List.of("endpoint", peer.endpoint().toString()));
        words.addAll(List.of("persistent-keepalive", keepalive(peer.keepalive()), "allowed-ips", peer.allowedText()));
        return words;
    }

    private static String allowed(WireguardEnd.Peer wanted) {
        return String.join(
                ",", wanted.allowed().stream().sorted().map(Cidr::toString).toList());
    }

    private void newPeer(WireguardEnd.Peer wanted, String key) {
        List<String> words = new ArrayList<>(List.of("peer", key));
        if (want.usesPsk()) words.addAll(List.of("preshared-key", WireguardFiles.psk(tunnel)));
        String endpoint = EndpointName.now(wanted, have);
        if (endpoint != null) words.addAll(List.of("endpoint", endpoint));
        Integer keepalive = wanted.keepalive();
        if (keepalive != null) words.addAll(List.of("persistent-keepalive", keepalive.toString()));
        words.addAll(List.of("allowed-ips", allowed(wanted)));
        fix(
                Change.state(want.towards(wanted) + " peer", null, key + " allowed-ips " + allowed(wanted)),
                wgSet(words, List.of("peer", key, "remove")));
    }

    private void peer(WireguardEnd.Peer wanted, WireguardDevice.Peer peer, String key) {
        String named = want.towards(wanted);
        if (!peer.allowed().equals(Set.copyOf(wanted.allowed()))) {
            fix(
                    Change.state(named + " allowed-ips", peer.allowedText(), allowed(wanted)),
                    wgSet(
                            List.of("peer", key, "allowed-ips", allowed(wanted)),
                            List.of("peer", key, "allowed-ips", peer.allowedText())));
        }
        endpoint(wanted, peer, key);
        String keepalive = keepalive(wanted.keepalive());
        if (!keepalive.equals(keepalive(peer.keepalive()))) {
            fix(
                    Change.state(named + " persistent-keepalive", keepalive(peer.keepalive()), keepalive),
                    wgSet(
                            List.of("peer", key, "persistent-keepalive", keepalive),
                            List.of("peer", key, "persistent-keepalive", keepalive(peer.keepalive()))));
        }
        psk(peer, key);
    }

    private static String keepalive(@Nullable Integer seconds) {
        return seconds == null ? "off" : seconds.toString();
    }

    /**
     * A peer may move: the kernel follows the last packet that proved to be its own. So another address than the
     * declared one is a difference only where the file did not have the declared one yet, or where no handshake proves
     * the other one any more, or where it lies in what the tunnel itself leads to: packets to it would go into the
     * tunnel, and nothing would arrive. A name is set again where it stands for others than the dead one now; one that stands
     * for nothing cannot be, and the host itself sets it later.
     */
    private void endpoint(WireguardEnd.Peer far, WireguardDevice.Peer peer, String key) {
        String wanted = far.endpoint();
        Optional<String> loop = WireguardHealth.loops(want, peer);
        if (wanted == null) {
            if (loop.isPresent()) throw new Refused(loop.get());
            return;
        }
        String now = peer.endpoint() == null ? null : peer.endpoint().toString();
        if (wanted.equals(now)) return;
        boolean applied = now != null && PeerSection.hasEndpoint(have.conf(), wanted);
        if (loop.isEmpty() && (stands(far, peer) || (applied && device.recent(peer)))) return;
        String right = EndpointName.now(far, have);
        if (right == null) return;
        fix(
                Change.state(want.towards(far) + " endpoint", now, wanted),
                now == null
                        ? wgSet("peer", key, "endpoint", right)
                        : wgSet(List.of("peer", key, "endpoint", right), List.of("peer", key, "endpoint", now)));
    }

    /** Whether a name is wanted that stands for what the kernel has. */
    private boolean stands(WireguardEnd.Peer far, WireguardDevice.Peer peer) {
        String wanted = far.endpoint();
        WireguardDevice.Endpoint now = peer.endpoint();
        if (wanted == null || now == null) return false;
        List<Ip> all = have.named().get(String.valueOf(far.endpointName()));
        return all != null
                && EndpointName.port(wanted).equals(Integer.toString(now.port()))
                && Ip.parse(now.address()).filter(all::contains).isPresent();
    }

    private String pskBefore(WireguardDevice.Peer peer) {
        if (peer.psk() == Psk.NONE) return WireguardFiles.NO_KEY;
        PskWant.Given given = want.psk().given();
        Secret secret = have.psk().secret();
        if (given == null || secret == null || peer.psk() != Psk.OF_FILE) return "(hidden)";
        return given.show(secret);
    }

    private String pskAfter(String file) {
        if (!want.usesPsk()) return WireguardFiles.NO_KEY;
        PskWant.Given given = want.psk().given();
        Secret secret = want.psk().secret();
        return given == null || secret == null ? "(hidden; that of " + file + ")" : given.show(secret);
    }

    /** One that differs is mostly what the file held before this run, which puts that back before this is undone. */
    private Step psk(String key, String file, Psk before) {
        List<String> words = List.of("peer", key, "preshared-key", file);
        return switch (before) {
            case NONE -> wgSet(words, List.of("peer", key, "preshared-key", "/dev/null"));
            case OF_FILE, OTHER -> wgSet(words, List.of("peer", key, "preshared-key", WireguardFiles.psk(tunnel)));
        };
    }

    /** A new key counts from the next handshake on; the session that runs goes on. */
    private void psk(WireguardDevice.Peer peer, String key) {
        boolean right =
                want.usesPsk() ? peer.psk() == Psk.OF_FILE && have.psk().lasting(want.psk()) : peer.psk() == Psk.NONE;
        if (right) return;
        String file = WireguardFiles.psk(tunnel);
        fix(
                Change.state(tunnel + " preshared-key", pskBefore(peer), pskAfter(file)),
                psk(key, want.usesPsk() ? file : "/dev/null", peer.psk()));
    }
}

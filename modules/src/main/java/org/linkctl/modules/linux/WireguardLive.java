package org.linkctl.modules.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.linux.WireguardDevice.Psk;
import org.linkctl.modules.linux.WireguardFiles.Fix;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Secret;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;
import org.linkctl.spi.Refused;

/** What differs in an interface that runs, and what mends it while it runs on. */
final class WireguardLive {
    /** A handshake that got no answer is tried again after 5 s (REKEY_TIMEOUT, www.wireguard.com/protocol). */
    static final int HANDSHAKE = 5;

    private final Wireguard.Want want;
    private final Wireguard.Facts have;
    private final WireguardDevice device;
    private final String tunnel;
    private final List<Fix> out = new ArrayList<>();

    private WireguardLive(Wireguard.Want want, Wireguard.Facts have, WireguardDevice device) {
        this.want = want;
        this.have = have;
        this.device = device;
        this.tunnel = want.tunnel();
    }

    static List<Fix> fixes(Wireguard.Want want, Wireguard.Facts have, WireguardDevice device) {
        WireguardLive live = new WireguardLive(want, have, device);
        live.link();
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
        if (!device.up()) {
            fix(
                    Change.state(tunnel + " link", "down", "up"),
                    Step.run(
                            Argv.of("ip", "link", "set", "dev", tunnel, "up"),
                            Argv.of("ip", "link", "set", "dev", tunnel, "down")));
        }
        if (device.mtu() != want.mtu()) {
            String before = Integer.toString(device.mtu());
            String after = Integer.toString(want.mtu());
            fix(
                    Change.state(tunnel + " mtu", before, after),
                    Step.run(
                            Argv.of("ip", "link", "set", "dev", tunnel, "mtu", after),
                            Argv.of("ip", "link", "set", "dev", tunnel, "mtu", before)));
        }
        addresses();
    }

    /**
     * New ones before old ones go: the kernel drops all IPv4 routes of an interface that loses its last address. A
     * first address of a prefix may take the others of that prefix with it (ip-sysctl.rst, promote_secondaries), so
     * those are put again.
     */
    private void addresses() {
        for (Cidr address : want.addresses()) {
            if (device.addresses().contains(address)) continue;
            fix(
                    Change.state(tunnel + " address", null, address.toString()),
                    Step.run(
                            Argv.of("ip", "address", "replace", address.toString(), "dev", tunnel),
                            Argv.of("ip", "address", "del", address.toString(), "dev", tunnel)));
        }
        for (Cidr address : device.addresses()) {
            if (want.addresses().contains(address)) continue;
            List<Step> steps = new ArrayList<>();
            steps.add(Step.run(
                    Argv.of("ip", "address", "del", address.toString(), "dev", tunnel),
                    Argv.of("ip", "address", "replace", address.toString(), "dev", tunnel)));
            for (Cidr wanted : want.addresses()) {
                if (wanted.network().equals(address.network())) steps.add(replace(wanted));
            }
            out.add(new Fix(Change.state(tunnel + " address", address.toString(), null), steps));
        }
    }

    private Step replace(Cidr address) {
        return Step.run(Argv.of("ip", "address", "replace", address.toString(), "dev", tunnel));
    }

    private void self() {
        String key = have.key().lasting(want.renewal());
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
        if (device.port() != want.port()) {
            String before = Integer.toString(device.port());
            String after = Integer.toString(want.port());
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

    /** The wanted peer first; what it takes over from another moves in one step. Others go last. */
    private void peers() {
        String key = want.peer().key();
        if (key == null) {
            boolean renewed = want.renewal() != null && !device.peers().isEmpty();
            String before = renewed ? device.peers().getFirst().key() : null;
            fix(Change.state(tunnel + " peer", before, Change.UNKNOWN));
            return;
        }
        device.peers().stream()
                .filter(peer -> peer.key().equals(key))
                .findFirst()
                .ifPresentOrElse(peer -> peer(peer, key), () -> newPeer(key));
        for (WireguardDevice.Peer peer : device.peers()) {
            if (peer.key().equals(key)) continue;
            Change change = Change.state(tunnel + " peer", peer.key() + " allowed-ips " + peer.allowedText(), null);
            fix(
                    device.recent(peer) ? change.cuts() : change,
                    wgSet(List.of("peer", peer.key(), "remove"), restore(peer)));
        }
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

    private String allowed() {
        return String.join(
                ",", want.peer().allowed().stream().sorted().map(Cidr::toString).toList());
    }

    private void newPeer(String key) {
        List<String> words = new ArrayList<>(List.of("peer", key));
        if (want.usesPsk()) words.addAll(List.of("preshared-key", WireguardFiles.psk(tunnel)));
        String endpoint = want.peer().endpoint();
        if (endpoint != null) words.addAll(List.of("endpoint", endpoint));
        Integer keepalive = want.peer().keepalive();
        if (keepalive != null) words.addAll(List.of("persistent-keepalive", keepalive.toString()));
        words.addAll(List.of("allowed-ips", allowed()));
        fix(
                Change.state(tunnel + " peer", null, key + " allowed-ips " + allowed()),
                wgSet(words, List.of("peer", key, "remove")));
    }

    private void peer(WireguardDevice.Peer peer, String key) {
        if (!peer.allowed().equals(Set.copyOf(want.peer().allowed()))) {
            fix(
                    Change.state(tunnel + " allowed-ips", peer.allowedText(), allowed()),
                    wgSet(
                            List.of("peer", key, "allowed-ips", allowed()),
                            List.of("peer", key, "allowed-ips", peer.allowedText())));
        }
        endpoint(peer, key);
        String keepalive = keepalive(want.peer().keepalive());
        if (!keepalive.equals(keepalive(peer.keepalive()))) {
            fix(
                    Change.state(tunnel + " persistent-keepalive", keepalive(peer.keepalive()), keepalive),
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
     * tunnel, and nothing would arrive. A name is compared with the file alone; what it stands for is not known here.
     */
    private void endpoint(WireguardDevice.Peer peer, String key) {
        String wanted = want.peer().endpoint();
        Optional<Cidr> loop = WireguardHealth.loop(want, peer);
        if (wanted == null) {
            if (loop.isPresent()) throw new Refused(WireguardHealth.loops(want, peer, loop.get()));
            return;
        }
        String now = peer.endpoint() == null ? null : peer.endpoint().toString();
        if (wanted.equals(now)) return;
        boolean applied = now != null && WireguardConf.hasEndpoint(have.conf(), wanted);
        boolean literal = Ip.parse(wanted.substring(0, wanted.lastIndexOf(':')).replaceAll("^\\[|]$", ""))
                .isPresent();
        if (applied && loop.isEmpty() && (!literal || device.recent(peer))) return;
        fix(
                Change.state(tunnel + " endpoint", now, wanted),
                now == null
                        ? wgSet("peer", key, "endpoint", wanted)
                        : wgSet(List.of("peer", key, "endpoint", wanted), List.of("peer", key, "endpoint", now)));
    }

    private String pskBefore(WireguardDevice.Peer peer) {
        if (peer.psk() == Psk.NONE) return WireguardFiles.NO_KEY;
        WireguardPsk.Given given = want.psk().given();
        Secret secret = have.psk().secret();
        if (given == null || secret == null || peer.psk() != Psk.OF_FILE) return "(hidden)";
        return given.show(secret);
    }

    private String pskAfter(String file) {
        if (!want.usesPsk()) return WireguardFiles.NO_KEY;
        WireguardPsk.Given given = want.psk().given();
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

package org.linkctl.engine.ssh;

import com.hierynomus.sshj.userauth.certificate.Certificate;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import org.jspecify.annotations.Nullable;
import org.linkctl.engine.Unreachable;
import org.linkctl.engine.ssh.KnownHosts.Entry;
import org.linkctl.engine.ssh.KnownHosts.Marker;

/**
 * Decides over the key that a host shows, as ssh(1) with strict checking does (sshconnect.c, verify_host_key and
 * check_host_key). Its verdict is kept, since SSHJ itself reports only that there was none. A connection's negotiation
 * prefers the types that are known of the host: otherwise one known by its ed25519 key would show another of its keys
 * and look changed.
 */
final class HostKeyCheck implements HostKeyVerifier {
    private final Trust trust;
    private final boolean accepting;
    private final List<Path> files;
    private final List<Entry> known;
    private final List<Entry> bare;
    private final List<Entry> ordered;
    private volatile @Nullable String address;
    private volatile @Nullable String refusal;

    HostKeyCheck(Trust trust, boolean accepting) throws IOException {
        this.trust = trust;
        this.accepting = accepting;
        this.files = new ArrayList<>(trust.userFiles());
        files.addAll(trust.globalFiles());
        String without = trust.bare();
        this.known = KnownHosts.about(trust.name(), files);
        this.bare = without == null ? List.of() : KnownHosts.about(without, files);
        KnownHostsCommand command = trust.command();
        this.ordered = command == null ? List.of() : command.about(trust.name(), "ORDER", null);
    }

    /** Why the key was refused; null where it was not. One line. */
    @Nullable
    String refusal() {
        return refusal;
    }

    /** The connection leads straight to this address, which CheckHostIP asks about. */
    void straightTo(InetAddress ip) {
        // Where the address is the name itself, or this machine's, there is nothing to compare (sshconnect.c).
        if (!ip.isLoopbackAddress() && !ip.getHostAddress().equals(trust.principal())) address = ip.getHostAddress();
    }

    /** Whether certificates are worth asking for: an authority is known for the host. */
    boolean certifies() {
        return all().stream().anyMatch(entry -> entry.is(Marker.AUTHORITY));
    }

    private List<Entry> all() {
        List<Entry> all = new ArrayList<>(known);
        all.addAll(bare);
        all.addAll(ordered);
        return all;
    }

    @Override
    public List<String> findExistingAlgorithms(String hostname, int port) {
        List<String> algorithms = new ArrayList<>();
        if (certifies()) Algorithms.CERTIFIED.forEach(method -> algorithms.add(method.getName()));
        for (Entry entry : all()) {
            if (!entry.is(Marker.KEY)) continue;
            if (entry.type().equals("ssh-rsa")) algorithms.addAll(List.of("rsa-sha2-512", "rsa-sha2-256"));
            else algorithms.add(entry.type());
        }
        return algorithms;
    }

    @Override
    public boolean verify(String hostname, int port, PublicKey key) {
        try {
            refusal = judge(new ShownKey(key));
        } catch (IOException | RuntimeException e) {
            String why = e instanceof Unreachable unreachable ? unreachable.why() : String.valueOf(e.getMessage());
            refusal = "its host key cannot be judged: " + why;
        }
        return refusal == null;
    }

    private @Nullable String judge(ShownKey key) throws IOException {
        String revoked = RevokedKeys.against(key, trust.revoked());
        if (revoked != null) return revoked;
        List<Entry> entries = new ArrayList<>(known);
        KnownHostsCommand command = trust.command();
        if (command != null) entries.addAll(command.about(trust.name(), "HOSTNAME", key));
        for (List<Entry> lines : List.of(entries, bare)) {
            Optional<Entry> line = lines.stream()
                    .filter(entry -> entry.is(Marker.REVOKED))
                    .filter(entry -> key.blobs().stream().anyMatch(entry::holds))
                    .findFirst();
            if (line.isPresent())
                return "its host key " + key.words() + " is REVOKED by "
                        + line.get().place();
        }
        if (key.rsaBits() != 0 && key.rsaBits() < trust.rsaBits())
            return "its host key " + key.words() + " has " + key.rsaBits() + " bits; RequiredRSASize is "
                    + trust.rsaBits();
        Certificate<?> certificate = key.certificate();
        if (certificate == null) return plain(key, entries, "");
        String fault = certified(certificate, entries);
        return fault == null ? null : plain(key, entries, "; it has a certificate, but " + fault);
    }

    /** What is wrong with a certificate; null: nothing. Lines for the name without the port count where there are no others. */
    private @Nullable String certified(Certificate<?> certificate, List<Entry> entries) {
        List<Entry> authorities = authorities(entries);
        if (authorities.isEmpty()) authorities = authorities(bare);
        if (authorities.stream().noneMatch(entry -> entry.holds(certificate.getSignatureKey())))
            return "of an authority (" + PublicKeys.fingerprint(certificate.getSignatureKey())
                    + ") that is not known for it";
        return new HostCertificate(certificate).fault(trust.principal(), trust.authorities(), Instant.now());
    }

    private static List<Entry> authorities(List<Entry> entries) {
        return entries.stream().filter(entry -> entry.is(Marker.AUTHORITY)).toList();
    }

    /** @param note continues a refusal */
    private @Nullable String plain(ShownKey key, List<Entry> entries, String note) throws IOException {
        HostKeyWords words = new HostKeyWords(trust, key);
        List<Entry> keys =
                entries.stream().filter(entry -> entry.is(Marker.KEY)).toList();
        if (keys.stream().anyMatch(entry -> entry.holds(key.blob()))) return byAddress(key);
        if (!keys.isEmpty()) return words.changed(keys.getFirst()) + note;
        if (bare.stream().anyMatch(entry -> entry.is(Marker.KEY) && entry.holds(key.blob()))) return byAddress(key);
        if (!accepting) return words.unknown() + note;
        if (trust.userFiles().isEmpty()) return "its host key is not known and there is no file to keep it in" + note;
        if (!KnownHosts.writable(trust.name()))
            return "its host key is not known, and no file can keep the name " + trust.name() + note;
        String other = byAddress(key);
        if (other != null) return other;
        KnownHosts.append(trust.userFiles().getFirst(), trust.name(), key.blob(), trust.hashes());
        return null;
    }

    /** CheckHostIP: where the address is known, it is known by the same key. */
    private @Nullable String byAddress(ShownKey key) throws IOException {
        String ip = address;
        if (ip == null || !trust.checksAddress()) return null;
        String name = trust.port() == 22 ? ip : "[" + ip + "]:" + trust.port();
        List<Entry> entries = new ArrayList<>(KnownHosts.about(name, files));
        KnownHostsCommand command = trust.command();
        if (command != null) entries.addAll(command.about(name, "ADDRESS", key));
        List<Entry> keys =
                entries.stream().filter(entry -> entry.is(Marker.KEY)).toList();
        if (keys.isEmpty() || keys.stream().anyMatch(entry -> entry.holds(key.blob()))) return null;
        return "its host key " + key.words() + " is not that of its address " + ip + ", which "
                + keys.getFirst().place() + " holds (CheckHostIP)";
    }
}

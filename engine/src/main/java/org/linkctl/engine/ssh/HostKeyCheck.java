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
 * Checks the host key that a server presents, as ssh(1) does with strict checking (sshconnect.c, verify_host_key and
 * check_host_key). Keeps the reason of a refusal, since SSHJ reports only that there was one. Key types that are known
 * for the host are preferred in the negotiation: otherwise a host known by its ed25519 key might present another key
 * and look changed.
 */
final class HostKeyCheck implements HostKeyVerifier {
    private final HostKeyPolicy policy;
    private final boolean acceptNew;
    private final List<Path> files;
    private final List<Entry> known;
    private final List<Entry> withoutPort;
    private final List<Entry> fromCommand;
    private volatile @Nullable String address;
    private volatile @Nullable String refusal;

    HostKeyCheck(HostKeyPolicy policy, boolean acceptNew) throws IOException {
        this.policy = policy;
        this.acceptNew = acceptNew;
        this.files = new ArrayList<>(policy.userFiles());
        files.addAll(policy.globalFiles());
        String portless = policy.portlessName();
        this.known = KnownHosts.about(policy.knownHostsName(), files);
        this.withoutPort = portless == null ? List.of() : KnownHosts.about(portless, files);
        KnownHostsCommand command = policy.command();
        this.fromCommand = command == null ? List.of() : command.about(policy.knownHostsName(), "ORDER", null);
    }

    /** Why the key was refused, on one line; null where it was not. */
    @Nullable
    String refusal() {
        return refusal;
    }

    /** The connection goes directly to this address; CheckHostIP compares its key. */
    void connectedTo(InetAddress ip) {
        // Nothing to compare where the address is the name itself, or local (sshconnect.c).
        if (!ip.isLoopbackAddress() && !ip.getHostAddress().equals(policy.principal())) address = ip.getHostAddress();
    }

    /** Whether to ask for certificates: a certificate authority is known for the host. */
    boolean expectsCertificate() {
        return all().stream().anyMatch(entry -> entry.is(Marker.AUTHORITY));
    }

    private List<Entry> all() {
        List<Entry> all = new ArrayList<>(known);
        all.addAll(withoutPort);
        all.addAll(fromCommand);
        return all;
    }

    @Override
    public List<String> findExistingAlgorithms(String hostname, int port) {
        List<String> algorithms = new ArrayList<>();
        if (expectsCertificate()) Algorithms.CERTIFIED.forEach(method -> algorithms.add(method.getName()));
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
            refusal = refusalOf(new HostKey(key));
        } catch (IOException | RuntimeException e) {
            String why = e instanceof Unreachable unreachable ? unreachable.why() : String.valueOf(e.getMessage());
            refusal = "its host key cannot be judged: " + why;
        }
        return refusal == null;
    }

    private @Nullable String refusalOf(HostKey key) throws IOException {
        String revoked = RevokedKeys.refusal(key, policy.revoked());
        if (revoked != null) return revoked;
        List<Entry> entries = new ArrayList<>(known);
        KnownHostsCommand command = policy.command();
        if (command != null) entries.addAll(command.about(policy.knownHostsName(), "HOSTNAME", key));
        for (List<Entry> lines : List.of(entries, withoutPort)) {
            Optional<Entry> line = lines.stream()
                    .filter(entry -> entry.is(Marker.REVOKED))
                    .filter(entry -> key.blobs().stream().anyMatch(entry::holds))
                    .findFirst();
            if (line.isPresent())
                return "its host key " + key.description() + " is REVOKED by "
                        + line.get().place();
        }
        if (key.rsaBits() != 0 && key.rsaBits() < policy.rsaBits())
            return "its host key " + key.description() + " has " + key.rsaBits() + " bits; RequiredRSASize is "
                    + policy.rsaBits();
        Certificate<?> certificate = key.certificate();
        if (certificate == null) return knownKey(key, entries, "");
        String fault = certificateFault(certificate, entries);
        return fault == null ? null : knownKey(key, entries, "; it has a certificate, but " + fault);
    }

    /**
     * What is wrong with a certificate; null: nothing. Lines for the name without the port count where there are no
     * others.
     */
    private @Nullable String certificateFault(Certificate<?> certificate, List<Entry> entries) {
        List<Entry> authorities = authorities(entries);
        if (authorities.isEmpty()) authorities = authorities(withoutPort);
        if (authorities.stream().noneMatch(entry -> entry.holds(certificate.getSignatureKey())))
            return "of an authority (" + PublicKeys.fingerprint(certificate.getSignatureKey())
                    + ") that is not known for it";
        return new HostCertificateCheck(certificate)
                .fault(policy.principal(), policy.caSignatureAlgorithms(), Instant.now());
    }

    private static List<Entry> authorities(List<Entry> entries) {
        return entries.stream().filter(entry -> entry.is(Marker.AUTHORITY)).toList();
    }

    /** @param note appended to a refusal */
    private @Nullable String knownKey(HostKey key, List<Entry> entries, String note) throws IOException {
        HostKeyMessages messages = new HostKeyMessages(policy, key);
        List<Entry> keys =
                entries.stream().filter(entry -> entry.is(Marker.KEY)).toList();
        if (keys.stream().anyMatch(entry -> entry.holds(key.blob()))) return byAddress(key);
        if (!keys.isEmpty()) return messages.changed(keys.getFirst()) + note;
        if (withoutPort.stream().anyMatch(entry -> entry.is(Marker.KEY) && entry.holds(key.blob())))
            return byAddress(key);
        if (!acceptNew) return messages.unknown() + note;
        if (policy.userFiles().isEmpty()) return "its host key is not known and there is no file to keep it in" + note;
        if (!KnownHosts.writable(policy.knownHostsName()))
            return "its host key is not known, and no file can keep the name " + policy.knownHostsName() + note;
        String other = byAddress(key);
        if (other != null) return other;
        KnownHosts.append(policy.userFiles().getFirst(), policy.knownHostsName(), key.blob(), policy.hashNames());
        return null;
    }

    /** CheckHostIP: an address that is known has to be known by the same key. */
    private @Nullable String byAddress(HostKey key) throws IOException {
        String ip = address;
        if (ip == null || !policy.checkHostIp()) return null;
        String name = policy.port() == 22 ? ip : "[" + ip + "]:" + policy.port();
        List<Entry> entries = new ArrayList<>(KnownHosts.about(name, files));
        KnownHostsCommand command = policy.command();
        if (command != null) entries.addAll(command.about(name, "ADDRESS", key));
        List<Entry> keys =
                entries.stream().filter(entry -> entry.is(Marker.KEY)).toList();
        if (keys.isEmpty() || keys.stream().anyMatch(entry -> entry.holds(key.blob()))) return null;
        return "its host key " + key.description() + " is not that of its address " + ip + ", which "
                + keys.getFirst().place() + " holds (CheckHostIP)";
    }
}

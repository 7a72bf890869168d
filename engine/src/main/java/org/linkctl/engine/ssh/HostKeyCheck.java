package org.linkctl.engine.ssh;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import org.jspecify.annotations.Nullable;

/**
 * Decides over the key that a host shows. Its verdict is kept, since SSHJ itself reports only that there was none.
 * A connection's negotiation prefers the types that are known of the host: otherwise one known by its ed25519 key
 * would show another of its keys and look changed.
 */
final class HostKeyCheck implements HostKeyVerifier {
    private final SshOptions options;
    private final List<KnownHosts.Entry> known;
    private final boolean accepting;
    private volatile @Nullable String refusal;

    HostKeyCheck(SshOptions options, boolean accepting) throws IOException {
        this.options = options;
        this.accepting = accepting;
        List<Path> files = new ArrayList<>(options.userKnownHosts());
        files.addAll(options.globalKnownHosts());
        this.known = KnownHosts.about(options.keyName(), files);
    }

    /** Why the key was refused; null where it was not. One line. */
    @Nullable
    String refusal() {
        return refusal;
    }

    @Override
    public List<String> findExistingAlgorithms(String hostname, int port) {
        List<String> algorithms = new ArrayList<>();
        for (KnownHosts.Entry entry : known) {
            if (entry.revoked()) continue;
            if (entry.type().equals("ssh-rsa")) algorithms.addAll(List.of("rsa-sha2-512", "rsa-sha2-256"));
            else algorithms.add(entry.type());
        }
        return algorithms;
    }

    @Override
    public boolean verify(String hostname, int port, PublicKey key) {
        try {
            refusal = judge(PublicKeys.blob(key));
        } catch (IOException e) {
            refusal = "its host key cannot be kept: " + e.getMessage();
        }
        return refusal == null;
    }

    private @Nullable String judge(byte[] blob) throws IOException {
        KnownHosts.Key key = KnownHosts.Key.of(blob);
        String type = PublicKeys.type(blob);
        String shown = type + " " + PublicKeys.fingerprint(blob);
        List<KnownHosts.Entry> same =
                known.stream().filter(entry -> entry.key().equals(key)).toList();
        for (KnownHosts.Entry entry : same) {
            if (entry.revoked()) return "its host key " + shown + " is REVOKED by " + place(entry);
        }
        if (!same.isEmpty()) return null;
        List<KnownHosts.Entry> others =
                known.stream().filter(entry -> !entry.revoked()).toList();
        if (!others.isEmpty()) return changed(shown, others.getFirst());
        if (!accepting) return unknown(shown);
        if (options.userKnownHosts().isEmpty()) return "its host key is not known and there is no file to keep it in";
        KnownHosts.append(options.userKnownHosts().getFirst(), options.keyName(), blob);
        return null;
    }

    private String changed(String shown, KnownHosts.Entry entry) {
        return "ITS HOST KEY HAS CHANGED: it shows " + shown + ", and " + place(entry) + " holds another "
                + entry.type() + ". Somebody may be listening in. If the host was made anew: ssh-keygen -R '"
                + options.keyName() + "' -f " + entry.file();
    }

    private String unknown(String shown) {
        String file = options.userKnownHosts().isEmpty()
                ? "known_hosts"
                : options.userKnownHosts().getFirst().toString();
        return "its host key " + shown + " is not known. Compare it on the host (ssh-keygen -lf /etc/ssh/ssh_host_"
                + "ed25519_key.pub), then add it to " + file + " by `ssh " + options.user() + "@" + options.hostname()
                + (options.port() == 22 ? "" : " -p " + options.port()) + "`, or let linkctl accept new host keys";
    }

    private static String place(KnownHosts.Entry entry) {
        return entry.file() + " line " + entry.line();
    }
}

package org.linkctl.engine.ssh;

import java.io.IOException;
import org.linkctl.engine.ssh.KnownHosts.Entry;
import org.linkctl.shell.Argv;

/** Messages for a refused host key, and what to do about it; one line each. */
final class HostKeyMessages {
    private final HostKeyPolicy policy;
    private final HostKey key;

    HostKeyMessages(HostKeyPolicy policy, HostKey key) {
        this.policy = policy;
        this.key = key;
    }

    String changed(Entry entry) throws IOException {
        String known = "ITS HOST KEY HAS CHANGED: it shows " + key.description() + ", and " + entry.place()
                + " holds another " + entry.type() + ". Somebody may be listening in. If the host was made anew: ";
        return known
                + (entry.from().startsWith("KnownHostsCommand")
                        ? "what that command says has to change"
                        : "ssh-keygen -R " + Argv.quote(policy.knownHostsName()) + " -f " + Argv.quote(entry.from()));
    }

    String unknown() throws IOException {
        String file = policy.userFiles().isEmpty()
                ? "known_hosts"
                : policy.userFiles().getFirst().toString();
        return "its host key " + key.description() + " is not known. Compare it on the host (ssh-keygen -lf " + onHost()
                + "), then add it to " + file + " by `" + policy.sshCommand()
                + "`, or let linkctl accept hosts that have no known key: --accept-new-host-keys";
    }

    /** The file in which sshd(8) keeps a key of that type. */
    private String onHost() throws IOException {
        String type = PublicKeys.type(key.blob());
        String name = type.startsWith("ecdsa-") ? "ecdsa" : type.equals("ssh-rsa") ? "rsa" : "ed25519";
        return "/etc/ssh/ssh_host_" + name + "_key.pub";
    }
}

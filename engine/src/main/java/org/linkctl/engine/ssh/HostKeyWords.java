package org.linkctl.engine.ssh;

import java.io.IOException;
import org.linkctl.engine.ssh.KnownHosts.Entry;
import org.linkctl.shell.Argv;

/** How it is said that a host key was refused, and what to do about it. One line each. */
final class HostKeyWords {
    private final Trust trust;
    private final ShownKey key;

    HostKeyWords(Trust trust, ShownKey key) {
        this.trust = trust;
        this.key = key;
    }

    String changed(Entry entry) throws IOException {
        String known = "ITS HOST KEY HAS CHANGED: it shows " + key.words() + ", and " + entry.place()
                + " holds another " + entry.type() + ". Somebody may be listening in. If the host was made anew: ";
        return known
                + (entry.from().startsWith("KnownHostsCommand")
                        ? "what that command says has to change"
                        : "ssh-keygen -R " + Argv.quote(trust.name()) + " -f " + Argv.quote(entry.from()));
    }

    String unknown() throws IOException {
        String file = trust.userFiles().isEmpty()
                ? "known_hosts"
                : trust.userFiles().getFirst().toString();
        return "its host key " + key.words() + " is not known. Compare it on the host (ssh-keygen -lf " + onHost()
                + "), then add it to " + file + " by `" + trust.ssh()
                + "`, or let linkctl accept hosts that have no known key: --accept-new-host-keys";
    }

    /** Where sshd(8) keeps a key of that type. */
    private String onHost() throws IOException {
        String type = PublicKeys.type(key.blob());
        String name = type.startsWith("ecdsa-") ? "ecdsa" : type.equals("ssh-rsa") ? "rsa" : "ed25519";
        return "/etc/ssh/ssh_host_" + name + "_key.pub";
    }
}

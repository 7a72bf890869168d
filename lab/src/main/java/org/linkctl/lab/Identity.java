package org.linkctl.lab;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;

/**
 * The script that makes a clone a host of its own. All clones wake up with the same memory, so whatever must differ
 * is said here: name, clock, machine-id, ssh host key, and the state of the kernel's random numbers (without which
 * two clones could generate the same WireGuard key).
 */
final class Identity {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Identity() {}

    /**
     * Renders the script, up to the line that ends it on the serial port.
     *
     * @param host who it is
     * @param nics how many wires it has
     * @param hostKey its private ssh host key in OpenSSH's format
     * @param userKey the public key that root, ops and pw accept
     * @param now what time it is
     */
    static String script(HostSpec host, int nics, String hostKey, String userKey, Instant now) {
        StringBuilder script = new StringBuilder();
        script.append("export PATH=/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root\n");
        script.append("perl -e 'open F, \">\", \"/dev/urandom\" or die; syswrite F, pack(\"H*\", \"" + random(32)
                + "\"); ioctl(F, 0x5207, 0) or die \"RNDRESEEDCRNG: $!\"'\n");
        script.append("date -u -s @" + now.getEpochSecond() + " >/dev/null\n");
        script.append("hostname " + host.name() + "\n");
        script.append("echo " + host.name() + " >/etc/hostname\n");
        script.append("echo 127.0.1.1 " + host.name() + " >>/etc/hosts\n");
        script.append("echo " + random(16) + " >/etc/machine-id\n");
        // journald keeps its files in a folder named after the machine-id.
        script.append("systemctl --no-block restart systemd-journald\n");
        script.append("umask 077\n");
        script.append(file("/etc/ssh/ssh_host_ed25519_key", hostKey));
        script.append("ssh-keygen -y -f /etc/ssh/ssh_host_ed25519_key >/etc/ssh/ssh_host_ed25519_key.pub\n");
        script.append("lab-accounts '" + userKey.strip() + "'\n");
        script.append("umask 022\n");
        if (host.network() != NetworkKind.NETWORKD) {
            // Before lab-network stops the service: a socket that still listens would start it again at once.
            script.append("systemctl stop systemd-networkd.socket\n");
        }
        script.append("lab-network " + host.network().name() + " " + nics + "\n");
        script.append(host.setup());
        if (!host.setup().isEmpty() && !host.setup().endsWith("\n")) {
            script.append('\n');
        }
        return script.append("lab-end\n").toString();
    }

    private static String file(String path, String text) {
        return "cat >" + path + " <<'LAB_FILE'\n" + text.strip() + "\nLAB_FILE\n";
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}

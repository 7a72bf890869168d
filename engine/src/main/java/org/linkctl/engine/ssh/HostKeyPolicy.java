package org.linkctl.engine.ssh;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How ssh_config(5) has a host's key checked.
 *
 * @param knownHostsName the name in known_hosts: HostKeyAlias, {@code name} or {@code [name]:port}
 * @param portlessName the name without the port, under which a key counts as well where none is filed under the first
 *     (sshconnect.c, check_host_key); null: there is no other
 * @param principal what a certificate has to be for: HostKeyAlias or the name without a port
 * @param port of the server; known_hosts has it behind an address too
 * @param command KnownHostsCommand; null: none
 * @param acceptNew StrictHostKeyChecking allows a host without a known key
 * @param hashNames HashKnownHosts
 * @param checkHostIp CheckHostIP
 * @param caSignatureAlgorithms CASignatureAlgorithms
 * @param rsaBits RequiredRSASize
 * @param sshCommand the command line of ssh(1) for the same host that asks about its key
 */
record HostKeyPolicy(
        String knownHostsName,
        @Nullable String portlessName,
        String principal,
        int port,
        List<Path> userFiles,
        List<Path> globalFiles,
        List<Path> revoked,
        @Nullable KnownHostsCommand command,
        boolean acceptNew,
        boolean hashNames,
        boolean checkHostIp,
        List<String> caSignatureAlgorithms,
        int rsaBits,
        String sshCommand) {
    HostKeyPolicy {
        userFiles = List.copyOf(userFiles);
        globalFiles = List.copyOf(globalFiles);
        revoked = List.copyOf(revoked);
        caSignatureAlgorithms = List.copyOf(caSignatureAlgorithms);
    }
}

package org.linkctl.engine.ssh;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By what ssh_config(5) has a host's key judged.
 *
 * @param name by which the key is filed in known_hosts: HostKeyAlias, {@code name} or {@code [name]:port}
 * @param bare the name without the port, under which a key counts as well where none is filed under {@code name}
 *     (sshconnect.c, check_host_key); null: there is no other
 * @param principal what a certificate has to be for: HostKeyAlias or the name without a port
 * @param port of the server; known_hosts has it behind an address as well
 * @param command KnownHostsCommand; null: none
 * @param accepts StrictHostKeyChecking says that a host without a known key may be accepted
 * @param hashes HashKnownHosts
 * @param checksAddress CheckHostIP
 * @param authorities CASignatureAlgorithms
 * @param rsaBits RequiredRSASize
 * @param ssh the command line by which ssh(1) goes to the same host and asks about its key
 */
record Trust(
        String name,
        @Nullable String bare,
        String principal,
        int port,
        List<Path> userFiles,
        List<Path> globalFiles,
        List<Path> revoked,
        @Nullable KnownHostsCommand command,
        boolean accepts,
        boolean hashes,
        boolean checksAddress,
        List<String> authorities,
        int rsaBits,
        String ssh) {
    Trust {
        userFiles = List.copyOf(userFiles);
        globalFiles = List.copyOf(globalFiles);
        revoked = List.copyOf(revoked);
        authorities = List.copyOf(authorities);
    }
}

package org.linkctl.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The files of a lab's folder.
 *
 * @param root the folder itself, absolute
 */
record LabFiles(Path root) {
    Path folder(String host) {
        return root.resolve("hosts").resolve(host);
    }

    Path hostKey(String host) {
        return folder(host).resolve("ssh_host_ed25519_key");
    }

    Path privateKey() {
        return root.resolve("id_ed25519");
    }

    Path publicKey() {
        return root.resolve("id_ed25519.pub");
    }

    Path sshConfig() {
        return root.resolve("ssh_config");
    }

    Path knownHosts() {
        return root.resolve("known_hosts");
    }

    /** The login of every host that the lab made itself. */
    LabState.Login login() {
        return new LabState.Login("root", List.of(privateKey().toString()), SshClient.SHELL);
    }

    /** What ssh(1) learned of a host's key at the first login, where the lab did not make the key itself. */
    Path learnedKey(String host) {
        return folder(host).resolve("known_hosts");
    }

    /** Makes the folders and all keys of a lab that is about to be started. */
    void prepare(List<HostSpec> hosts) throws IOException {
        Files.createDirectories(root);
        makeKey(privateKey(), "linkctl-lab");
        for (HostSpec host : hosts) {
            Files.createDirectories(folder(host.name()));
            makeKey(hostKey(host.name()), host.name());
        }
    }

    /** Writes ssh_config and known_hosts: ports are known only now, and every host key already. */
    void writeSsh(List<LabState.Host> hosts) throws IOException {
        Files.writeString(sshConfig(), config(hosts));
        StringBuilder known = new StringBuilder();
        for (LabState.Host host : hosts) {
            Path learned = learnedKey(host.name());
            if (Files.exists(learned)) {
                known.append(Files.readString(learned));
            } else {
                String key = Files.readString(hostKey(host.name()).resolveSibling("ssh_host_ed25519_key.pub"));
                known.append(knownLine(host.port(), key)).append('\n');
            }
        }
        Files.writeString(knownHosts(), known, StandardCharsets.UTF_8);
    }

    static String knownLine(int port, String publicKey) {
        return "[127.0.0.1]:" + port + " "
                + publicKey.strip().lines().findFirst().orElse("").replaceFirst("^(\\S+ \\S+).*", "$1");
    }

    String config(List<LabState.Host> hosts) {
        return hosts.stream().map(this::block).collect(Collectors.joining("\n"));
    }

    private String block(LabState.Host host) {
        return """
                Host %s
                    HostName 127.0.0.1
                    Port %d
                    User %s
                %s    UserKnownHostsFile "%s"
                    StrictHostKeyChecking yes
                """.formatted(
                        host.name(),
                        host.port(),
                        host.login().user(),
                        identities(host.login().keys()),
                        knownHosts());
    }

    private static String identities(List<String> keys) {
        String files = keys.stream().map("    IdentityFile \"%s\"\n"::formatted).collect(Collectors.joining());
        return keys.isEmpty() ? "" : files + "    IdentitiesOnly yes\n";
    }

    private static void makeKey(Path file, String comment) throws IOException {
        Files.deleteIfExists(file);
        List<String> words = List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", "" + file);
        Commands.run(words, "", Duration.ofSeconds(30)).orThrow();
    }
}

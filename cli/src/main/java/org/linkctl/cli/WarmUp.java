package org.linkctl.cli;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.linkctl.cli.io.Output;
import org.linkctl.cli.io.Terminal;
import org.linkctl.cli.io.UserFolders;

/**
 * The training runs for the launcher's AOT caches (JEP 514): what is loaded here is loaded at each start from then on. So
 * there are two, one for commands that contact no host, and one for those that do.
 */
public final class WarmUp {
    private WarmUp() {}

    /** @param args {@code --hosts} for the commands that contact hosts; inventories to be checked */
    public static void main(String[] args) throws IOException {
        List<String> inventories = List.of(args);
        if (!inventories.contains("--hosts")) {
            run("--help");
            run("version");
            run("chekc");
            run("check", "--no-such-option");
            for (String inventory : inventories) run("check", inventory);
            return;
        }
        for (String inventory : inventories.subList(1, inventories.size())) {
            run("render", inventory);
            Practice.command(nowhere(), "plan", inventory);
        }
        begin();
        Practice.connection();
        PracticeShell.ask();
    }

    /**
     * A plan of a host on the loopback interface that begins a key exchange (RFC 4253, section 7) and leaves, and an apply
     * to one that exists in this process alone.
     */
    private static void begin() throws IOException {
        Path folder = Files.createTempDirectory("linkctl");
        Path inventory = folder.resolve("start.groovy");
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(inventory, """
                    fabric('start') {
                        site('a', lan: '10.1.0.0/24') {
                            host('h', os: LINUX, ssh: 'root@127.0.0.1:%d', become: NONE) {
                                sysctl('net.ipv4.ip_forward', 1)
                                file('/etc/start.d/start.conf', text: 'start')
                            }
                        }
                    }
                    """.formatted(server.getLocalPort()));
            Thread answering = Thread.ofVirtual().start(() -> answer(server));
            run("plan", inventory.toString(), "-F", "/dev/null");
            answering.interrupt();
            Practice.command(nowhere(), "apply", inventory.toString(), "--yes");
        } finally {
            Files.deleteIfExists(inventory);
            Files.delete(folder);
        }
    }

    private static void answer(ServerSocket server) {
        try (Socket client = server.accept()) {
            OutputStream out = client.getOutputStream();
            out.write("SSH-2.0-start\r\n".getBytes(StandardCharsets.US_ASCII));
            out.write(packet(proposal()));
            out.flush();
            client.setSoTimeout(500);
            client.getInputStream().readNBytes(2048);
        } catch (IOException e) {
            // The client has left, which is all that this waits for.
        }
    }

    /** SSH_MSG_KEXINIT with what most servers take first. */
    private static byte[] proposal() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(20);
        out.write(new byte[16]);
        for (String names : List.of(
                "curve25519-sha256",
                "ssh-ed25519",
                "aes128-ctr",
                "aes128-ctr",
                "hmac-sha2-256",
                "hmac-sha2-256",
                "none",
                "none",
                "",
                "")) {
            out.writeInt(names.length());
            out.writeBytes(names);
        }
        out.writeByte(0);
        out.writeInt(0);
        return bytes.toByteArray();
    }

    /** RFC 4253, section 6: length, padding to a multiple of eight, no encryption yet. */
    private static byte[] packet(byte[] payload) throws IOException {
        int padding = 8 - (payload.length + 5) % 8 + 8;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(1 + payload.length + padding);
        out.writeByte(padding);
        out.write(payload);
        out.write(new byte[padding]);
        return bytes.toByteArray();
    }

    private static void run(String... args) {
        Main.run(nowhere(), args);
        // What only a start of its own does.
        Terminal.system();
        UserFolders.cache(Map.of());
        Main.isEnding();
    }

    private static Terminal nowhere() {
        return new Terminal(
                new BufferedReader(new StringReader("")),
                Output.of(OutputStream.nullOutputStream()),
                Output.of(OutputStream.nullOutputStream()),
                Set.of(),
                80,
                System.getenv());
    }
}

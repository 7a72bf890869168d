package org.linkctl.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A conversation with one QEMU over its QMP socket: JSON objects, one a line, where answers and events come mixed
 * (docs/interop/qmp-spec in QEMU's source). QEMU serves one conversation at a time, so keep it short.
 */
final class Qmp implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AutoCloseable connection;
    private final BufferedReader in;
    private final OutputStream out;
    private final Set<String> events = new HashSet<>();

    /** Speaks over any pair of streams; reads the greeting and leaves negotiation behind it. */
    Qmp(InputStream in, OutputStream out, AutoCloseable connection) {
        this.connection = connection;
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.out = out;
        JsonNode greeting = read();
        if (!greeting.has("QMP")) {
            throw new LabException("expected a QMP greeting, got: " + greeting);
        }
        execute("qmp_capabilities", Map.of());
    }

    /** Connects to the socket of a QEMU that is starting or running. */
    static Qmp connect(Path socket) {
        SocketChannel channel = Poll.untilPresent("QEMU at " + socket, PATIENCE, () -> tryConnect(socket));
        return new Qmp(Channels.newInputStream(channel), Channels.newOutputStream(channel), channel);
    }

    static Optional<SocketChannel> tryConnect(Path socket) {
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(socket));
                return Optional.of(channel);
            } catch (IOException e) {
                channel.close();
                return Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Runs one command and returns what it answered; events that come in between are remembered. */
    JsonNode execute(String command, Map<String, ?> arguments) {
        try {
            out.write(JSON.writeValueAsBytes(Map.of("execute", command, "arguments", arguments)));
            out.write('\n');
            out.flush();
        } catch (IOException e) {
            throw new LabException("QEMU no longer listens (" + command + ")", e);
        }
        while (true) {
            JsonNode message = read();
            if (message.has("return")) {
                return message.get("return");
            }
            if (message.has("error")) {
                throw new LabException("QEMU refused " + command + " " + arguments + ": "
                        + message.get("error").path("desc").asText());
            }
        }
    }

    /** Waits for an event, however long it takes; one that came during an earlier command counts. */
    void await(String event) {
        while (!events.remove(event)) {
            read();
        }
    }

    /** A command of the human monitor, for what QMP itself cannot say. */
    String human(String commandLine) {
        return execute("human-monitor-command", Map.of("command-line", commandLine))
                .asText();
    }

    private JsonNode read() {
        try {
            String line = in.readLine();
            if (line == null) {
                throw new LabException("QEMU ended the conversation");
            }
            JsonNode message = JSON.readTree(line);
            if (message.has("event")) {
                events.add(message.get("event").asText());
            }
            return message;
        } catch (JsonProcessingException e) {
            throw new LabException("QEMU said something that is no JSON", e);
        } catch (IOException e) {
            throw new LabException("cannot read from QEMU", e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (Exception e) {
            throw new LabException("cannot close a QMP connection", e);
        }
    }
}

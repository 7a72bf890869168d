package org.linkctl.engine.ssh;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.common.Buffer;

/** A client of an SSH agent on a Unix socket (draft-miller-ssh-agent). Each request uses a connection of its own. */
final class SshAgent {
    private static final int REQUEST_IDENTITIES = 11;
    private static final int IDENTITIES_ANSWER = 12;
    private static final int SIGN_REQUEST = 13;
    private static final int SIGN_RESPONSE = 14;
    private static final int RSA_SHA2_256 = 2;
    private static final int RSA_SHA2_512 = 4;

    /** The largest message that OpenSSH's agent accepts (sshd.h, AGENT_MAX_LEN). */
    private static final int LONGEST = 256 * 1024;

    private final Path socket;

    SshAgent(Path socket) {
        this.socket = socket;
    }

    List<Identity> identities() throws IOException {
        Buffer.PlainBuffer reply = talk(new Buffer.PlainBuffer().putByte((byte) REQUEST_IDENTITIES), IDENTITIES_ANSWER);
        long count = reply.readUInt32();
        List<Identity> identities = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            byte[] blob = reply.readBytes();
            identities.add(new AgentIdentity(this, blob, reply.readString()));
        }
        return identities;
    }

    private byte[] sign(byte[] blob, byte[] data, int flags) throws IOException {
        Buffer.PlainBuffer request = new Buffer.PlainBuffer()
                .putByte((byte) SIGN_REQUEST)
                .putBytes(blob)
                .putBytes(data)
                .putUInt32(flags);
        return talk(request, SIGN_RESPONSE).readBytes();
    }

    private Buffer.PlainBuffer talk(Buffer.PlainBuffer request, int expected) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            byte[] body = request.getCompactData();
            ByteBuffer out = ByteBuffer.allocate(4 + body.length)
                    .putInt(body.length)
                    .put(body)
                    .flip();
            while (out.hasRemaining()) channel.write(out);
            DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
            int length = in.readInt();
            if (length < 1 || length > LONGEST)
                throw new IOException("the SSH agent answers with " + length + " bytes");
            byte[] reply = in.readNBytes(length);
            if (reply.length < length) throw new IOException("the SSH agent broke off");
            if (reply[0] != expected) throw new IOException("the SSH agent refused");
            Buffer.PlainBuffer buffer = new Buffer.PlainBuffer(reply);
            buffer.readByte();
            return buffer;
        }
    }

    /** A key that the agent holds; the private part never leaves it. */
    private record AgentIdentity(SshAgent agent, Blob key, String comment) implements Identity {
        AgentIdentity(SshAgent agent, byte[] blob, String comment) {
            this(agent, new Blob(blob), comment);
        }

        @Override
        public String name() {
            return "agent:" + comment;
        }

        @Override
        public byte[] blob() {
            return key.bytes;
        }

        @Override
        public boolean locked() {
            return false;
        }

        @Override
        public void unlock() {}

        @Override
        public byte[] sign(String algorithm, byte[] data) throws IOException {
            int flags = algorithm.startsWith("rsa-sha2-512")
                    ? RSA_SHA2_512
                    : algorithm.startsWith("rsa-sha2-256") ? RSA_SHA2_256 : 0;
            return agent.sign(key.bytes, data, flags);
        }
    }

    private static final class Blob {
        private final byte[] bytes;

        Blob(byte[] bytes) {
            this.bytes = bytes;
        }
    }
}

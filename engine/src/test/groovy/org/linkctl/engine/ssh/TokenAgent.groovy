package org.linkctl.engine.ssh

import java.nio.ByteBuffer
import java.nio.channels.Channels
import java.nio.channels.ServerSocketChannel
import java.security.KeyPairGenerator
import java.security.MessageDigest
import java.security.Signature

import net.schmizz.sshj.common.Buffer

/** An agent with a FIDO token that a finger rests on: it signs as PROTOCOL.u2f of OpenSSH has it, and sshd checks that. */
class TokenAgent implements AutoCloseable {
    static final String TYPE = 'sk-ssh-ed25519@openssh.com'

    final String socket
    final byte[] blob
    private final java.security.KeyPair pair = KeyPairGenerator.getInstance('Ed25519').generateKeyPair()
    private final ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)
    private int counter = 1

    TokenAgent(File folder) {
        socket = "$folder/token.sock"
        byte[] encoded = pair.public.encoded
        byte[] raw = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)
        blob = new Buffer.PlainBuffer().putString(TYPE).putBytes(raw).putString('ssh:').compactData
        listening.bind(UnixDomainSocketAddress.of(socket))
        Thread.startDaemon {
            try {
                while (true) {
                    def peer = listening.accept()
                    Thread.startDaemon { try { peer.withCloseable { answer(it) } } catch (IOException ignored) { } }
                }
            } catch (IOException ignored) {
            }
        }
    }

    String getPublicLine() { "$TYPE ${blob.encodeBase64()} token" }

    /** One request after the other; of extensions, by which ssh(1) tells the host that it logs in to, none is known. */
    private void answer(channel) {
        def input = new DataInputStream(Channels.newInputStream(channel))
        while (true) {
            byte[] request = new byte[input.readInt()]
            input.readFully(request)
            def body = new Buffer.PlainBuffer(request)
            byte[] reply = reply(body.readByte(), body)
            channel.write(ByteBuffer.allocate(4 + reply.length).putInt(reply.length).put(reply).flip())
        }
    }

    private byte[] reply(byte type, Buffer.PlainBuffer body) {
        switch (type) {
            case 11: return new Buffer.PlainBuffer().putByte(12 as byte).putUInt32(1L).putBytes(blob).putString('token').compactData
            case 13: return signed(body)
            default: return [5] as byte[]
        }
    }

    private byte[] signed(Buffer.PlainBuffer body) {
        body.readBytes()
        byte[] about = sha256('ssh:'.bytes)
        byte[] tail = ByteBuffer.allocate(5).put(1 as byte).putInt(++counter).array()
        def signature = Signature.getInstance('Ed25519')
        signature.initSign(pair.private)
        [about, tail, sha256(body.readBytes())].each { signature.update(it as byte[]) }
        byte[] made = new Buffer.PlainBuffer().putString(TYPE).putBytes(signature.sign()).putRawBytes(tail).compactData
        new Buffer.PlainBuffer().putByte(14 as byte).putBytes(made).compactData
    }

    private static byte[] sha256(byte[] bytes) { MessageDigest.getInstance('SHA-256').digest(bytes) }

    void close() { listening.close() }
}

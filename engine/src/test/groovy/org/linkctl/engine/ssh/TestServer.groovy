package org.linkctl.engine.ssh

import java.security.KeyPair
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.atomic.AtomicInteger

import org.apache.sshd.common.config.keys.KeyUtils
import org.apache.sshd.common.config.keys.PublicKeyEntry
import org.apache.sshd.common.keyprovider.KeyPairProvider
import org.apache.sshd.common.session.Session
import org.apache.sshd.common.session.SessionListener
import org.apache.sshd.server.Environment
import org.apache.sshd.server.ExitCallback
import org.apache.sshd.server.SshServer
import org.apache.sshd.server.channel.ChannelSession
import org.apache.sshd.server.command.Command
import org.apache.sshd.server.forward.AcceptAllForwardingFilter

/** An SSH server in this process, with a real /bin/sh behind it, or whatever a test puts there. */
class TestServer implements AutoCloseable {
    final SshServer server = SshServer.setUpDefaultServer()
    final List<String> commands = new CopyOnWriteArrayList<>()
    final AtomicInteger logins = new AtomicInteger()
    /** Connections, whatever comes of them. */
    final AtomicInteger accepted = new AtomicInteger()
    /** Environment of what is run. */
    final Map<String, String> environment = [:]
    /** Makes what stands behind a command; null: the real thing. */
    Closure<Command> instead
    final List<KeyPair> hostKeys

    TestServer(String... types) {
        hostKeys = (types ? types.toList() : ['ed25519']).collect { key(it) }
        server.host = '127.0.0.1'
        server.port = 0
        server.keyPairProvider = KeyPairProvider.wrap(hostKeys)
        server.publickeyAuthenticator = { user, key, session -> true }
        server.commandFactory = { ChannelSession channel, String command ->
            commands << command
            instead ? instead(command) : new RealCommand(['/bin/sh', '-c', command], environment)
        }
        server.addSessionListener(new SessionListener() {
            void sessionEstablished(Session session) { accepted.incrementAndGet() }

            void sessionEvent(Session session, SessionListener.Event event) {
                if (event == SessionListener.Event.Authenticated) logins.incrementAndGet()
            }
        })
        server.forwardingFilter = AcceptAllForwardingFilter.INSTANCE
    }

    TestServer start() {
        server.start()
        this
    }

    int getPort() { server.port }

    static KeyPair key(String type) {
        switch (type) {
            case 'ed25519': return KeyUtils.generateKeyPair('ssh-ed25519', 256)
            case 'rsa': return KeyUtils.generateKeyPair('ssh-rsa', 2048)
            case 'ecdsa': return KeyUtils.generateKeyPair('ecdsa-sha2-nistp256', 256)
            default: throw new IllegalArgumentException(type)
        }
    }

    String publicLine(int index = 0) {
        PublicKeyEntry.toString(hostKeys[index].public)
    }

    String knownHostsLine(int index = 0) {
        "[127.0.0.1]:$port ${publicLine(index)}\n"
    }

    void close() { server.stop(true) }

    /** A process whose three streams are the channel's. */
    static class RealCommand implements Command {
        final List<String> words
        final Map<String, String> environment
        InputStream inputStream
        OutputStream outputStream
        OutputStream errorStream
        ExitCallback exitCallback
        Process process

        RealCommand(List<String> words, Map<String, String> environment) {
            this.words = words*.toString()
            this.environment = environment
        }

        void start(ChannelSession channel, Environment env) {
            ProcessBuilder builder = new ProcessBuilder(words)
            environment.each { name, value -> builder.environment().put(name, value.toString()) }
            process = builder.start()
            Thread.startDaemon { pump(inputStream, process.outputStream, true) }
            Thread out = Thread.startDaemon { pump(process.inputStream, outputStream, false) }
            Thread err = Thread.startDaemon { pump(process.errorStream, errorStream, false) }
            Thread.startDaemon {
                int status = process.waitFor()
                out.join()
                err.join()
                exitCallback.onExit(status)
            }
        }

        private static void pump(InputStream from, OutputStream to, boolean last) {
            byte[] buffer = new byte[16384]
            try {
                for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                    to.write(buffer, 0, read)
                    to.flush()
                }
            } catch (IOException ignored) {
            } finally {
                if (last) try { to.close() } catch (IOException ignored) { }
            }
        }

        /** As sshd does it: whatever runs sees its streams closed, and nobody ends it. */
        void destroy(ChannelSession channel) {
            [process?.outputStream, process?.inputStream, process?.errorStream].each { it?.close() }
        }
    }

    /** A command of a few lines: what it writes and how it ends. */
    static class Scripted implements Command {
        final Closure<?> body
        InputStream inputStream
        OutputStream outputStream
        OutputStream errorStream
        ExitCallback exitCallback
        Thread thread

        Scripted(@DelegatesTo(Scripted) Closure<?> body) { this.body = body }

        void start(ChannelSession channel, Environment env) {
            thread = Thread.startDaemon {
                try {
                    def status = body.call(inputStream, outputStream, errorStream)
                    outputStream.flush()
                    errorStream.flush()
                    exitCallback.onExit(status instanceof Integer ? status : 0)
                } catch (IOException | InterruptedException ignored) {
                    exitCallback.onExit(1)
                }
            }
        }

        void destroy(ChannelSession channel) { thread?.interrupt() }
    }
}

package org.linkctl.engine.ssh;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.Service;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import org.linkctl.engine.Unreachable;
import org.linkctl.engine.script.SafeText;

/** Public key authentication (RFC 4252) with the user's keys. */
final class UserAuthentication {
    /** LoginGraceTime of sshd_config(5): sshd itself ends a longer login. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final UserIdentities keys;

    UserAuthentication(UserIdentities keys) {
        this.keys = keys;
    }

    /** @throws Unreachable where no key is accepted; the message names those that were tried */
    void authenticate(SSHClient client, SshOptions options) {
        new Attempts(client, options).run();
    }

    /** Tries the keys in turn at one server. */
    private final class Attempts {
        private final SSHClient client;
        private final SshOptions options;
        private final List<String> notes = new ArrayList<>();
        private final List<String> tried = new ArrayList<>();
        private long left = LONGEST.toNanos();

        Attempts(SSHClient client, SshOptions options) {
            this.client = client;
            this.options = options;
        }

        void run() {
            try {
                for (Identity identity : keys.forHost(options, notes)) {
                    tried.add(identity.name());
                    if (offer(identity)) return;
                    if (client.getUserAuth().hadPartialSuccess())
                        throw new Unreachable("the server wants more than a key: "
                                + SafeText.start(
                                        String.join(", ", client.getUserAuth().getAllowedMethods())));
                }
            } catch (TransportException e) {
                if (Handshake.timedOut(e)) throw late(e);
                throw new Unreachable(
                        refused() + "; then the host closed the connection: "
                                + SafeText.start(String.valueOf(e.getMessage())),
                        e);
            }
            throw new Unreachable(refused());
        }

        private boolean offer(Identity identity) throws TransportException {
            Optional<String> algorithm = algorithm(identity);
            return algorithm.isPresent() && offer(identity, algorithm.get());
        }

        private Optional<String> algorithm(Identity identity) {
            try {
                Optional<String> algorithm = identity.algorithm(options.offers().userKeys());
                if (algorithm.isEmpty())
                    notes.add(identity.name() + ": PubkeyAcceptedAlgorithms of ssh_config leaves none for it");
                return algorithm;
            } catch (IOException e) {
                note(e);
                return Optional.empty();
            }
        }

        private boolean offer(Identity identity, String algorithm) throws TransportException {
            PublickeyAuth auth = new PublickeyAuth(identity, algorithm);
            try {
                if (authenticate(auth)) return true;
            } catch (UserAuthException e) {
                if (Handshake.timedOut(e)) throw late(e);
                if (!auth.acceptable()) note(e);
            }
            if (!auth.acceptable()) return false;
            try {
                identity.unlock();
                return authenticate(new PublickeyAuth(identity, algorithm));
            } catch (UserAuthException e) {
                if (Handshake.timedOut(e)) throw late(e);
                note(e);
            } catch (TransportException e) {
                throw e;
            } catch (IOException e) {
                note(e);
            }
            return false;
        }

        private boolean authenticate(PublickeyAuth auth) throws UserAuthException, TransportException {
            if (left <= 0)
                throw new Unreachable(timedOut() + "the login took longer than " + LONGEST.toSeconds() + " s");
            long begun = System.nanoTime();
            try {
                Service next = (Service) client.getConnection();
                return client.getUserAuth()
                        .authenticate(
                                options.user(),
                                next,
                                auth,
                                client.getTransport().getTimeoutMs());
            } finally {
                left -= System.nanoTime() - begun;
            }
        }

        private void note(IOException e) {
            notes.add(SafeText.start(String.valueOf(e.getMessage())));
        }

        /** The login ends, since a late answer could be taken for that to the next request. */
        private Unreachable late(Exception e) {
            long seconds = client.getTransport().getTimeoutMs() / 1000;
            return new Unreachable(
                    timedOut() + "the server gave no answer within " + seconds + " s to the key " + tried.getLast(), e);
        }

        private String timedOut() {
            return "login as " + options.user() + " timed out: ";
        }

        private String refused() {
            String keys = tried.isEmpty()
                    ? "there is no key to try"
                    : "none of these keys was taken: " + String.join(", ", tried);
            String more = notes.isEmpty() ? "" : " (" + String.join("; ", notes) + ")";
            String banner = SafeText.end(String.valueOf(client.getUserAuth().getBanner()));
            String says = banner.isEmpty() ? "" : "; the server says: " + banner;
            return "login as " + options.user() + " was refused: " + keys + more + says;
        }
    }
}

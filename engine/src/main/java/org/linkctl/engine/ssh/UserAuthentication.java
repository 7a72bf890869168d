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
import org.jspecify.annotations.Nullable;
import org.linkctl.engine.Unreachable;
import org.linkctl.engine.script.SafeText;

/** Public key authentication (RFC 4252) with the user's keys. */
final class UserAuthentication {
    /** LoginGraceTime of sshd_config(5): sshd itself ends a longer login. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private static final String SLOW =
            "look why logins take long there: its load, DNS (UseDNS of sshd_config(5)), PAM; --connect-timeout waits longer";

    private final UserIdentities keys;

    UserAuthentication(UserIdentities keys) {
        this.keys = keys;
    }

    /**
     * Logs in.
     *
     * @return the name of the key that was taken
     * @throws Unreachable where no key is accepted; the message names those that were tried
     */
    String authenticate(SSHClient client, SshOptions options) {
        return new Attempts(client, options).run();
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

        String run() {
            try {
                for (Identity identity : keys.forHost(options, notes)) {
                    tried.add(identity.name());
                    if (offer(identity)) return identity.name();
                    if (client.getUserAuth().hadPartialSuccess())
                        throw failure(
                                "the server wants more than a key: "
                                        + SafeText.start(String.join(
                                                ", ", client.getUserAuth().getAllowedMethods())),
                                null,
                                "linkctl logs in by one key: AuthenticationMethods publickey for this user in sshd_config(5)"
                                        + " there");
                }
            } catch (TransportException e) {
                if (Handshake.timedOut(e)) throw late(e);
                throw failure(
                        refused() + "; then the host closed the connection: "
                                + SafeText.start(String.valueOf(e.getMessage())),
                        e,
                        "offer the right key alone: IdentityFile and IdentitiesOnly in ssh_config, since a server takes"
                                + " few tries (MaxAuthTries of sshd_config(5))");
            }
            throw failure(refused(), null, cure());
        }

        private static Unreachable failure(String why, @Nullable Throwable cause, String cure) {
            return new Unreachable(Unreachable.Stage.LOGIN, why, cause, cure);
        }

        private String cure() {
            return tried.isEmpty()
                    ? "make a key (ssh-keygen -t ed25519), or name one by IdentityFile in ssh_config, and add its public"
                            + " key to ~" + options.user() + "/.ssh/authorized_keys there"
                    : "add the public key of one of them to ~" + options.user()
                            + "/.ssh/authorized_keys there (ssh-copy-id), or say which user: ssh: 'USER@...'";
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
                if (authenticate(identity, auth)) return true;
            } catch (UserAuthException e) {
                if (Handshake.timedOut(e)) throw late(e);
                if (!auth.acceptable()) note(e);
            }
            if (!auth.acceptable()) return false;
            try {
                identity.unlock();
                return authenticate(identity, new PublickeyAuth(identity, algorithm));
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

        private boolean authenticate(Identity identity, PublickeyAuth auth)
                throws UserAuthException, TransportException {
            if (left <= 0)
                throw failure(timedOut() + "the login took longer than " + LONGEST.toSeconds() + " s", null, SLOW);
            long begun = System.nanoTime();
            try {
                Service next = (Service) client.getConnection();
                return client.getUserAuth().authenticate(options.user(), next, auth, patience(identity));
            } finally {
                left -= System.nanoTime() - begun;
            }
        }

        /** A FIDO token waits for somebody to touch it. */
        private int patience(Identity identity) {
            return PublicKeys.ofToken(identity.blob())
                    ? (int) Duration.ofNanos(left).toMillis()
                    : client.getTransport().getTimeoutMs();
        }

        private void note(IOException e) {
            notes.add(SafeText.start(String.valueOf(e.getMessage())));
        }

        /** The login ends, since a late answer could be taken for that to the next request. */
        private Unreachable late(Exception e) {
            long seconds = client.getTransport().getTimeoutMs() / 1000;
            return failure(
                    timedOut() + "the server gave no answer within " + seconds + " s to the key " + tried.getLast(),
                    e,
                    SLOW);
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

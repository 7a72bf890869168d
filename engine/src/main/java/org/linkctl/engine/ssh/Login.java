package org.linkctl.engine.ssh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.Service;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import org.linkctl.engine.Unreachable;

/** Proves to a server who its user is, with the keys there are. */
final class Login {
    private final KeyRing keys;

    Login(KeyRing keys) {
        this.keys = keys;
    }

    /** @throws Unreachable where no key is taken; it names what was tried */
    void in(SSHClient client, SshOptions options) {
        List<String> notes = new ArrayList<>();
        List<String> tried = new ArrayList<>();
        try {
            for (Identity identity : keys.forHost(options, notes)) {
                tried.add(identity.name());
                if (offer(client, options.user(), identity, notes)) return;
                if (client.getUserAuth().hadPartialSuccess())
                    throw new Unreachable("the server wants more than a key: "
                            + String.join(", ", client.getUserAuth().getAllowedMethods()));
            }
        } catch (TransportException e) {
            throw new Unreachable(
                    refused(options, tried, notes) + "; then the host closed the connection: " + e.getMessage(), e);
        }
        throw new Unreachable(refused(options, tried, notes));
    }

    private static boolean offer(SSHClient client, String user, Identity identity, List<String> notes)
            throws TransportException {
        KeyAuth auth = new KeyAuth(identity);
        try {
            if (authenticate(client, user, auth)) return true;
        } catch (UserAuthException e) {
            if (!auth.wanted()) notes.add(String.valueOf(e.getMessage()));
        }
        if (!auth.wanted()) return false;
        try {
            identity.unlock();
            return authenticate(client, user, new KeyAuth(identity));
        } catch (UserAuthException e) {
            notes.add(String.valueOf(e.getMessage()));
        } catch (TransportException e) {
            throw e;
        } catch (IOException e) {
            notes.add(String.valueOf(e.getMessage()));
        }
        return false;
    }

    private static boolean authenticate(SSHClient client, String user, KeyAuth auth)
            throws UserAuthException, TransportException {
        Service next = (Service) client.getConnection();
        return client.getUserAuth()
                .authenticate(user, next, auth, client.getTransport().getTimeoutMs());
    }

    private static String refused(SshOptions options, List<String> tried, List<String> notes) {
        String keys = tried.isEmpty()
                ? "there is no key to try"
                : "none of these keys was taken: " + String.join(", ", tried);
        String more = notes.isEmpty() ? "" : " (" + String.join("; ", notes) + ")";
        return "login as " + options.user() + " was refused: " + keys + more;
    }
}

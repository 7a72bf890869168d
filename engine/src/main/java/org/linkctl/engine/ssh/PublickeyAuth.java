package org.linkctl.engine.ssh;

import java.io.IOException;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AbstractAuthMethod;

/**
 * Method publickey (RFC 4252, section 7): first asks whether the server accepts the key, then signs. With a locked key
 * it ends after the first part with {@link #acceptable}, so that the passphrase is not asked for while the server
 * waits.
 */
final class PublickeyAuth extends AbstractAuthMethod {
    private final Identity identity;
    private final String algorithm;
    private volatile boolean acceptable;

    PublickeyAuth(Identity identity, String algorithm) {
        super("publickey");
        this.identity = identity;
        this.algorithm = algorithm;
    }

    /** Whether the server accepts the key, which has to be unlocked first. */
    boolean acceptable() {
        return acceptable;
    }

    @Override
    protected SSHPacket buildReq() throws UserAuthException {
        return request(false);
    }

    private SSHPacket request(boolean signed) throws UserAuthException {
        return super.buildReq().putBoolean(signed).putString(algorithm).putBytes(identity.blob());
    }

    @Override
    public void handle(Message message, SSHPacket packet) throws UserAuthException, TransportException {
        if (message != Message.USERAUTH_60) {
            super.handle(message, packet);
            return;
        }
        if (identity.locked()) {
            acceptable = true;
            throw new UserAuthException("wanted");
        }
        SSHPacket request = request(true);
        byte[] data = new Buffer.PlainBuffer()
                .putString(params.getTransport().getSessionID())
                .putBuffer(request)
                .getCompactData();
        try {
            request.putBytes(identity.sign(algorithm, data));
        } catch (IOException e) {
            throw new UserAuthException(identity.name() + ": " + e.getMessage(), e);
        }
        params.getTransport().write(request);
    }
}

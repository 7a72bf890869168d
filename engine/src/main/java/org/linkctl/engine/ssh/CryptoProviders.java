package org.linkctl.engine.ssh;

import java.security.Provider;
import java.security.Security;
import net.schmizz.sshj.common.SecurityUtils;

/**
 * Where cryptography comes from: Java's own providers, as far as they go, and Bouncy Castle's behind them where it is
 * needed. Loading that takes 0.15 s of a start, since its jar is signed and no AOT cache takes its classes.
 */
final class CryptoProviders {
    /** SSHJ brings it for the run time. */
    private static final String BOUNCY_CASTLE = "org.bouncycastle.jce.provider.BouncyCastleProvider";

    private CryptoProviders() {}

    /** SSHJ takes the first provider that has an algorithm. Has to come before SSHJ does anything else. */
    static void preferJava() {
        SecurityUtils.setRegisterBouncyCastle(false);
    }

    /** For what Java lacks: ChaCha20 as OpenSSH uses it, and some ways to encrypt a PEM file. */
    static synchronized void addBouncyCastle() {
        if (Security.getProvider("BC") != null) return;
        try {
            Object provider =
                    Class.forName(BOUNCY_CASTLE).getDeclaredConstructor().newInstance();
            Security.addProvider((Provider) provider); // behind all others
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the build left out Bouncy Castle", e);
        }
    }
}

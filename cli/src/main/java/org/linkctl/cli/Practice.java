package org.linkctl.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.linkctl.cli.context.Installation;
import org.linkctl.cli.io.Terminal;
import org.linkctl.modules.Modules;
import org.linkctl.plan.Planner;

/** What a plan and an apply load once a host has answered, for the AOT cache: no host is there while that is made. */
final class Practice {
    private Practice() {}

    /** A plan or an apply of an inventory whose hosts have nothing on them yet. */
    static void command(Terminal terminal, String... words) {
        Planner planner = new Planner(Modules.all());
        new Cli(terminal, new Installation(planner, (settings, events) -> host -> new PracticeHost())).run(words);
    }

    /** What a connection takes behind the first message of the key exchange. */
    static void connection() {
        try {
            cryptography();
            ClassLoader loader = Practice.class.getClassLoader();
            for (String name : sshClasses()) Class.forName(name, false, loader);
        } catch (GeneralSecurityException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Classes of the connection that need a server to be used. */
    static List<String> sshClasses() {
        try (InputStream in = Practice.class.getResourceAsStream("ssh-classes.txt")) {
            if (in == null) throw new IllegalStateException("the build left out ssh-classes.txt");
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By Java's own providers, as SSHJ asks for it: curve25519-sha256, ssh-ed25519, aes128-gcm, hmac-sha2-256. */
    private static void cryptography() throws GeneralSecurityException {
        KeyPair exchange = KeyPairGenerator.getInstance("X25519").generateKeyPair();
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(exchange.getPrivate());
        agreement.doPhase(
                KeyFactory.getInstance("X25519")
                        .generatePublic(
                                new X509EncodedKeySpec(exchange.getPublic().getEncoded())),
                true);
        byte[] shared = agreement.generateSecret();
        KeyPair host = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        KeyFactory keys = KeyFactory.getInstance("Ed25519");
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(
                keys.generatePrivate(new PKCS8EncodedKeySpec(host.getPrivate().getEncoded())));
        signature.update(shared);
        byte[] signed = signature.sign();
        signature.initVerify(
                keys.generatePublic(new X509EncodedKeySpec(host.getPublic().getEncoded())));
        signature.update(shared);
        boolean _ = signature.verify(signed);
        SecretKeySpec key = new SecretKeySpec(shared, 0, 16, "AES");
        GCMParameterSpec nonce = new GCMParameterSpec(128, new byte[12]);
        for (int mode : new int[] {Cipher.ENCRYPT_MODE, Cipher.DECRYPT_MODE}) {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, nonce);
            if (mode == Cipher.ENCRYPT_MODE) signed = cipher.doFinal(signed);
            else cipher.doFinal(signed);
        }
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(key);
        mac.doFinal(shared);
    }
}

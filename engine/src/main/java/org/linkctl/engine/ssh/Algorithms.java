package org.linkctl.engine.ssh;

import com.hierynomus.sshj.key.KeyAlgorithm;
import com.hierynomus.sshj.key.KeyAlgorithms;
import com.hierynomus.sshj.transport.cipher.BlockCiphers;
import com.hierynomus.sshj.transport.cipher.ChachaPolyCiphers;
import com.hierynomus.sshj.transport.cipher.GcmCiphers;
import com.hierynomus.sshj.transport.kex.DHGroups;
import com.hierynomus.sshj.transport.kex.ExtInfoClientFactory;
import com.hierynomus.sshj.transport.mac.Macs;
import java.util.List;
import java.util.stream.Stream;
import net.schmizz.keepalive.KeepAliveProvider;
import net.schmizz.sshj.ConfigImpl;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.common.LoggerFactory;
import net.schmizz.sshj.signature.SignatureRSA;
import net.schmizz.sshj.transport.cipher.Cipher;
import net.schmizz.sshj.transport.compression.NoneCompression;
import net.schmizz.sshj.transport.kex.Curve25519SHA256;
import net.schmizz.sshj.transport.kex.DHGexSHA256;
import net.schmizz.sshj.transport.kex.ECDHNistP;
import net.schmizz.sshj.transport.kex.KeyExchange;
import net.schmizz.sshj.transport.mac.MAC;
import net.schmizz.sshj.transport.random.JCERandom;
import net.schmizz.sshj.transport.random.Random;
import net.schmizz.sshj.transport.random.SingletonRandomFactory;
import org.jspecify.annotations.Nullable;
import org.linkctl.engine.Unreachable;

/**
 * The algorithms that linkctl offers: those of current OpenSSH, the fast ones first, as far as ssh_config(5) allows
 * them; none that rests on SHA-1, CBC or Diffie-Hellman groups below 2048 bits. Not SSHJ's DefaultConfig, which creates
 * every cipher that it has for each connection, to see which of them Java has.
 */
final class Algorithms extends ConfigImpl {
    static {
        CryptoProviders.preferJava();
    }

    /** Host keys and signatures without a certificate. */
    static final List<Factory.Named<KeyAlgorithm>> PLAIN = List.of(
            KeyAlgorithms.EdDSA25519(),
            KeyAlgorithms.ECDSASHANistp256(),
            KeyAlgorithms.ECDSASHANistp384(),
            KeyAlgorithms.ECDSASHANistp521(),
            KeyAlgorithms.RSASHA512(),
            KeyAlgorithms.RSASHA256());

    /** Host keys with a certificate (OpenSSH, PROTOCOL.certkeys). RSA keys sign by SHA-2 here, too. */
    static final List<Factory.Named<KeyAlgorithm>> CERTIFIED = List.of(
            KeyAlgorithms.EdDSA25519CertV01(),
            KeyAlgorithms.ECDSASHANistp256CertV01(),
            KeyAlgorithms.ECDSASHANistp384CertV01(),
            KeyAlgorithms.ECDSASHANistp521CertV01(),
            new KeyAlgorithms.Factory(
                    "rsa-sha2-512-cert-v01@openssh.com", new SignatureRSA.FactoryRSASHA512(), KeyType.RSA_CERT),
            new KeyAlgorithms.Factory(
                    "rsa-sha2-256-cert-v01@openssh.com", new SignatureRSA.FactoryRSASHA256(), KeyType.RSA_CERT));

    private static final List<Factory.Named<KeyExchange>> KEY_EXCHANGES = List.of(
            new Curve25519SHA256.Factory(),
            new Curve25519SHA256.FactoryLibSsh(),
            new ECDHNistP.Factory256(),
            new ECDHNistP.Factory384(),
            new ECDHNistP.Factory521(),
            DHGroups.Group16SHA512(),
            DHGroups.Group18SHA512(),
            new DHGexSHA256.Factory(),
            DHGroups.Group14SHA256());

    private static final List<Factory.Named<Cipher>> CIPHERS = List.of(
            GcmCiphers.AES128GCM(),
            GcmCiphers.AES256GCM(),
            new Chacha(),
            BlockCiphers.AES128CTR(),
            BlockCiphers.AES192CTR(),
            BlockCiphers.AES256CTR());

    private static final List<Factory.Named<MAC>> CODES =
            List.of(Macs.HMACSHA2256Etm(), Macs.HMACSHA2512Etm(), Macs.HMACSHA2256(), Macs.HMACSHA2512());

    private static final Factory<Random> RANDOM = new SingletonRandomFactory(new JCERandom.Factory());

    /** Java's own ChaCha20 keeps another count of blocks than OpenSSH's (PROTOCOL.chacha20poly1305). */
    private static final class Chacha implements Factory.Named<Cipher> {
        private final Factory.Named<Cipher> made = ChachaPolyCiphers.CHACHA_POLY_OPENSSH();

        @Override
        public String getName() {
            return made.getName();
        }

        @Override
        public Cipher create() {
            CryptoProviders.addBouncyCastle();
            return made.create();
        }
    }

    /**
     * @param certificates whether host certificates are asked for
     * @throws Unreachable where ssh_config(5) leaves nothing of one kind
     */
    Algorithms(SshOptions.Offers offers, boolean certificates) {
        setVersion("linkctl");
        setLoggerFactory(LoggerFactory.DEFAULT);
        setRandomFactory(RANDOM);
        setCompressionFactories(List.of(new NoneCompression.Factory()));
        setFileKeyProviderFactories(List.of()); // FileIdentity reads keys.
        setKeepAliveProvider(KeepAliveProvider.KEEP_ALIVE);
        setVerifyHostKeyCertificates(false); // HostKeyCheck does, and SSHJ does not in every key exchange.
        setKeyExchangeFactories(Stream.concat(
                        left("KexAlgorithms", KEY_EXCHANGES, offers.keyExchanges()).stream(),
                        Stream.of(new ExtInfoClientFactory()))
                .toList());
        setKeyAlgorithms(left(
                "HostKeyAlgorithms",
                certificates ? Stream.concat(CERTIFIED.stream(), PLAIN.stream()).toList() : PLAIN,
                offers.hostKeys()));
        setCipherFactories(left("Ciphers", CIPHERS, offers.ciphers()));
        setMACFactories(left("MACs", CODES, offers.macs()));
    }

    private static <T> List<Factory.Named<T>> left(
            String option, List<Factory.Named<T>> all, @Nullable List<String> allowed) {
        if (allowed == null) return all;
        List<Factory.Named<T>> left =
                all.stream().filter(one -> allowed.contains(one.getName())).toList();
        if (left.isEmpty())
            throw Unreachable.bySettings(option + " of ssh_config leaves nothing that linkctl has; it has "
                    + String.join(", ", all.stream().map(Factory.Named::getName).toList()));
        return left;
    }
}

package org.linkctl.engine.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.schmizz.sshj.common.SSHRuntimeException;
import org.jspecify.annotations.Nullable;

/** The user's keys, from files and the agent; each file is read once in a run. */
final class UserIdentities {
    private final PasswordCache passwords;
    private final Map<Path, Optional<Identity>> files = new HashMap<>();

    UserIdentities(PasswordCache passwords) {
        this.passwords = passwords;
    }

    /**
     * The keys that ssh(1) would try, in its order (sshconnect2.c, pubkey_prepare): files that the agent holds too, the agent's
     * others (not with IdentitiesOnly), the remaining files, each key before its certificate.
     *
     * @param notes receives what could not be used and why
     */
    List<Identity> forHost(SshOptions options, List<String> notes) {
        List<Identity> held = agent(options, notes);
        List<Identity> named = new ArrayList<>();
        List<Identity> onlyFiles = new ArrayList<>();
        List<Path> certificates = new ArrayList<>();
        for (Path path : options.identities()) {
            Identity file = file(path, notes);
            byte[] blob = file == null ? publicPart(path) : file.blob();
            Optional<Identity> same = same(held, blob);
            if (same.isPresent()) named.add(same.get());
            else if (file != null && usable(file, notes)) onlyFiles.add(file);
            Path beside = Path.of(path + "-cert.pub");
            if (options.certificates().isEmpty() && Files.exists(beside)) certificates.add(beside);
        }
        certificates.addAll(options.certificates());
        List<Identity> all = new ArrayList<>(named);
        if (!options.identitiesOnly())
            held.stream().filter(one -> !named.contains(one)).forEach(all::add);
        all.addAll(onlyFiles);
        for (Path path : certificates) addCertificate(path, held, all, notes);
        String library = options.tokenLibrary();
        if (library != null)
            notes.add("PKCS11Provider of ssh_config: linkctl uses such keys by the agent: ssh-add -s " + library);
        return all;
    }

    private static Optional<Identity> same(List<Identity> held, byte[] blob) {
        return held.stream().filter(one -> Arrays.equals(one.blob(), blob)).findFirst();
    }

    /** The private half of a key of a FIDO token is in the token, and the agent talks to it. */
    private static boolean usable(Identity file, List<String> notes) {
        if (!PublicKeys.ofToken(file.blob())) return true;
        notes.add(file.name() + ": a key of a FIDO token, which linkctl uses by the agent: ssh-add " + file.name());
        return false;
    }

    /** Behind the key that signs for it, which is one that would be tried as well. */
    private static void addCertificate(Path path, List<Identity> held, List<Identity> all, List<String> notes) {
        try {
            Optional<byte[]> blob = PublicKeys.read(path);
            if (blob.isEmpty()) throw new IOException("no certificate can be read there");
            Optional<Identity> whole = same(held, blob.get());
            Optional<Identity> signer = UserCertificate.signer(blob.get(), all);
            UserCertificate.outOfTime(blob.get(), Instant.now()).ifPresent(why -> notes.add(path + ": " + why));
            if (whole.isPresent() && !all.contains(whole.get())) all.add(0, whole.get());
            else if (whole.isEmpty() && signer.isPresent())
                all.add(all.indexOf(signer.get()) + 1, new UserCertificate(path.toString(), blob.get(), signer.get()));
            else if (whole.isEmpty()) notes.add(path + ": there is no private key that belongs to it");
        } catch (IOException | SSHRuntimeException e) {
            notes.add(path + ": " + e.getMessage());
        }
    }

    /** Where only the public key is there, it selects one of the agent's keys (ssh_config(5), IdentityFile). */
    private static byte[] publicPart(Path path) {
        return PublicKeys.read(Path.of(path + ".pub"))
                .or(() -> PublicKeys.read(path))
                .orElse(new byte[0]);
    }

    private static List<Identity> agent(SshOptions options, List<String> notes) {
        Path socket = options.agent();
        if (socket == null || !Files.exists(socket)) return List.of();
        try {
            return new SshAgent(socket).identities();
        } catch (IOException e) {
            notes.add("agent " + socket + ": " + e.getMessage());
            return List.of();
        }
    }

    private synchronized @Nullable Identity file(Path path, List<String> notes) {
        if (!Files.isRegularFile(path) || path.toString().endsWith(".pub")) return null;
        Optional<Identity> known = files.get(path);
        if (known == null) {
            known = Optional.empty();
            try {
                known = Optional.of(new FileIdentity(path, passwords));
            } catch (IOException | IllegalArgumentException e) {
                notes.add(path + ": " + e.getMessage());
            }
            files.put(path, known);
        }
        return known.orElse(null);
    }
}

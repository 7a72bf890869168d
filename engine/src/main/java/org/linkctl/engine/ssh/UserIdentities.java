package org.linkctl.engine.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The user's keys, from files and the agent; each file is read once in a run. */
final class UserIdentities {
    private final PasswordCache passwords;
    private final Map<Path, Optional<Identity>> files = new HashMap<>();

    UserIdentities(PasswordCache passwords) {
        this.passwords = passwords;
    }

    /**
     * The keys that ssh(1) would try, in its order: files that the agent holds too, the agent's others (not with
     * IdentitiesOnly), the remaining files.
     *
     * @param notes receives what could not be used and why
     */
    List<Identity> forHost(SshOptions options, List<String> notes) {
        List<Identity> held = agent(options, notes);
        List<Identity> named = new ArrayList<>();
        List<Identity> onlyFiles = new ArrayList<>();
        for (Path path : options.identities()) {
            Identity file = file(path, notes);
            byte[] blob = file == null ? publicPart(path) : file.blob();
            Optional<Identity> same =
                    held.stream().filter(one -> Arrays.equals(one.blob(), blob)).findFirst();
            if (same.isPresent()) named.add(same.get());
            else if (file != null) onlyFiles.add(file);
        }
        List<Identity> all = new ArrayList<>(named);
        if (!options.identitiesOnly())
            held.stream().filter(one -> !named.contains(one)).forEach(all::add);
        all.addAll(onlyFiles);
        return all;
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

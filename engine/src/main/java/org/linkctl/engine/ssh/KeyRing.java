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

/** The keys of this machine's user; each file is read once in a run. */
final class KeyRing {
    private final Passwords passwords;
    private final Map<Path, Optional<Identity>> files = new HashMap<>();

    KeyRing(Passwords passwords) {
        this.passwords = passwords;
    }

    /**
     * What ssh(1) would try, in its order: files that the agent holds as well, the agent's others (not with
     * IdentitiesOnly), files that only lie there.
     *
     * @param notes what could not be used and why; added to
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

    /** Where only the public half lies there, it chooses among the agent's keys (ssh_config(5), IdentityFile). */
    private static byte[] publicPart(Path path) {
        return PublicKeys.read(Path.of(path + ".pub"))
                .or(() -> PublicKeys.read(path))
                .orElse(new byte[0]);
    }

    private static List<Identity> agent(SshOptions options, List<String> notes) {
        Path socket = options.agent();
        if (socket == null || !Files.exists(socket)) return List.of();
        try {
            return new Agent(socket).identities();
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

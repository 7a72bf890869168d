package org.linkctl.cli.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.linkctl.cli.io.PrivateFile;
import org.linkctl.diag.Diagnostic;
import org.linkctl.engine.Outcome;
import org.linkctl.shell.Artifact;
import org.linkctl.shell.Step;

/**
 * Looks for the files that a plan sends. A file of the inventory's folder is read where it lies; one that a URL names is
 * fetched by this machine, not by the hosts, and kept: a host needs neither a program for that nor a way out, and every host
 * gets the same.
 */
public final class FileLookup {
    /** Fetches a URL into a file. */
    @FunctionalInterface
    public interface Fetch {
        /** @throws IOException with a message for the user */
        void into(String url, Path file) throws IOException;
    }

    private final Path folder;
    private final Optional<Path> cache;
    private final Fetch fetch;
    private final FileStore found;

    /**
     * @param folder of the inventory
     * @param cache where what was fetched is kept; empty: there is no such place
     */
    public FileLookup(Path folder, Optional<Path> cache, Fetch fetch, FileStore found) {
        this.folder = folder;
        this.cache = cache;
        this.fetch = fetch;
        this.found = found;
    }

    /** What plans send, each content once. */
    public static Set<Artifact> sent(Collection<Outcome> outcomes) {
        Set<Artifact> out = new LinkedHashSet<>();
        for (Outcome outcome : outcomes) {
            if (!(outcome instanceof Outcome.WouldChange(var plan))) continue;
            plan.items().stream()
                    .flatMap(item -> item.steps().stream())
                    .filter(Step.SendFile.class::isInstance)
                    .forEach(step -> out.add(((Step.SendFile) step).artifact()));
        }
        return out;
    }

    /**
     * Finds files, and compares each with its SHA-256.
     *
     * @param fetching false: what has to be fetched is left for later
     * @return what is wrong, by the places of the declarations; empty: all are there
     */
    public List<Diagnostic> find(Collection<Artifact> artifacts, boolean fetching) {
        List<Diagnostic> wrong = new ArrayList<>();
        for (Artifact artifact : artifacts) {
            if (found.of(artifact).isPresent()) continue;
            try {
                if (artifact.isUrl()) fetched(artifact, fetching).ifPresent(wrong::add);
                else beside(artifact).ifPresent(wrong::add);
            } catch (IOException e) {
                wrong.add(Diagnostic.error(
                        artifact.at(), "'" + artifact.source() + "' cannot be had: " + PrivateFile.why(e)));
            }
        }
        return wrong;
    }

    private Optional<Diagnostic> beside(Artifact artifact) throws IOException {
        Path file = folder.resolve(artifact.source());
        if (!Files.isRegularFile(file)) {
            return Optional.of(
                    Diagnostic.error(artifact.at(), "no file '" + artifact.source() + "' beside the inventory")
                            .detail("looked for: " + file));
        }
        if (!file.toRealPath().startsWith(folder.toRealPath())) {
            return Optional.of(Diagnostic.error(
                    artifact.at(), "'" + artifact.source() + "' leads out of the folder of the inventory"));
        }
        return compared(artifact, file);
    }

    private Optional<Diagnostic> fetched(Artifact artifact, boolean fetching) throws IOException {
        Path kept = cache.map(folder -> folder.resolve("files").resolve(artifact.sha256()))
                .orElse(null);
        if (kept != null && Files.isRegularFile(kept) && sha256(kept).equals(artifact.sha256())) {
            found.add(artifact, kept);
            return Optional.empty();
        }
        if (!fetching) return Optional.empty();
        if (kept == null)
            throw new IOException("there is no folder to keep it in: neither XDG_CACHE_HOME nor HOME is set");
        Path part = Files.createTempFile(PrivateFile.folder(Objects.requireNonNull(kept.getParent())), "part", "");
        try {
            fetch.into(artifact.source(), part);
            Optional<Diagnostic> wrong = compared(artifact, part);
            if (wrong.isPresent()) return wrong;
            Files.move(part, kept, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            found.add(artifact, kept);
            return Optional.empty();
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private Optional<Diagnostic> compared(Artifact artifact, Path file) throws IOException {
        String is = sha256(file);
        if (!is.equals(artifact.sha256())) {
            return Optional.of(Diagnostic.error(artifact.at(), "'" + artifact.source() + "' is not what sha256: says")
                    .detail("its SHA-256 is " + is + ", not " + artifact.sha256() + "; nothing was changed"));
        }
        found.add(artifact, file);
        return Optional.empty();
    }

    private static String sha256(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

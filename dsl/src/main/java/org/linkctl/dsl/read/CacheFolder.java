package org.linkctl.dsl.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder for files that can be made again, of this user alone (mode 0700). Where it, or the folder that it is in,
 * belongs to another user, can be written by one, or is a symbolic link, nothing is read or written; an error does the
 * same.
 */
final class CacheFolder {
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<?> PRIVATE_FOLDER = PosixFilePermissions.asFileAttribute(PRIVATE);
    private static final FileAttribute<?> PRIVATE_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** The newest files are kept; the older ones go. */
    private static final int MOST_FILES = 256;

    private static final long MOST_BYTES = 128L << 20;
    private static final long LARGEST_FILE = 32L << 20;

    private final Path folder;

    /** @param folder absolute, and in a folder of linkctl's own */
    CacheFolder(Path folder) {
        this.folder = folder;
    }

    Optional<byte[]> read(String name) {
        Path file = folder.resolve(name);
        try {
            if (!isOurs()) return Optional.empty();
            PosixFileAttributes about = about(file);
            if (!about.isRegularFile() || !isUsers(about) || about.size() > LARGEST_FILE) return Optional.empty();
            try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(in.readAllBytes());
            }
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty(); // it is missing, or cannot be read: it is made again
        }
    }

    /** Writes a file, whole or not at all. */
    void write(String name, byte[] bytes) {
        if (bytes.length > LARGEST_FILE) return;
        try {
            makeFolders();
            if (!isOurs()) return;
            Path fresh = Files.createTempFile(folder, "", ".new", PRIVATE_FILE);
            try {
                Files.write(fresh, bytes, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(fresh);
            }
            removeOldest();
        } catch (IOException | UnsupportedOperationException e) {
            // It costs the time of making it again, no more.
        }
    }

    /** Makes the folder, and those above it, only where the nearest one that exists is the user's. */
    private void makeFolders() throws IOException {
        List<Path> missing = new ArrayList<>();
        Path above = folder;
        while (above != null && !Files.exists(above, LinkOption.NOFOLLOW_LINKS)) {
            missing.addFirst(above);
            above = above.getParent();
        }
        if (above == null || !isUsers(Files.readAttributes(above, PosixFileAttributes.class))) return;
        for (Path one : missing) Files.createDirectory(one, PRIVATE_FOLDER);
    }

    private boolean isOurs() throws IOException {
        Path above = folder.getParent();
        if (above == null) return false;
        PosixFileAttributes outer = about(above);
        PosixFileAttributes inner = about(folder);
        return outer.isDirectory()
                && isUsers(outer)
                && !outer.permissions().contains(PosixFilePermission.GROUP_WRITE)
                && !outer.permissions().contains(PosixFilePermission.OTHERS_WRITE)
                && inner.isDirectory()
                && isUsers(inner)
                && inner.permissions().equals(PRIVATE);
    }

    private static PosixFileAttributes about(Path path) throws IOException {
        return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Java takes the user's name from the user database by the process's user id, and so the owner's. */
    private static boolean isUsers(PosixFileAttributes about) {
        return about.owner().getName().equals(System.getProperty("user.name"));
    }

    private void removeOldest() throws IOException {
        record Old(Path file, FileTime time, long size) {}
        List<Old> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                PosixFileAttributes about = about(file);
                all.add(new Old(file, about.lastModifiedTime(), about.size()));
            }
        }
        all.sort(Comparator.comparing(Old::time).reversed());
        long bytes = 0;
        int files = 0;
        for (Old one : all) {
            bytes += one.size();
            if (++files > MOST_FILES || bytes > MOST_BYTES) Files.deleteIfExists(one.file());
        }
    }
}

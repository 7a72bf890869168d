package org.linkctl.lab;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files under image/ beside this class, by which the image is made: read from a folder or from a jar. */
final class Recipe {
    private final SortedMap<String, String> files;

    private Recipe(SortedMap<String, String> files) {
        this.files = files;
    }

    static Recipe load() {
        URL marker = Recipe.class.getResource("image/packages.txt");
        if (marker == null) {
            throw new LabException("this build of linkctl has no lab recipe in it");
        }
        try {
            URI uri = marker.toURI();
            if (!uri.getScheme().equals("jar")) {
                return read(Path.of(uri).resolveSibling("."));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return read(jar.getPath("/org/linkctl/lab/image"));
            }
        } catch (IOException | URISyntaxException e) {
            throw new LabException("cannot read the lab's recipe", e);
        }
    }

    private static Recipe read(Path folder) throws IOException {
        Path root = folder.normalize();
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(file).toString(), Files.readString(file, StandardCharsets.UTF_8));
            }
        }
        return new Recipe(files);
    }

    /** Names the image that this recipe gives with these other ingredients: the same name, the same image. */
    String hash(String... ingredients) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            files.forEach((name, text) -> sha.update((name + "\0" + text + "\0").getBytes(StandardCharsets.UTF_8)));
            for (String ingredient : ingredients) {
                sha.update((ingredient + "\0").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(sha.digest()).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The words of one of the recipe's lists, without its comments. */
    List<String> words(String name) {
        return file(name)
                .lines()
                .filter(l -> !l.isBlank() && !l.startsWith("#"))
                .toList();
    }

    String file(String name) {
        String text = files.get(name);
        if (text == null) {
            throw new LabException("the lab's recipe has no file " + name);
        }
        return text;
    }

    /** Writes the recipe into a folder that a user namespace can read as well. */
    void writeTo(Path folder) throws IOException {
        for (Map.Entry<String, String> entry : files.entrySet()) {
            Path file = folder.resolve(entry.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, entry.getValue());
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.toList()) {
                String mode = Files.isDirectory(path) ? "rwxr-xr-x" : "rw-r--r--";
                Files.setPosixFilePermissions(path, java.nio.file.attribute.PosixFilePermissions.fromString(mode));
            }
        }
    }
}

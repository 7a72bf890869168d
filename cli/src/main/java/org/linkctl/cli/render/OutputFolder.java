package org.linkctl.cli.render;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A folder that linkctl writes and may write again; a file in it lists what was written. */
public final class OutputFolder {
    static final String MARKER = ".linkctl-render";

    private final Path root;

    public OutputFolder(Path root) {
        this.root = root;
    }

    /** Whether it is missing, empty, or was written by linkctl. */
    public boolean isOurs() throws IOException {
        if (Files.exists(root.resolve(MARKER)) || Files.notExists(root)) return true;
        if (!Files.isDirectory(root)) return false;
        try (Stream<Path> entries = Files.list(root)) {
            return entries.findAny().isEmpty();
        }
    }

    /** Removes files of the last time that are not among these, and writes these. */
    public void write(Map<String, String> texts) throws IOException {
        for (String old : written()) {
            if (!texts.containsKey(old)) remove(inside(old));
        }
        Files.createDirectories(root);
        Files.writeString(root.resolve(MARKER), String.join("\n", texts.keySet()) + "\n");
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Path file = inside(text.getKey());
            Path parent = file.getParent();
            if (parent != null) Files.createDirectories(parent);
            Files.writeString(file, text.getValue());
        }
    }

    private List<String> written() throws IOException {
        Path marker = root.resolve(MARKER);
        if (Files.notExists(marker)) return List.of();
        List<String> names = new ArrayList<>(Files.readAllLines(marker));
        names.removeIf(String::isBlank);
        return names;
    }

    /** Resolves a name below the folder; a name that leads out of it is an error. */
    private Path inside(String name) {
        Path path = root.resolve(name).normalize();
        if (!path.startsWith(root.normalize()))
            throw new IllegalArgumentException("'" + name + "' leads out of " + root);
        return path;
    }

    private void remove(Path file) throws IOException {
        Files.deleteIfExists(file);
        for (Path folder = file.getParent(); folder != null && !folder.equals(root); folder = folder.getParent()) {
            try {
                Files.deleteIfExists(folder);
            } catch (DirectoryNotEmptyException e) {
                return;
            }
        }
    }
}

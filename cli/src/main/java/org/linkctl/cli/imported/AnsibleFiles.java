package org.linkctl.cli.imported;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.linkctl.cli.context.Failure;

/**
 * The variables in {@code group_vars} and {@code host_vars} beside an inventory of Ansible's: of a group or a host those of a
 * file of its name, with one of three endings or none, or of all such files in a folder of its name (docs.ansible.com,
 * "Organizing host and group variables"; ansible.plugins.vars.host_group_vars).
 */
final class AnsibleFiles {
    private static final List<String> ENDINGS = List.of("", ".yml", ".yaml", ".json");

    /** What ansible-vault(1) encrypted as a whole begins so. */
    private static final String VAULT = "$ANSIBLE_VAULT";

    private static final int DEEPEST = 8;

    private final Path folder;
    private final TreeSet<String> locked = new TreeSet<>();
    private final Map<String, Map<String, String>> read = new LinkedHashMap<>();

    AnsibleFiles(Path inventory) {
        Path beside = inventory.toAbsolutePath().getParent();
        this.folder = beside == null ? Path.of("/") : beside;
    }

    /** The files that cannot be read without a password. */
    List<String> locked() {
        return List.copyOf(locked);
    }

    Map<String, String> group(String name) {
        return of("group_vars", name);
    }

    Map<String, String> host(String name) {
        return of("host_vars", name);
    }

    /** @throws Failure where a file cannot be read, with its place */
    private Map<String, String> of(String kind, String name) {
        if (name.isEmpty() || name.startsWith(".") || name.indexOf('/') >= 0) return Map.of();
        return read.computeIfAbsent(kind + "/" + name, _ -> {
            Map<String, String> out = new LinkedHashMap<>();
            for (Path file : files(folder.resolve(kind), name)) variables(file, out);
            return out;
        });
    }

    /** The first that is there counts alone. */
    private static List<Path> files(Path kind, String name) {
        for (String ending : ENDINGS) {
            Path path = kind.resolve(name + ending);
            List<Path> out = new ArrayList<>();
            if (Files.isRegularFile(path)) out.add(path);
            else if (ending.isEmpty() && Files.isDirectory(path)) within(path, out, 0);
            else continue;
            return out;
        }
        return List.of();
    }

    private static void within(Path folder, List<Path> out, int depth) {
        List<Path> all;
        try (Stream<Path> files = Files.list(folder)) {
            all = files.sorted().toList();
        } catch (IOException e) {
            throw new Failure("--ansible: '" + folder + "' cannot be read: " + e.getMessage());
        }
        for (Path path : all) {
            String name = String.valueOf(path.getFileName());
            int dot = name.lastIndexOf('.');
            if (name.startsWith(".") || name.endsWith("~")) continue;
            if (Files.isDirectory(path)) {
                if (depth < DEEPEST) within(path, out, depth + 1);
            } else if (ENDINGS.contains(dot < 0 ? "" : name.substring(dot))) out.add(path);
        }
    }

    private void variables(Path file, Map<String, String> into) {
        try {
            String text = Files.readString(file);
            if (text.startsWith(VAULT)) locked.add(folder.relativize(file).toString());
            else into.putAll(AnsibleYaml.variables(file, text));
        } catch (IOException e) {
            throw new Failure("--ansible: '" + file + "' cannot be read: " + e.getMessage());
        }
    }
}

package org.linkctl.dsl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.linkctl.diag.Diagnostic;

/** The other files of an inventory's folder. Nothing outside of it can be reached, by dots or by links. */
final class DataFiles {
    private final Loading loading;

    DataFiles(Loading loading) {
        this.loading = loading;
    }

    /** @throws Thrown.Failure where there is no such file in the folder */
    Path find(String name) {
        Path folder = loading.file().toAbsolutePath().normalize().getParent();
        if (folder == null) throw failure("'" + Words.shown(name) + "' cannot be found");
        try {
            Path found = folder.resolve(name).normalize();
            boolean inside = found.startsWith(folder)
                    && !found.equals(folder)
                    && !Path.of(name).isAbsolute();
            if (!inside) throw failure("'" + Words.shown(name) + "' is not in the folder of the inventory");
            if (!Files.isRegularFile(found)) throw failure("no file '" + Words.shown(name) + "' beside the inventory");
            if (!found.toRealPath().startsWith(folder.toRealPath())) {
                throw failure("'" + Words.shown(name) + "' leads out of the folder of the inventory");
            }
            Path own = loading.file().getParent();
            return own == null ? folder.relativize(found) : own.resolve(folder.relativize(found));
        } catch (InvalidPathException | IOException e) {
            throw failure(
                    "'" + Words.shown(name) + "' cannot be found: " + Words.shown(String.valueOf(e.getMessage())));
        }
    }

    String read(String name) {
        Path file = find(name);
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw failure("'" + Words.shown(name) + "' cannot be read: " + Words.shown(e.toString()));
        }
    }

    Thrown.Failure failure(String summary) {
        return new Thrown.Failure(Diagnostic.error(loading.here().ofName(), summary));
    }
}

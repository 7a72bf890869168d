package org.linkctl.modules.shellfile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.linkctl.shell.ShellTemplate;

/**
 * Reads a shell program from the resources of the package of its module. What one file includes is named by its path from
 * the package of all modules: {@code #@include freebsd/watch/show-tables.sh}.
 *
 * <p>Modules touch nothing, and this is the one class of theirs that reads: a resource on the class path is a part of the
 * program, as a constant is, and the same on every run.
 */
public final class ShellFile {
    private static final String MODULES = "org.linkctl.modules.";

    private ShellFile() {}

    /**
     * A module's program.
     *
     * @param owner a class of the package that the file lies in
     */
    public static ShellTemplate of(Class<?> owner, String name) {
        String folder = owner.getPackageName().substring(MODULES.length()).replace('.', '/');
        return ShellTemplate.of(folder + "/" + name, ShellFile::read);
    }

    private static String read(String path) {
        String resource = "/" + MODULES.replace('.', '/') + path;
        try (InputStream in = ShellFile.class.getResourceAsStream(resource)) {
            if (in == null) throw new IllegalStateException(path + " is not in this build");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

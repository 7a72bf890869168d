package org.linkctl.dsl;

import groovy.lang.Binding;
import groovy.lang.Script;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.model.Fabric;
import org.linkctl.spi.SystemLimits;

/** Reads inventories. */
public final class Inventory {
    private Inventory() {}

    /**
     * Runs the file and checks what it declares. Contacts nobody, and never throws for anything that the file holds:
     * everything that is wrong with it is among the diagnostics.
     *
     * @param limits what is not made on hosts of a system yet, and so refused
     */
    public static Loaded load(Path file, List<SystemLimits> limits) {
        return load(file, limits, Bounds.USUAL);
    }

    static Loaded load(Path file, List<SystemLimits> limits, Bounds bounds) {
        Sources sources = new Sources();
        Loading loading = new Loading(sources, file);
        Bounds.Reached reached = bounds.run(sources, () -> run(loading, file, InventoryScript.LOADING, loading));
        if (reached.limit() != null) return stopped(file, reached);
        boolean whole = reached.whole();
        Fabric fabric = Conclusion.of(loading, limits, whole && loading.isWhole());
        return new Loaded(loading.failed() ? null : fabric, loading.diagnostics(), sources::line);
    }

    /** What is said of a file that was not run to its end. The former run may still be at work on what it gathered. */
    private static Loaded stopped(Path file, Bounds.Reached reached) {
        Place at = reached.at().orElse(new Place(file.toString(), 0, 0));
        Sources sources = new Sources();
        Loading loading = new Loading(sources, file);
        String text = read(loading, Path.of(at.file()));
        if (text != null) sources.add(at.file(), text);
        loading.report(Diagnostic.error(at, "the inventory is stopped here: it " + reached.limit())
                .detail("an inventory declares what is to be; it does not compute for long"));
        return new Loaded(null, loading.diagnostics(), sources::line);
    }

    /** Compiles and runs one file; false where it did not come to its end. */
    static boolean run(Loading loading, Path file, String variable, Object value) {
        String text = read(loading, file);
        if (text == null) return false;
        String name = file.toString();
        loading.sources().add(name, text);
        boolean part = !variable.equals(InventoryScript.LOADING);
        Class<? extends Script> script = new Compilation(loading, name, text, part).compile();
        if (script == null) return false;
        try {
            InvokerHelper.createScript(script, new Binding(Map.of(variable, value)))
                    .run();
            return true;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError problem) {
            Thrown.report(loading, problem, new Place(name, 0, 0));
            return false;
        }
    }

    private static @Nullable String read(Loading loading, Path file) {
        Place at = new Place(file.toString(), 0, 0);
        try {
            if (Files.isDirectory(file)) {
                loading.error(at, "is a folder, not an inventory", "", null);
                return null;
            }
            String text = Files.readString(file);
            return text.startsWith(DataFiles.BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (NoSuchFileException e) {
            loading.error(at, "no such file", "", null);
        } catch (CharacterCodingException e) {
            loading.error(at, "not a text in UTF-8", "", null);
        } catch (IOException e) {
            String why = e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
            loading.error(at, "cannot be read: " + Words.shown(why), "", null);
        }
        return null;
    }
}

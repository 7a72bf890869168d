package org.linkctl.dsl;

import groovy.lang.Binding;
import groovy.lang.GroovyShell;
import groovy.transform.CompileStatic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.customizers.ASTTransformationCustomizer;
import org.codehaus.groovy.control.customizers.ImportCustomizer;
import org.linkctl.diag.Place;
import org.linkctl.model.Become;
import org.linkctl.model.Bond;
import org.linkctl.model.Os;
import org.linkctl.model.Route;

/** Reads inventories. */
public final class Inventory {
    private Inventory() {}

    /** Runs the file and checks what it declares. Contacts nobody. Never throws for anything the file holds. */
    public static Loaded load(Path file) {
        Sources sources = new Sources();
        Loading loading = new Loading(sources);
        String name = file.toString();
        try {
            String text = Files.readString(file);
            sources.add(name, text);
            Binding binding = new Binding();
            binding.setVariable(InventoryScript.LOADING, loading);
            new GroovyShell(Inventory.class.getClassLoader(), binding, configuration())
                    .parse(text, name)
                    .run();
        } catch (IOException e) {
            loading.error(new Place(name, 0, 0), "cannot be read: " + e, "", null);
        } catch (MultipleCompilationErrorsException e) {
            loading.error(new Place(name, 0, 0), String.valueOf(e.getMessage()), "", null);
        }
        var fabric = loading.fabric();
        return new Loaded(loading.failed() ? null : fabric, loading.diagnostics(), sources::line);
    }

    private static CompilerConfiguration configuration() {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(InventoryScript.class.getName());
        ImportCustomizer imports = new ImportCustomizer();
        for (Class<?> kind : List.of(
                Os.class,
                Become.class,
                Bond.Mode.class,
                Bond.XmitHash.class,
                Bond.LacpRate.class,
                Route.Hash.class,
                Route.Failover.class)) {
            imports.addStaticStars(kind.getName());
        }
        configuration.addCompilationCustomizers(imports, new ASTTransformationCustomizer(CompileStatic.class));
        return configuration;
    }
}

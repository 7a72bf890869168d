package org.linkctl.modules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import org.linkctl.spi.Module;

/** Finds the modules. */
public final class Modules {
    private Modules() {}

    /** Every module on the class path, by name. */
    public static List<Module<?, ?>> all() {
        List<Module<?, ?>> found = new ArrayList<>();
        for (Module<?, ?> module : ServiceLoader.load(Module.class)) found.add(module);
        found.sort(Comparator.comparing(Module::name));
        return List.copyOf(found);
    }
}

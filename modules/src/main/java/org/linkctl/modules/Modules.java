package org.linkctl.modules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import org.linkctl.modules.freebsd.FreebsdLimits;
import org.linkctl.modules.linux.LinuxLimits;
import org.linkctl.spi.Examination;
import org.linkctl.spi.Module;
import org.linkctl.spi.SystemLimits;

/** Finds the modules, and what they do not make yet. */
public final class Modules {
    private Modules() {}

    /** Every module on the class path, by name. */
    public static List<Module<?, ?>> all() {
        List<Module<?, ?>> found = new ArrayList<>();
        for (Module<?, ?> module : ServiceLoader.load(Module.class)) found.add(module);
        found.sort(Comparator.comparing(Module::name));
        return List.copyOf(found);
    }

    /** What {@code linkctl doctor} looks at beside modules, in the order in which it is shown. */
    public static List<Examination> examinations() {
        List<Examination> found = new ArrayList<>();
        for (Examination one : ServiceLoader.load(Examination.class)) found.add(one);
        found.sort(Comparator.comparing(one -> one.getClass().getName()));
        return List.copyOf(found);
    }

    /** What the systems' modules do not make, by system. */
    public static List<SystemLimits> limits() {
        return List.of(new LinuxLimits(), new FreebsdLimits());
    }
}

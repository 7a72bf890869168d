package org.linkctl.modules;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.linkctl.spi.Module;
import org.linkctl.spi.Rendered;

/** A package for each module: named as the module is, with one public class, and used by no other package. */
class RoomsTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.linkctl.modules");

    /** The module of each package that has one. */
    private static Map<String, Module<?, ?>> rooms() {
        Map<String, Module<?, ?>> out = new TreeMap<>();
        for (Module<?, ?> module : Modules.all()) {
            Module<?, ?> other = out.put(module.getClass().getPackageName(), module);
            assertEquals(null, other, "two modules in one package");
        }
        assertFalse(out.isEmpty(), "no modules");
        return out;
    }

    @Test
    void aModulesPackageHasItsName() {
        rooms().forEach((room, module) ->
                assertEquals("org.linkctl.modules." + module.name().replace("-", ""), room));
    }

    @Test
    void aModuleIsForTheSystemOfItsName() {
        rooms().values()
                .forEach(module -> assertEquals(
                        module.system().name().toLowerCase(Locale.ROOT),
                        module.name().split("\\.", -1)[0]));
    }

    /** {@code linkctl render} shows all that is declared for a host. */
    @Test
    void everyModuleKnowsABareHost() {
        rooms().values().forEach(module -> assertInstanceOf(Rendered.class, module));
    }

    @Test
    void aModulesPackageHasOnePublicClass() {
        rooms().forEach((room, module) -> {
            List<String> shown = new ArrayList<>();
            for (JavaClass one : CLASSES) {
                if (one.getPackageName().equals(room)
                        && one.isTopLevelClass()
                        && one.getModifiers().contains(JavaModifier.PUBLIC)) shown.add(one.getName());
            }
            assertEquals(List.of(module.getClass().getName()), shown);
        });
    }

    @Test
    void noPackageUsesAModules() {
        Map<String, Module<?, ?>> rooms = rooms();
        List<String> uses = new ArrayList<>();
        for (JavaClass one : CLASSES) {
            one.getDirectDependenciesFromSelf().forEach(dependency -> {
                String target =
                        dependency.getTargetClass().getBaseComponentType().getPackageName();
                if (rooms.containsKey(target) && !target.equals(one.getPackageName()))
                    uses.add(one.getName() + " uses " + target);
            });
        }
        assertEquals(List.of(), uses);
    }

    @Test
    void noPackagesUseEachOther() {
        slices().matching("org.linkctl.modules.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(false)
                .check(CLASSES);
    }
}

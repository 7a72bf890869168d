package org.linkctl.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dependencies between the packages of the engine. */
class PackagesTest {
    private static final String ROOT = "org.linkctl.engine";

    private static final JavaClasses ENGINE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    /** Each package is a slice of its own, the one above the others too. */
    private static ArchRule noCycles(String pattern) {
        return slices().matching(pattern).should().beFreeOfCycles().allowEmptyShould(false);
    }

    @Test
    void noCycleBetweenPackages() {
        noCycles("org.linkctl.(**)").check(ENGINE);
    }

    @Test
    void aRuleThatSawNoClassesFails() {
        assertThrows(
                AssertionError.class, () -> noCycles("org.linkctl.nowhere.(**)").check(ENGINE));
    }

    /** What each package may use of the engine; all of them may use the types in the package above them. */
    @ParameterizedTest
    @CsvSource({
        "org.linkctl.engine,''",
        "org.linkctl.engine.script,''",
        "org.linkctl.engine.guard,script",
        "org.linkctl.engine.ssh,script",
        "org.linkctl.engine.run,script guard"
    })
    void dependenciesGoOneWay(String name, String allowed) {
        assertTrue(
                ENGINE.stream().anyMatch(one -> one.getPackageName().equals(name)),
                "no class of " + name + " was seen");
        for (String other : new String[] {"script", "guard", "ssh", "run"}) {
            String full = ROOT + "." + other;
            if (full.equals(name) || (" " + allowed + " ").contains(" " + other + " ")) continue;
            noClasses()
                    .that()
                    .resideInAPackage(name)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(full)
                    .allowEmptyShould(false)
                    .check(ENGINE);
        }
    }
}

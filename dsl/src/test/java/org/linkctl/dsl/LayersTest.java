package org.linkctl.dsl;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The packages of the language use each other in one direction only. */
class LayersTest {
    private static final String DSL = "org.linkctl.dsl";

    /** Each may use those behind it, except that read and check do not use each other. */
    private static final List<String> DOWNWARDS = List.of(
            DSL,
            DSL + ".check",
            DSL + ".read",
            DSL + ".syntax",
            DSL + ".purity",
            DSL + ".words",
            DSL + ".data",
            DSL + ".report",
            DSL + ".source",
            DSL + ".write");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(DSL);

    @Test
    void everyPackageHasItsPlaceInTheOrder() {
        Set<String> packages =
                CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(DOWNWARDS), packages);
    }

    @Test
    void nothingUsesAPackageAboveItsOwn() {
        for (int i = 1; i < DOWNWARDS.size(); i++) {
            avoids(DOWNWARDS.get(i), DOWNWARDS.subList(0, i)).check(CLASSES);
        }
        avoids(DSL + ".check", List.of(DSL + ".read")).check(CLASSES);
    }

    @Test
    void thereIsNoCycle() {
        slices().matching("(org.linkctl.dsl..)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(false)
                .check(CLASSES);
    }

    @Test
    void aRuleThatSawNoClassesFails() {
        assertThrows(
                AssertionError.class,
                () -> avoids(DSL + ".nowhere", List.of(DSL)).check(CLASSES));
    }

    @Test
    void callersSeeTheInventoryAndItsResult() {
        classes()
                .that()
                .resideInAPackage(DSL)
                .and()
                .doNotHaveSimpleName("package-info")
                .and()
                .haveModifier(JavaModifier.PUBLIC)
                .should()
                .haveSimpleName("Inventory")
                .orShould()
                .haveSimpleName("Loaded")
                .orShould()
                .haveSimpleName("Playbooks")
                .orShould()
                .haveSimpleName("LoadedPlaybook")
                .allowEmptyShould(false)
                .check(CLASSES);
    }

    private static ArchRule avoids(String who, List<String> above) {
        return noClasses()
                .that()
                .resideInAPackage(who)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above.toArray(String[]::new))
                .allowEmptyShould(false);
    }
}

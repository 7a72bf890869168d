package org.linkctl;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** What Maven's modules cannot say of core: it is pure, and data flows one way through it. */
class LayersTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.linkctl");

    @Test
    void touchesNothingOutside() {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("org.linkctl..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..", "java.nio.file..", "java.net..", "java.time..", "java.util.concurrent..");
        rule.allowEmptyShould(false).check(CORE);
    }

    @Test
    void valuesKnowNothingOfThoseWhoUseThem() {
        noClasses()
                .that()
                .resideInAnyPackage("..diag..", "..net..", "..shell..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..model..", "..spi..", "..plan..", "..spread..", "..check..")
                .allowEmptyShould(false)
                .check(CORE);
        noClasses()
                .that()
                .resideInAPackage("..model..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..spi..", "..plan..", "..spread..", "..check..")
                .allowEmptyShould(false)
                .check(CORE);
        noClasses()
                .that()
                .resideInAPackage("..spi..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..plan..", "..spread..")
                .allowEmptyShould(false)
                .check(CORE);
    }
}

package org.linkctl.modules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.spi.Module;

/** What Maven's class path cannot say: modules get values and return values, and touch nothing. */
class LayersTest {
    private static final JavaClasses MODULES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.linkctl.modules");

    /** Reads the resources that modules are made of, and is let read nothing else. */
    private static final String READS_RESOURCES = ShellFile.class.getName();

    /** Matches patterns of paths, which no class outside java.nio.file does; the rule below lets it see no file. */
    private static final String MATCHES_PATTERNS = "org.linkctl.modules.linux.sysctl.Glob";

    private static ArchRule touchNothing(String... where) {
        return noClasses()
                .that()
                .resideInAnyPackage(where)
                .and()
                .doNotHaveFullyQualifiedName(READS_RESOURCES)
                .and()
                .doNotHaveFullyQualifiedName(MATCHES_PATTERNS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..",
                        "java.nio.file..",
                        "java.nio.channels..",
                        "java.net..",
                        "java.time..",
                        "java.util.concurrent..",
                        "java.util.logging..",
                        "javax.net..",
                        "net.schmizz..",
                        "org.linkctl.engine..",
                        "org.linkctl.dsl..",
                        "org.linkctl.cli..")
                .allowEmptyShould(false);
    }

    @Test
    void modulesTouchNothing() {
        touchNothing("org.linkctl.modules..").check(MODULES);
    }

    @Test
    void whatMatchesPatternsSeesNoFile() {
        classes()
                .that()
                .haveFullyQualifiedName(MATCHES_PATTERNS)
                .should()
                .onlyDependOnClassesThat()
                .haveNameMatching("java\\.lang\\..*|java\\.nio\\.file\\.(FileSystems?|Path|PathMatcher)"
                        + "|java\\.util\\.(regex|stream|function)\\..*|.*\\.Glob")
                .allowEmptyShould(false)
                .check(MODULES);
    }

    @Test
    void whatReadsResourcesReadsNothingElse() {
        classes()
                .that()
                .haveFullyQualifiedName(READS_RESOURCES)
                .should()
                .onlyDependOnClassesThat()
                .haveNameMatching("java\\.lang\\..*|java\\.io\\.(InputStream|IOException|UncheckedIOException)"
                        + "|java\\.nio\\.charset\\..*|.*\\.ShellFile|.*\\.ShellTemplate|org\\.jspecify\\..*"
                        + "|java\\.util\\.function\\..*")
                .allowEmptyShould(false)
                .check(MODULES);
    }

    @Test
    void aRuleThatSawNoClassesFails() {
        assertThrows(
                AssertionError.class,
                () -> touchNothing("org.linkctl.nowhere..").check(MODULES));
    }

    @Test
    void systemsDoNotKnowEachOther() {
        stranger("..modules.linux..", "..modules.freebsd..");
        stranger("..modules.freebsd..", "..modules.linux..");
        stranger("..modules.wireguard..", "..modules.linux..", "..modules.freebsd..");
    }

    private static void stranger(String who, String... to) {
        noClasses()
                .that()
                .resideInAPackage(who)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(to)
                .allowEmptyShould(false)
                .check(MODULES);
    }

    @Test
    void everyModuleIsFoundAtRunTime() {
        classes()
                .that()
                .implement(Module.class)
                .and()
                .doNotHaveModifier(JavaModifier.ABSTRACT)
                .should(new FoundByServiceLoader())
                .allowEmptyShould(false)
                .check(MODULES);
    }
}

package org.linkctl.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows between the parts. Only here are all of them on one class path. */
class PartsTest {
    private static final String[] CORE = {
        "org.linkctl.model..",
        "org.linkctl.net..",
        "org.linkctl.diag..",
        "org.linkctl.shell..",
        "org.linkctl.spi..",
        "org.linkctl.plan..",
        "org.linkctl.playbook..",
        "org.linkctl.spread.."
    };
    private static final String DSL = "org.linkctl.dsl..";
    private static final String MODULES = "org.linkctl.modules..";
    private static final String ENGINE = "org.linkctl.engine..";
    private static final String LAB = "org.linkctl.lab..";
    private static final String CLI = "org.linkctl.cli..";

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.linkctl");

    /** A rule about classes that are not there holds for every mistake: an empty part fails here. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.linkctl.model",
                "org.linkctl.net",
                "org.linkctl.diag",
                "org.linkctl.shell",
                "org.linkctl.spi",
                "org.linkctl.plan",
                "org.linkctl.playbook",
                "org.linkctl.spread",
                "org.linkctl.dsl",
                "org.linkctl.modules.linux.bond",
                "org.linkctl.engine.ssh",
                "org.linkctl.lab",
                "org.linkctl.cli",
                "org.linkctl.cli.command",
                "org.linkctl.cli.context",
                "org.linkctl.cli.io",
                "org.linkctl.cli.lab",
                "org.linkctl.cli.option",
                "org.linkctl.cli.playbook",
                "org.linkctl.cli.record",
                "org.linkctl.cli.render",
                "org.linkctl.cli.run",
                "org.linkctl.cli.secrets",
                "org.linkctl.cli.show",
                "org.linkctl.cli.throughput"
            })
    void everyPartIsSeen(String name) {
        Assertions.assertTrue(
                ALL.stream()
                        .anyMatch(one -> one.getPackageName().equals(name)
                                && !one.getSimpleName().equals("package-info")),
                "no class of " + name + " on the class path");
    }

    @Test
    void coreKnowsNoOtherPart() {
        check(noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(DSL, MODULES, ENGINE, LAB, CLI));
    }

    @Test
    void theLanguageKnowsTheCoreAlone() {
        check(noClasses()
                .that()
                .resideInAPackage(DSL)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(MODULES, ENGINE, LAB, CLI));
    }

    @Test
    void modulesKnowTheCoreAlone() {
        check(noClasses()
                .that()
                .resideInAPackage(MODULES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(DSL, ENGINE, LAB, CLI));
    }

    @Test
    void theEngineKnowsTheCoreAlone() {
        check(noClasses()
                .that()
                .resideInAPackage(ENGINE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(DSL, MODULES, LAB, CLI));
    }

    @Test
    void theLabStandsAlone() {
        check(noClasses()
                .that()
                .resideInAPackage(LAB)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(DSL, MODULES, ENGINE, CLI));
    }

    @Test
    void onlyTheEngineSpeaksSsh() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ENGINE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("net.schmizz..", "com.hierynomus..", "org.bouncycastle.."));
    }

    @Test
    void pureParts_haveNoFilesNoClockNoThreads() {
        ArchRule rule = noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .or()
                .resideInAPackage(MODULES)
                .or()
                .resideInAnyPackage("org.linkctl.cli.show..")
                // A resource is a part of the program, as code is.
                .and()
                .doNotHaveFullyQualifiedName("org.linkctl.modules.shellfile.ShellFile")
                // Patterns of paths are matched there, and nothing is looked at: LayersTest of the modules.
                .and()
                .doNotHaveFullyQualifiedName("org.linkctl.modules.linux.sysctl.Glob")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..",
                        "java.nio.file..",
                        "java.nio.channels..",
                        "java.time..",
                        "java.util.concurrent..",
                        "java.net.http..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread");
        check(rule);
    }

    /** The language reads the inventory and the files it names, in a few places; beyond that it is pure. */
    @Test
    void theLanguageHasNoClockAndNoThreads() {
        check(noClasses()
                .that()
                .resideInAPackage(DSL)
                .and()
                .doNotHaveFullyQualifiedName("org.linkctl.dsl.read.RunLimits") // it ends an inventory that never ends
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.time..", "java.util.concurrent..", "java.net.http.."));
    }

    @Test
    void onlyTheCommandWritesToTheStandardStreams() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(CLI, LAB)
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err"));
    }

    @Test
    void whatIsShownIsNotWhatShows() {
        check(classes()
                .that()
                .resideInAPackage("org.linkctl.cli.show..")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages(
                        "org.linkctl.cli.command..",
                        "org.linkctl.cli.render..",
                        "org.linkctl.cli.lab..",
                        "org.linkctl.cli.option..",
                        "org.linkctl.cli.run..",
                        "org.linkctl.cli.record..",
                        "org.linkctl.cli.context..",
                        "org.linkctl.cli.io..",
                        "picocli.."));
    }

    /** Each package is a slice of its own, {@code cli} itself too. */
    @Test
    void noCycleBetweenPackagesOfTheCommand() {
        noCycles("org.linkctl.(cli..)").check(ALL);
    }

    @Test
    void noCycleBetweenPackagesOfTheEngine() {
        noCycles("org.linkctl.(engine..)").check(ALL);
    }

    @Test
    void aRuleThatSawNoClassesFails() {
        Assertions.assertThrows(
                AssertionError.class, () -> noCycles("org.linkctl.(nowhere..)").check(ALL));
    }

    private static ArchRule noCycles(String packages) {
        return slices().matching(packages).should().beFreeOfCycles().allowEmptyShould(false);
    }

    /** Options do not know the runs that they are for, records do not know who writes them, and no package the commands. */
    @Test
    void packagesOfTheCommandGoOneWay() {
        not("io", "context", "option", "record", "run", "show", "secrets", "throughput", "render", "lab", "command");
        not("context", "option", "record", "run", "show", "secrets", "throughput", "render", "lab", "command");
        not("show", "option", "record", "run", "lab", "command");
        not("secrets", "option", "record", "run", "lab", "command");
        not("throughput", "option", "record", "run", "lab", "command");
        not("render", "option", "record", "run", "lab", "command");
        not("option", "record", "run", "lab", "command");
        not("record", "run", "lab", "command");
        not("run", "playbook", "lab", "command");
        not("playbook", "lab", "command");
        not("lab", "command");
    }

    private static void not(String name, String... others) {
        check(noClasses()
                .that()
                .resideInAPackage("org.linkctl.cli." + name)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        Stream.of(others).map(one -> "org.linkctl.cli." + one).toArray(String[]::new)));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(false).check(ALL);
    }
}

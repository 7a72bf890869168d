package org.linkctl.dsl.read;

import groovy.lang.GroovyClassLoader;
import groovy.transform.CompileStatic;
import groovy.transform.ThreadInterrupt;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.codehaus.groovy.GroovyBugError;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.ASTTransformationCustomizer;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.control.customizers.ImportCustomizer;
import org.codehaus.groovy.control.messages.ExceptionMessage;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.dsl.purity.AllowedApi;
import org.linkctl.dsl.purity.AllowedCallCheck;
import org.linkctl.dsl.purity.BytecodeCheck;
import org.linkctl.dsl.report.DiagnosticCollector;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.dsl.syntax.AnnotationCheck;
import org.linkctl.dsl.syntax.ComparisonCheck;
import org.linkctl.dsl.syntax.Interpolation;
import org.linkctl.dsl.syntax.LexicalErrors;
import org.linkctl.dsl.syntax.OctalCheck;
import org.linkctl.dsl.syntax.SubscriptCheck;
import org.linkctl.dsl.syntax.WordCheck;
import org.linkctl.dsl.words.ScriptKind;
import org.linkctl.dsl.words.Vocabulary;

/**
 * Compiles the text of one file to a script class. So that all errors of a file are reported together, an error does
 * not end it: what {@link WordCheck} can correct is corrected, a statement that does not compile is reported and left
 * out, and the rest is compiled again.
 */
final class Compilation {
    /** Leaving a statement out can break another one; after this many rounds nothing is run. */
    private static final int ROUNDS = 6;

    private final DiagnosticCollector diagnostics;
    private final String file;
    private final String text;
    private final ScriptKind kind;
    private final Set<Place> leftOut = new HashSet<>();

    Compilation(DiagnosticCollector diagnostics, String file, String text, ScriptKind kind) {
        this.diagnostics = diagnostics;
        this.file = file;
        this.text = text;
        this.kind = kind;
    }

    /** What is to be run; null where nothing can be. Errors were reported. */
    @Nullable
    CompiledScript compile() {
        if (LexicalErrors.hasValues(text)) {
            Optional<Diagnostic> unread = LexicalErrors.first(file, text);
            unread.ifPresent(diagnostics::report);
            if (unread.isPresent()) return null;
        }
        for (int round = 0; round < ROUNDS; round++) {
            CompilerConfiguration configuration = configuration(round);
            CompileErrors errors = new CompileErrors(configuration);
            CompilationUnit unit = unit(configuration, errors);
            if (passes(unit, errors)) return isPure(unit) ? compiled(unit) : null;
            if (round == 0) new CompileErrorReport(diagnostics, file, text, errors).run();
            if (!errors.isParsed() || !leftOut.addAll(errors.places(file))) return null;
        }
        return null;
    }

    private boolean isPure(CompilationUnit unit) {
        List<BytecodeCheck.Use> refused = BytecodeCheck.refused(unit.getClasses());
        for (BytecodeCheck.Use use : refused) {
            Optional<Place> at =
                    diagnostics.sources().placeOf(diagnostics.sources().unit(file), use.number());
            // It follows from what was said: a variable whose declaration was left out, say, is looked up by name.
            boolean byName = use.what().startsWith("GroovyObject.");
            if ((at.isEmpty() || byName) && diagnostics.failed()) continue;
            diagnostics.error(
                    at.orElse(new Place(file, 0, 0)),
                    kind.title() + " may not use " + MessageText.shown(use.what()),
                    AllowedApi.WHY,
                    null);
        }
        return refused.isEmpty();
    }

    private static boolean passes(CompilationUnit unit, CompileErrors errors) {
        try {
            unit.compile(Phases.CLASS_GENERATION);
            return !errors.hasErrors();
        } catch (CompilationFailedException e) {
            return false;
        } catch (GroovyBugError | RuntimeException e) {
            if (!errors.hasErrors()) errors.addErrorAndContinue(new ExceptionMessage(asException(e), false, null));
            return false;
        }
    }

    private static Exception asException(Throwable problem) {
        return problem instanceof Exception exception ? exception : new IllegalStateException(problem);
    }

    private CompilationUnit unit(CompilerConfiguration configuration, CompileErrors errors) {
        configuration.addCompilationCustomizers(
                new After(CompilePhase.CONVERSION) {
                    @Override
                    void call(SourceUnit source, ClassNode script) {
                        errors.parsed();
                        new AnnotationCheck(source, kind, diagnostics, file).run(script);
                        new OctalCheck(source, diagnostics, file).visitClass(script);
                    }
                },
                new After(CompilePhase.INSTRUCTION_SELECTION) {
                    @Override
                    void call(SourceUnit source, ClassNode script) {
                        new SubscriptCheck(source).visitClass(script);
                        PlaceNumbering.number(script, diagnostics.sources(), file);
                        errors.failFromNowOn();
                    }
                });
        CompilationUnit unit =
                new CompilationUnit(
                        configuration, null, new GroovyClassLoader(ScriptKind.class.getClassLoader(), configuration)) {
                    {
                        errorCollector = errors;
                    }
                };
        unit.addSource(diagnostics.sources().unit(file), text);
        return unit;
    }

    private CompilerConfiguration configuration(int round) {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(kind.base().getName());
        configuration.setDisabledGlobalASTTransformations(Set.of("groovy.grape.GrabAnnotationTransformation"));
        // By invokedynamic a cast, such as of "host$n" to a text, loads all of Groovy's metaclasses when it is run
        // first.
        configuration.getOptimizationOptions().put(CompilerConfiguration.INVOKEDYNAMIC, false);
        ImportCustomizer imports = new ImportCustomizer();
        Vocabulary.constants().forEach(kind -> imports.addStaticStars(kind.getName()));
        // A playbook has values of these types, and may name them.
        if (kind == ScriptKind.PLAYBOOK) {
            for (Class<?> type : Vocabulary.valuesOfPlaybooks()) imports.addImports(type.getName());
        }
        configuration.addCompilationCustomizers(imports);
        configuration.addCompilationCustomizers(new After(CompilePhase.CONVERSION) {
            @Override
            void call(SourceUnit source, ClassNode script) {
                StatementPruner.prune(script, source, diagnostics, file, new HashSet<>(leftOut));
            }
        });
        if (kind == ScriptKind.INCLUDED) {
            configuration.addCompilationCustomizers(new After(CompilePhase.CONVERSION) {
                @Override
                void call(SourceUnit source, ClassNode script) {
                    IncludeWrapper.wrap(source.getAST());
                }
            });
        }
        configuration.addCompilationCustomizers(
                new After(CompilePhase.CANONICALIZATION) {
                    @Override
                    void call(SourceUnit source, ClassNode script) {
                        WordCheck check = new WordCheck(source, script, kind, diagnostics, file, round == 0);
                        StatementPruner.prune(script, source, diagnostics, file, check.run());
                        new Interpolation(source).visitClass(script);
                    }
                },
                new ASTTransformationCustomizer(ThreadInterrupt.class),
                new ASTTransformationCustomizer(
                        Map.of(
                                "extensions",
                                List.of(AllowedCallCheck.class.getName(), ComparisonCheck.class.getName())),
                        CompileStatic.class));
        return configuration;
    }

    private CompiledScript compiled(CompilationUnit unit) {
        return CompiledScript.of(unit.getClasses(), diagnostics.sources().places(file));
    }

    /** Is called for each class at the end of a compiler phase. */
    private abstract static class After extends CompilationCustomizer {
        After(CompilePhase phase) {
            super(phase);
        }

        @Override
        public void call(SourceUnit source, GeneratorContext context, ClassNode node) {
            call(source, node);
        }

        abstract void call(SourceUnit source, ClassNode node);
    }
}

package org.linkctl.dsl.read;

import groovy.lang.GroovyClassLoader;
import groovy.lang.Script;
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
import org.codehaus.groovy.control.ErrorCollector;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.ASTTransformationCustomizer;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.control.customizers.ImportCustomizer;
import org.codehaus.groovy.control.messages.ExceptionMessage;
import org.codehaus.groovy.control.messages.Message;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;
import org.codehaus.groovy.tools.GroovyClass;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.dsl.purity.AllowedApi;
import org.linkctl.dsl.purity.BytecodeCheck;
import org.linkctl.dsl.purity.TypeRules;
import org.linkctl.dsl.report.DiagnosticCollector;
import org.linkctl.dsl.report.Words;
import org.linkctl.dsl.syntax.AnnotationCheck;
import org.linkctl.dsl.syntax.Brackets;
import org.linkctl.dsl.syntax.Messages;
import org.linkctl.dsl.syntax.NumberCheck;
import org.linkctl.dsl.syntax.SubscriptCheck;
import org.linkctl.dsl.syntax.WordCheck;
import org.linkctl.dsl.words.ScriptKind;
import org.linkctl.dsl.words.Vocabulary;

/**
 * From the text of one file to a class that can be run. So that a file's errors come out together, an error does not
 * end it: what the words' own check can mend is mended, and a statement that does not compile is reported, left out,
 * and the rest compiled again. Only what follows from an error is kept back.
 */
final class Compilation {
    /** Leaving a statement out can break another one; after so many times nothing is run. */
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

    /** The script, or null where nothing is left that could be run; what is wrong was reported. */
    @Nullable
    Class<? extends Script> compile() {
        for (int round = 0; round < ROUNDS; round++) {
            CompilerConfiguration configuration = configuration(round);
            Errors errors = new Errors(configuration);
            CompilationUnit unit = unit(configuration, errors);
            if (passes(unit, errors)) return isPure(unit) ? define(unit) : null;
            int before = leftOut.size();
            report(errors, round == 0);
            if (!errors.parsed || leftOut.size() == before) return null;
        }
        return null;
    }

    private boolean isPure(CompilationUnit unit) {
        List<BytecodeCheck.Use> refused = BytecodeCheck.refused(unit.getClasses());
        for (BytecodeCheck.Use use : refused) {
            Optional<Place> at =
                    diagnostics.sources().place(diagnostics.sources().unit(file), use.number());
            if (at.isEmpty() && diagnostics.failed()) continue; // it follows from what was said
            diagnostics.error(
                    at.orElse(new Place(file, 0, 0)),
                    "an inventory may not use " + Words.shown(use.what()),
                    AllowedApi.WHY,
                    null);
        }
        return refused.isEmpty();
    }

    private static boolean passes(CompilationUnit unit, Errors errors) {
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

    private void report(Errors errors, boolean first) {
        for (Message message : List.copyOf(errors.getErrors())) {
            if (message instanceof SyntaxErrorMessage located) {
                SyntaxException cause = located.getCause();
                leftOut.add(at(cause));
                if (first && !follows(cause, errors)) {
                    diagnostics.report(translated(cause, errors.parsed));
                }
            } else if (first && !diagnostics.failed()) {
                String what = message instanceof ExceptionMessage failure
                        ? String.valueOf(failure.getCause())
                        : String.valueOf(message);
                diagnostics.error(new Place(file, 0, 0), "cannot be compiled: " + Words.shown(what), "", null);
            }
        }
    }

    private Diagnostic translated(SyntaxException cause, boolean parsed) {
        String message = String.valueOf(cause.getOriginalMessage());
        Place at = at(cause);
        Diagnostic told = Messages.translate(at, message, diagnostics.sources().rest(at));
        return parsed ? told : new Brackets(file, text).explain(told, Messages.isOfEnd(message));
    }

    private Place at(SyntaxException cause) {
        return new Place(file, Math.max(cause.getStartLine(), 1), Math.max(cause.getStartColumn(), 0));
    }

    /**
     * A value of an unknown type is no error of its own where another one tells why it is unknown. And where a word's
     * values do not fit, the compiler does not know of its braces what is known in them.
     */
    private boolean follows(SyntaxException cause, Errors errors) {
        List<SyntaxException> all = errors.getErrors().stream()
                .filter(SyntaxErrorMessage.class::isInstance)
                .map(message -> ((SyntaxErrorMessage) message).getCause())
                .toList();
        Place at = at(cause);
        boolean lost = Messages.isOfWord(String.valueOf(cause.getOriginalMessage()))
                && diagnostics.sources().around(at).stream()
                        .filter(outer -> outer.body().compareTo(at) <= 0)
                        .anyMatch(outer -> all.stream().anyMatch(other -> outer.isBeforeBody(at(other))));
        if (lost) return true;
        if (!isOfUnknown(cause)) return false;
        return all.stream()
                .anyMatch(other -> !other.equals(cause)
                        && !isOfUnknown(other)
                        && other.getStartLine() >= cause.getStartLine()
                        && other.getEndLine() <= cause.getEndLine());
    }

    private static boolean isOfUnknown(SyntaxException cause) {
        String message = String.valueOf(cause.getOriginalMessage());
        return message.contains("'java.lang.Object'")
                || message.contains("for class: java.lang.Object")
                || message.matches("(?s).*#\\w+\\((.*, )?java\\.lang\\.Object.*");
    }

    private CompilationUnit unit(CompilerConfiguration configuration, Errors errors) {
        configuration.addCompilationCustomizers(
                new After(CompilePhase.CONVERSION) {
                    @Override
                    void call(SourceUnit source, ClassNode script) {
                        errors.parsed = true;
                        new AnnotationCheck(source, diagnostics, file).run(script);
                        new NumberCheck(source, diagnostics, file).visitClass(script);
                    }
                },
                new After(CompilePhase.INSTRUCTION_SELECTION) {
                    @Override
                    void call(SourceUnit source, ClassNode script) {
                        new SubscriptCheck(source).visitClass(script);
                        LineNumbers.number(script, diagnostics.sources(), file);
                        errors.lenient = false;
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
        ImportCustomizer imports = new ImportCustomizer();
        Vocabulary.constants().forEach(kind -> imports.addStaticStars(kind.getName()));
        configuration.addCompilationCustomizers(imports);
        configuration.addCompilationCustomizers(new After(CompilePhase.CONVERSION) {
            @Override
            void call(SourceUnit source, ClassNode script) {
                Pruner.prune(script, source, diagnostics, file, new HashSet<>(leftOut));
            }
        });
        if (kind == ScriptKind.INCLUDED) {
            configuration.addCompilationCustomizers(new After(CompilePhase.CONVERSION) {
                @Override
                void call(SourceUnit source, ClassNode script) {
                    Parts.wrap(source.getAST());
                }
            });
        }
        configuration.addCompilationCustomizers(
                new After(CompilePhase.CANONICALIZATION) {
                    @Override
                    void call(SourceUnit source, ClassNode script) {
                        WordCheck check = new WordCheck(source, script, kind, diagnostics, file, round == 0);
                        Pruner.prune(script, source, diagnostics, file, check.run());
                    }
                },
                new ASTTransformationCustomizer(ThreadInterrupt.class),
                new ASTTransformationCustomizer(
                        Map.of("extensions", List.of(TypeRules.class.getName())), CompileStatic.class));
        return configuration;
    }

    private Class<? extends Script> define(CompilationUnit unit) {
        Classes classes = new Classes();
        Class<?> script = null;
        for (GroovyClass one : unit.getClasses()) {
            Class<?> defined = classes.define(one);
            if (Script.class.isAssignableFrom(defined)) script = defined;
        }
        if (script == null) throw new IllegalStateException("no script in " + file);
        return script.asSubclass(Script.class);
    }

    private static final class Classes extends ClassLoader {
        Classes() {
            super(ScriptKind.class.getClassLoader());
        }

        Class<?> define(GroovyClass one) {
            return defineClass(one.getName(), one.getBytes(), 0, one.getBytes().length);
        }
    }

    /** Does something to each class at the end of a phase. */
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

    /** Lets the compiler go on after errors until the types were checked, so that it reports all of them. */
    private static final class Errors extends ErrorCollector {
        private static final long serialVersionUID = 1L;
        private boolean lenient = true;
        private boolean parsed;

        Errors(CompilerConfiguration configuration) {
            super(configuration);
        }

        @Override
        protected void failIfErrors() throws CompilationFailedException {
            if (!lenient) super.failIfErrors();
        }
    }
}

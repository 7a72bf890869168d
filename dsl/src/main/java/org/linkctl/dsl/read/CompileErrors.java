package org.linkctl.dsl.read;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.ErrorCollector;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;
import org.linkctl.diag.Place;

/** The compiler's errors. Lets it go on after one until the types were checked, so that it finds all of them. */
final class CompileErrors extends ErrorCollector {
    private static final long serialVersionUID = 1L;
    private boolean tolerant = true;
    private boolean parsed;

    CompileErrors(CompilerConfiguration configuration) {
        super(configuration);
    }

    @Override
    protected void failIfErrors() throws CompilationFailedException {
        if (!tolerant) super.failIfErrors();
    }

    /** From here on errors end the compilation: bytecode cannot be made of statements with errors. */
    void failFromNowOn() {
        tolerant = false;
    }

    /** The file was parsed: there is a syntax tree. */
    void parsed() {
        parsed = true;
    }

    boolean isParsed() {
        return parsed;
    }

    /** The errors that have a place in the file. */
    List<SyntaxException> located() {
        return getErrors().stream()
                .filter(SyntaxErrorMessage.class::isInstance)
                .map(message -> ((SyntaxErrorMessage) message).getCause())
                .toList();
    }

    /** The places of {@link #located()}. */
    Set<Place> places(String file) {
        return located().stream().map(error -> place(file, error)).collect(Collectors.toSet());
    }

    static Place place(String file, SyntaxException error) {
        return new Place(file, Math.max(error.getStartLine(), 1), Math.max(error.getStartColumn(), 0));
    }
}

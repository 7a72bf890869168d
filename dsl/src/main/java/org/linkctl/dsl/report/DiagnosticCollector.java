package org.linkctl.dsl.report;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.dsl.source.SourceFiles;

/**
 * Collects the diagnostics of an inventory, and what could not be read because of errors. The diagnostics may be read
 * while the thread of an inventory that was stopped still reports some.
 */
public final class DiagnosticCollector {
    private final SourceFiles sources;
    /** Guarded by itself. */
    private final Set<Diagnostic> diagnostics = new LinkedHashSet<>();

    private final UnreadableParts unreadable;
    private final Set<String> mentioned = new HashSet<>();
    private boolean complete = true;
    private boolean otherKind;

    /** @param independent names of attributes on which no check of anything else depends */
    public DiagnosticCollector(SourceFiles sources, Supplier<Set<String>> independent) {
        this.sources = sources;
        this.unreadable = new UnreadableParts(sources, independent);
    }

    public SourceFiles sources() {
        return sources;
    }

    /** The words and attributes that could not be read. */
    public UnreadableParts unreadable() {
        return unreadable;
    }

    public void error(Place at, String summary, String detail, @Nullable String suggestion) {
        report(Diagnostic.error(at, summary).detail(detail).suggest(suggestion));
    }

    public void report(Diagnostic diagnostic) {
        synchronized (diagnostics) {
            diagnostics.add(diagnostic);
        }
        unreadable.add(diagnostic.at());
    }

    /** A file could not be read: what it would have declared is not known, and the rest is checked. */
    public void incomplete(InventoryException failure) {
        report(failure.diagnostic());
        incomplete();
    }

    public void incomplete() {
        complete = false;
    }

    /** The file is a playbook where an inventory is meant, or the other way round, which was reported. */
    public void otherKindOfFile() {
        otherKind = true;
    }

    public boolean isOtherKindOfFile() {
        return otherKind;
    }

    /** Whether every file of the inventory was read and ran to its end. */
    public boolean isComplete() {
        return complete;
    }

    /** A statement that was left out contains this text; it might have declared something of that name. */
    public void mention(String text) {
        mentioned.add(text);
    }

    public boolean isMentioned(String text) {
        return mentioned.contains(text);
    }

    /** Everything reported, without repetitions, in the order of files, lines and columns. */
    public List<Diagnostic> sorted() {
        return reported().stream().sorted().toList();
    }

    /** The same with one more that is not reported: nothing is read any more. */
    public List<Diagnostic> sortedWith(Diagnostic last) {
        return Stream.concat(reported().stream(), Stream.of(last)).sorted().toList();
    }

    /** How many were reported. */
    public int count() {
        return reported().size();
    }

    /** Whether an error was reported; warnings do not count. */
    public boolean failed() {
        return reported().stream().anyMatch(one -> one.severity() == Diagnostic.Severity.ERROR);
    }

    private List<Diagnostic> reported() {
        synchronized (diagnostics) {
            return List.copyOf(diagnostics);
        }
    }
}

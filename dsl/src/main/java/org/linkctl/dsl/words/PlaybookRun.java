package org.linkctl.dsl.words;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.dsl.source.SourceFiles;
import org.linkctl.model.Fabric;
import org.linkctl.plan.ModuleNames;
import org.linkctl.playbook.Parameter;
import org.linkctl.playbook.Playbook;
import org.linkctl.playbook.Task;

/** One run of a playbook's file, which collects its steps; none of them is done. */
public final class PlaybookRun extends ScriptRun {
    /** When steps are done. */
    enum Phase {
        USUALLY,
        ON_FAILURE,
        ALWAYS
    }

    private final Fabric fabric;
    private final Map<String, String> given;
    private final ModuleNames modules;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final WatchNames watches = new WatchNames();
    private final TaskList tasks = new TaskList();
    private @Nullable String name;
    private String about = "";
    private final Set<Diagnostic> certain = new LinkedHashSet<>();
    private boolean sound = true;
    private boolean standsIn;
    private boolean wrong;
    private Place at;

    /**
     * @param file the playbook
     * @param fabric the inventory that it is run for
     * @param given values of its parameters, by name
     * @param modules of which steps name some
     */
    public PlaybookRun(Path file, SourceFiles sources, Fabric fabric, Map<String, String> given, ModuleNames modules) {
        super(file, "the playbook", sources, Set::of);
        this.fabric = fabric;
        this.given = Map.copyOf(given);
        this.modules = modules;
        this.at = new Place(file.toString(), 0, 0);
    }

    Fabric fabric() {
        return fabric;
    }

    ModuleNames modules() {
        return modules;
    }

    TaskList tasks() {
        return tasks;
    }

    /** The pings that have begun, by name. */
    WatchNames watches() {
        return watches;
    }

    /** Whether a playbook is declared. */
    public boolean isNamed() {
        return name != null;
    }

    void name(String playbook, String what, Place where) {
        name = playbook;
        about = what;
        at = where;
    }

    /** The value that was given for a parameter; null where none was. */
    @Nullable
    String given(String parameter) {
        return given.get(parameter);
    }

    boolean has(String parameter) {
        return parameters.containsKey(parameter);
    }

    /** What follows of parameters may be asked while the thread of a playbook that was stopped is still at work. */
    synchronized void add(Parameter parameter) {
        if (parameter.value() == null) {
            if (!standsIn) sound = !diagnostics().failed();
            standsIn = true;
        }
        parameters.put(parameter.name(), parameter);
    }

    /** What was declared so far, and what was given and is no parameter of it. */
    public List<String> unknown() {
        return given.keySet().stream()
                .filter(one -> !parameters.containsKey(one))
                .sorted()
                .toList();
    }

    /** What was given for a parameter is no value of it: something else stands in for it. */
    synchronized void wrongValue() {
        standsIn = true;
        wrong = true;
    }

    /** Whether {@link #wrongValue} was told. */
    public synchronized boolean hasWrongValue() {
        return wrong;
    }

    /** Whether nothing was wrong before the first of {@link #missing}. */
    public synchronized boolean isSound() {
        return sound;
    }

    /** Whether a value is a stand-in, for one that is missing or wrong: what is found from then on may follow from that. */
    public synchronized boolean standsIn() {
        return standsIn;
    }

    /** Reads a parameter. What is found meanwhile is a mistake whatever stands in for others. */
    <T> T declaring(Supplier<T> read) {
        boolean before = standsIn();
        Set<Diagnostic> known = new HashSet<>(diagnostics().sorted());
        try {
            return read.get();
        } finally {
            synchronized (this) {
                diagnostics().sorted().stream()
                        .filter(one -> !before || !known.contains(one))
                        .forEach(certain::add);
            }
        }
    }

    /** What was found that does not follow from a stand-in. */
    public synchronized List<Diagnostic> certain() {
        return certain.stream().sorted().toList();
    }

    /** Those that have to be given and were not. */
    public synchronized List<Parameter> missing() {
        return parameters.values().stream().filter(one -> one.value() == null).toList();
    }

    /** What the file says, its steps in the order in which they are done. */
    public Playbook playbook() {
        List<Task> all = new ArrayList<>();
        return new Playbook(
                name == null ? "" : name,
                about,
                List.copyOf(parameters.values()),
                tasks.numbered(Phase.USUALLY, all),
                tasks.numbered(Phase.ON_FAILURE, all),
                tasks.numbered(Phase.ALWAYS, all),
                at);
    }
}

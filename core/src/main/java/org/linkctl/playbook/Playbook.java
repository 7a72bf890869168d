package org.linkctl.playbook;

import java.util.List;
import java.util.stream.Stream;
import org.linkctl.diag.Place;

/**
 * A procedure for one inventory and these values of its parameters.
 *
 * @param about what it is for
 * @param tasks in order; the first that fails ends them
 * @param onFailure what is done then
 * @param always what is done at the end in any case
 */
public record Playbook(
        String name,
        String about,
        List<Parameter> parameters,
        List<Task> tasks,
        List<Task> onFailure,
        List<Task> always,
        Place at) {
    public Playbook {
        parameters = List.copyOf(parameters);
        tasks = List.copyOf(tasks);
        onFailure = List.copyOf(onFailure);
        always = List.copyOf(always);
    }

    /** All steps, in the order of their numbers. */
    public Stream<Task> all() {
        return Stream.of(tasks, onFailure, always).flatMap(List::stream);
    }
}

package org.linkctl.modules.routes;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/**
 * The files by which the script of a route, the watcher of its tunnels and linkctl tell each other how its tunnels are.
 * The next boot removes them.
 *
 * @param folder where they are
 */
public record RouteState(String folder) {
    /** What keeps two runs of a route's script apart. */
    public String lock(String label) {
        return folder + "/" + RouteProgram.name(label) + ".lock";
    }

    /** What says that the far end of a tunnel does not answer. */
    public String dead(String tunnel) {
        return folder + "/dead/" + tunnel;
    }

    /** What says that a tunnel is being changed: nothing is to go over it. */
    public String drained(String tunnel) {
        return folder + "/drained/" + tunnel;
    }

    /** What says that a tunnel is being taken down. */
    public String down(String tunnel) {
        return folder + "/down/" + tunnel;
    }

    public Question.ReadFile isDead(String tunnel) {
        return Question.file(dead(tunnel));
    }

    public Question.ReadFile isDrained(String tunnel) {
        return Question.file(drained(tunnel));
    }

    /** Those of some tunnels that are marked as dead. */
    public Set<String> dead(Collection<String> tunnels, Answers answers) {
        Set<String> out = new TreeSet<>(tunnels);
        out.removeIf(tunnel -> answers.to(isDead(tunnel)).isEmpty());
        return out;
    }

    /** Those of some tunnels that are marked as being changed. */
    public Set<String> drained(Collection<String> tunnels, Answers answers) {
        Set<String> out = new TreeSet<>(tunnels);
        out.removeIf(tunnel -> answers.to(isDrained(tunnel)).isEmpty());
        return out;
    }
}

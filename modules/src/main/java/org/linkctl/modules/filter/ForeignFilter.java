package org.linkctl.modules.filter;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.model.Os;
import org.linkctl.net.Ip;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Diagnosed;
import org.linkctl.spi.Diagnosis;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;
import org.linkctl.spi.Warns;

/**
 * Packet filters that linkctl does not write: what they drop, no rule of linkctl's can let pass. They are read and told
 * of, never changed.
 *
 * @param <F> what a system's filters were found to be
 */
public abstract class ForeignFilter<F extends Record & ForeignFilter.Rules>
        implements Examined<ForeignFilter.Want, F>,
                Diagnosed<ForeignFilter.Want, F>,
                Warns<ForeignFilter.Want, F>,
                Rendered<ForeignFilter.Want, F> {
    private final Os os;
    private final String name;

    protected ForeignFilter(Os os, String name) {
        this.os = os;
        this.name = name;
    }

    /** What has to pass. */
    public record Want(String id, DeclaredFlows flows, FirewallFlows asked) implements Resource {}

    /** The rules that were found. */
    public interface Rules {
        List<Chain> chains();

        /** What could not be read, and why. */
        List<String> unread();

        /** The interface that is on the network of an address; empty where none is. */
        String towards(Ip address);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Os system() {
        return os;
    }

    @Override
    public List<Want> want(Scope scope) {
        DeclaredFlows flows = DeclaredFlows.of(scope.fabric(), scope.host());
        FirewallFlows asked = FirewallFlows.of(scope.fabric(), scope.host());
        return flows.isEmpty() && asked.isEmpty() ? List.of() : List.of(new Want(name, flows, asked));
    }

    @Override
    public List<Change> diff(Want want, F have) {
        return List.of();
    }

    @Override
    public List<Step> steps(Want want, F have, List<Change> changes) {
        return List.of();
    }

    private static List<Stopped> stopped(Want want, Rules have) {
        List<Flow> flows = new ArrayList<>(want.flows().all(have::towards));
        flows.addAll(want.asked().all(have::towards));
        return Stopped.by(have.chains(), flows);
    }

    @Override
    public List<String> warnings(Want want, F have) {
        List<String> out = new ArrayList<>();
        for (String one : have.unread()) out.add("rules of others could not be read: " + one);
        for (Stopped one : stopped(want, have)) out.add(one.text());
        return out;
    }

    @Override
    public List<Finding> findings(Want want, F have, Answers answers) {
        List<Finding> out = new ArrayList<>();
        for (Stopped one : stopped(want, have)) out.add(Finding.bad("rules of " + one.whose(), one.text()));
        for (String one : have.unread()) out.add(Finding.doubtful("rules of others", "could not be read: " + one));
        if (out.isEmpty()) out.add(Finding.good("rules of others", "none that stops declared traffic"));
        return out;
    }

    @Override
    public List<Diagnosis> diagnoses(Want want, F have, Answers answers) {
        List<Diagnosis> out = new ArrayList<>();
        for (Stopped one : stopped(want, have))
            out.add(Diagnosis.inTheWay("rules of " + one.whose(), one.reason(), "allow it there: " + one.commands()));
        for (String one : have.unread())
            out.add(Diagnosis.doubtful("rules of others", "could not be read: " + one, "look at them on the host"));
        if (out.isEmpty()) out.add(Diagnosis.fine("rules of others", "none that stops declared traffic"));
        return out;
    }
}

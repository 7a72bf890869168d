package org.linkctl.plan;

import java.util.List;
import org.linkctl.model.Os;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/**
 * Stands for all that a module would want on a host where it refuses to say so: what other modules want there is planned
 * beside it.
 *
 * @param name the module's
 * @param system the module's
 * @param why what it said
 */
record RefusedWants(String name, Os system, String why)
        implements Examined<RefusedWants.Want, RefusedWants.Found>, Rendered<RefusedWants.Want, RefusedWants.Found> {
    record Want(String id) implements Resource {}

    record Found() {}

    Planned<Want, Found> planned() {
        return new Planned<>(this, new Want(name));
    }

    @Override
    public List<Want> want(Scope scope) {
        return List.of(new Want(name));
    }

    @Override
    public List<Question<?>> probe(Want want) {
        return List.of();
    }

    @Override
    public Found facts(Want want, Answers answers) {
        return new Found();
    }

    @Override
    public Found bare(Want want) {
        return new Found();
    }

    @Override
    public List<Change> diff(Want want, Found have) {
        throw new Refused(why);
    }

    @Override
    public List<Step> steps(Want want, Found have, List<Change> changes) {
        return List.of();
    }

    @Override
    public List<Finding> findings(Want want, Found have, Answers answers) {
        throw new Refused(why);
    }
}

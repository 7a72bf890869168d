package org.linkctl.cli.imported;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.model.Become;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.model.SshTarget;

/**
 * A host that is imported, as the user named it.
 *
 * @param name of its own; null: the host says it
 * @param site null: one of its own
 * @param groups what an inventory of Ansible's has it in
 */
public record Target(
        @Nullable String name,
        SshTarget ssh,
        Become become,
        @Nullable String site,
        List<String> groups) {
    public Target {
        groups = List.copyOf(groups);
    }

    /** The same at a site. */
    public Target at(String where) {
        return new Target(name, ssh, become, where, groups);
    }

    /** As hosts are connected to: what they are is not known yet. */
    Host host(int number) {
        String shown = name == null ? ssh.toString() : name;
        return new Host(shown, "", Os.LINUX, ssh, become, null, new Place("", number, 0));
    }
}

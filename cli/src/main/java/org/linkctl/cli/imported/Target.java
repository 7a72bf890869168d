package org.linkctl.cli.imported;

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
 */
public record Target(
        @Nullable String name,
        SshTarget ssh,
        Become become,
        @Nullable String site) {
    /** As hosts are connected to: what they are is not known yet. */
    Host host(int number) {
        String shown = name == null ? ssh.toString() : name;
        return new Host(shown, "", Os.LINUX, ssh, become, null, new Place("", number, 0));
    }
}

package org.linkctl.check;

import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.HostSshd;
import org.linkctl.model.HostUser;

/** Logins that linkctl, or a user of the inventory, would no longer get. What the inventory does not say the host tells. */
final class SshdChecks {
    private final Refusals refusals;

    SshdChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Host host : fabric.hosts()) {
            for (HostSshd sshd : fabric.of(HostSshd.class, host)) {
                String login = host.ssh().user();
                if (login != null && sshd.keepsOut(login)) lockedOut(host, sshd, login);
                if (sshd.allowUsers().isEmpty()) continue;
                for (HostUser user : fabric.of(HostUser.class, host)) {
                    if (!sshd.allowUsers().contains(user.name())) useless(sshd, user);
                }
            }
        }
    }

    private void lockedOut(Host host, HostSshd sshd, String login) {
        boolean listed = sshd.allowUsers().isEmpty() || sshd.allowUsers().contains(login);
        refusals.conflict(
                sshd.at(),
                listed ? "rootLogin" : "allowUsers",
                "",
                (listed ? "rootLogin: NO" : "allowUsers:") + " would lock out linkctl, which logs in to "
                        + Names.shown(host.name()) + " as '" + Names.shown(login) + "'",
                listed
                        ? "rootLogin: KEYS, or an ssh: with a user who becomes root by sudo or doas"
                        : "name that user, too (ssh: is at " + host.at() + ")");
    }

    private void useless(HostSshd sshd, HostUser user) {
        refusals.doubt(
                user.at(),
                "name",
                user.name(),
                "user " + Names.shown(user.name()) + " may not log in by SSH: allowUsers: does not name it",
                "allowUsers: is at " + sshd.at());
    }
}

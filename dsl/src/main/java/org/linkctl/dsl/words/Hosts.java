package org.linkctl.dsl.words;

import org.jspecify.annotations.Nullable;
import org.linkctl.dsl.report.Words;
import org.linkctl.model.Become;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.model.SshTarget;

/**
 * Declares the hosts of a site, or of a pair on it.
 *
 * @param os null: each host says its own
 */
record Hosts(InventoryRun run, String site, @Nullable Os os) {
    private static final SshTarget UNREADABLE = new SshTarget(null, "unreadable", null);

    void declare(Given given, String name) {
        SshTarget ssh = given.text("ssh")
                .map(text -> SshTarget.parse(text).orElseGet(() -> {
                    given.refuse(
                            given.call().of("ssh"),
                            "ssh: '" + Words.shown(text) + "' is not a login",
                            "written as for ssh(1): [user@]host[:port], for instance 'admin@192.0.2.10'",
                            null);
                    return UNREADABLE;
                }))
                .orElse(UNREADABLE);
        run.declarations()
                .add(new Host(
                        name,
                        site,
                        os != null ? os : given.constant("os", Os.class).orElse(Os.LINUX),
                        ssh,
                        given.constant("become", Become.class).orElse(Become.AUTO),
                        given.text("gateway").orElse(null),
                        given.at()));
    }
}

package org.linkctl.dsl.words;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.model.Become;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.model.SshTarget;

/**
 * Declares the hosts of a site, or of a pair on it.
 *
 * @param os of all hosts; null where each host has its own attribute for it
 */
record HostDeclarations(
        InventoryRun run, String site, @Nullable Os os) {
    private static final SshTarget UNREADABLE = new SshTarget(null, "unreadable", null);

    void declare(AttributeValues values, String name) {
        Set<String> tags = new HashSet<>();
        for (String tag : values.texts("tags")) {
            Place at = values.use().of("tags", tag);
            if (!tags.add(tag)) values.refuse(at, "tags: names '" + MessageText.shown(tag) + "' twice", "", null);
            run.declarations().tag(tag, name, at);
        }
        SshTarget ssh = values.text("ssh")
                .map(text -> SshTarget.parse(text).orElseGet(() -> {
                    values.refuse(
                            values.use().of("ssh"),
                            "ssh: '" + MessageText.shown(text) + "' is not a login",
                            "written as for ssh(1): [user@]host[:port], for instance 'admin@192.0.2.10'",
                            null);
                    return UNREADABLE;
                }))
                .orElse(UNREADABLE);
        run.declarations()
                .add(new Host(
                        name,
                        site,
                        os != null ? os : values.constant("os", Os.class).orElse(Os.LINUX),
                        ssh,
                        values.constant("become", Become.class).orElse(Become.AUTO),
                        values.text("gateway").orElse(null),
                        values.at()));
    }
}

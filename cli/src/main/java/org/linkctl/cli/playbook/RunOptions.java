package org.linkctl.cli.playbook;

import org.linkctl.cli.option.ConnectionOptions;
import org.linkctl.cli.option.SecretSources;
import org.linkctl.cli.option.ShowOptions;
import org.linkctl.engine.Safety;

/**
 * What the user said about a run of a playbook.
 *
 * @param asks whether a person is asked
 * @param quiet whether the standard output is kept for data
 * @param allowCut whether traffic may be interrupted that has no other path
 * @param safety with who runs it
 */
public record RunOptions(
        ConnectionOptions connection,
        ShowOptions show,
        SecretSources secrets,
        Safety safety,
        boolean asks,
        boolean quiet,
        boolean allowCut) {
    /** The same, logging in to hosts as this user; empty: as the inventory says. */
    RunOptions as(String login) {
        return new RunOptions(connection.as(login), show, secrets, safety, asks, quiet, allowCut);
    }
}

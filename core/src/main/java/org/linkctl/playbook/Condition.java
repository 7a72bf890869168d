package org.linkctl.playbook;

import org.linkctl.model.Host;
import org.linkctl.shell.Argv;

/**
 * What a host has to answer for steps to be done. It is asked once, when the first of them is next.
 *
 * @param number from 1; it tells two uses of the same question apart
 * @param question a command that changes nothing
 */
public record Condition(int number, Host host, Argv question, Expected expected) {
    /** As a phrase: {@code if a-gw answers to test -e /x: status 0}. */
    public String phrase() {
        return "if " + host.name() + " answers to " + question + ": " + expected.phrase();
    }
}

package org.linkctl.playbook;

import org.linkctl.model.Host;
import org.linkctl.shell.Argv;

/**
 * What a host has to answer for steps to be done. It is asked once, when the first of them is next.
 *
 * @param number from 1; it tells two uses of the same question apart
 * @param login the user that the host is logged in to as; empty: as the inventory says
 * @param question a command that changes nothing
 */
public record Condition(int number, Host host, String login, Argv question, Expected expected) {
    /** Whether another use of the same question is answered the same. */
    public boolean isAs(Condition other) {
        return equals(new Condition(number, other.host, other.login, other.question, other.expected));
    }

    /** As a phrase: {@code if a-gw answers to test -e /x: status 0}. */
    public String phrase() {
        return "if " + host.name() + " answers to " + question + ": " + expected.phrase();
    }
}

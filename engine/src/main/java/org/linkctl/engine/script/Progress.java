package org.linkctl.engine.script;

import org.linkctl.engine.StepResult;

/** How steps go on, told as the host tells it. They are counted from 0. */
public interface Progress {
    Progress UNHEARD = new Progress() {};

    default void starts(int step) {}

    default void ended(int step, StepResult result) {}
}

package org.linkctl.engine.script;

import org.linkctl.engine.StepResult;

/** Progress of steps, as the host reports it. Steps are counted from 0. */
public interface StepProgress {
    StepProgress NONE = new StepProgress() {};

    default void starts(int step) {}

    default void ended(int step, StepResult result) {}
}

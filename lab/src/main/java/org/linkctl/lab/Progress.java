package org.linkctl.lab;

/** Where the lab says what it is doing. Called from several threads, one whole line at a time. */
@FunctionalInterface
public interface Progress {
    /**
     * One thing that is being done, or was done.
     *
     * @param line a sentence without a line end
     */
    void say(String line);
}

package org.linkctl.engine.script;

/**
 * What identifies a root shell on its host, so that another shell can end it and check that it is gone.
 *
 * @param pid its process id
 * @param folder its scratch folder, removed with it
 * @param word the name of a file in that folder, which shows that the folder is this shell's
 */
public record ShellId(String pid, String folder, String word) {}

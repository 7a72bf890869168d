package org.linkctl.engine.script;

/**
 * What a root shell told of itself, so that another can end it and see that it is gone.
 *
 * @param pid its process
 * @param folder its scratch folder, which goes with it
 * @param word the name of a file in that folder: by it the folder is known to be that shell's
 */
public record Former(String pid, String folder, String word) {}

package org.linkctl.cli.imported;

/**
 * Something that was found and is not declared.
 *
 * @param host where it is
 * @param what as a person reads it
 * @param why it is not, and what would be right
 */
record Note(String host, String what, String why) {}

package org.linkctl.modules.linux;

/** What the files that linkctl makes have in common: a first line that says whose they are. */
final class OurFiles {
    private static final String UNDONE = "; its next run undoes what is changed here by hand.";

    /** A comment in every language that such a file is in; without a line feed. */
    static final String MARK = "# Made by linkctl" + UNDONE;

    private OurFiles() {}

    /** The same where a fabric's files have to be told from those of others. */
    static String mark(String fabric) {
        return "# Made by linkctl for " + fabric + UNDONE;
    }
}

package org.linkctl.modules.freebsd;

/** What the files that linkctl makes have in common: a first line that says whose they are. */
final class OurFiles {
    /** A comment in every language that such a file is in; without a line feed. */
    static final String MARK = "# Made by linkctl; its next run undoes what is changed here by hand.";

    private OurFiles() {}

    static boolean isOurs(String text) {
        return text.startsWith(MARK + "\n");
    }
}

package org.linkctl.diag;

/**
 * Where something stands in an input file.
 *
 * @param file as the user named it
 * @param line counted from 1; 0 where no line is known
 * @param column counted from 1; 0 where no column is known
 */
public record Place(String file, int line, int column) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
        int byFile = file.compareTo(other.file);
        if (byFile != 0) return byFile;
        int byLine = Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }

    /** {@code file:line:column}, as editors and compilers write it; unknown parts are left out. */
    @Override
    public String toString() {
        if (line == 0) return file;
        return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
    }
}

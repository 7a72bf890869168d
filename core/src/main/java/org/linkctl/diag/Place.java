package org.linkctl.diag;

import org.jspecify.annotations.Nullable;

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

    // Every start puts places into maps; the methods that a record has by itself are made at their first call, which
    // takes
    // longer than the start may.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Place place && line == place.line && column == place.column && file.equals(place.file);
    }

    @Override
    public int hashCode() {
        return (file.hashCode() * 31 + line) * 31 + column;
    }

    /** {@code file:line:column}, as editors and compilers write it; unknown parts are left out. */
    @Override
    public String toString() {
        if (line == 0) return file;
        return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
    }
}

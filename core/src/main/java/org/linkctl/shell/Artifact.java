package org.linkctl.shell;

import org.linkctl.diag.Place;

/**
 * A file of this machine, too large for a script, that is sent to hosts: known by its SHA-256 (FIPS 180-4), so that
 * nothing else is put in its place, and hosts that have it are not sent it again.
 *
 * @param source as the inventory says: a path in its folder, or a URL
 * @param sha256 64 hexadecimal digits, small letters
 * @param at where it is declared
 */
public record Artifact(String source, String sha256, Place at) {
    /** Whether it has to be fetched first. */
    public boolean isUrl() {
        return source.startsWith("https://");
    }
}

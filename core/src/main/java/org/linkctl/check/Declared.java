package org.linkctl.check;

import org.linkctl.diag.Place;

/**
 * A thing and where it is declared. What is made in a loop shares its place: who it is tells two of them apart.
 *
 * @param what the thing, such as {@code tunnel wg0}
 */
record Declared(String what, Place at) {
    /** Its place; with the thing itself where the place alone does not tell it from what stands at {@code other}. */
    String seenFrom(Place other) {
        return at.equals(other) ? at + " (" + what + ")" : at.toString();
    }
}

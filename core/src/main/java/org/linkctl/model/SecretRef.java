package org.linkctl.model;

import org.linkctl.diag.Place;

/**
 * The name of a secret, as {@code secret('name')} gives it. Its text is nowhere in an inventory: it is looked up when
 * hosts are planned.
 *
 * @param name parts of letters, digits and {@code _ . -}, separated by {@code /}
 */
public record SecretRef(String name, Place at) {
    @Override
    public String toString() {
        return "secret('" + name + "')";
    }
}

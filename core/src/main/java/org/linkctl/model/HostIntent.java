package org.linkctl.model;

import java.util.List;

/**
 * A thing that is declared for one host, and that no other declaration depends on. A new one needs no line elsewhere in
 * the model and the checks: {@link Fabric#of} gives it to its modules, and it says itself what is wrong with its values.
 */
public non-sealed interface HostIntent extends Intent {
    /** A value that no host would take, or none of the host's system. */
    record Wrong(String attribute, String value, String why, String detail) {
        /**
         * @param attribute as inventories name it; {@code name} for the first value without a name, {@code value} for
         *     the second
         * @param value as it was written; messages show it, with control characters as escapes
         * @param why how the sentence goes on that begins with the value: "is no name of a kernel module"
         * @param detail what would be right; may be empty
         */
        public Wrong {}
    }

    /** The name of the host. */
    String host();

    /** What may be declared once for a host, as a message names it: "timezone", "kernel module wireguard". */
    String subject();

    /** What is wrong with its values, whatever stands elsewhere. */
    default List<Wrong> wrong() {
        return List.of();
    }
}

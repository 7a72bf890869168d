package org.linkctl.spi;

/**
 * One resource that linkctl made on a host, as that host remembers it.
 *
 * @param resource its id, which begins with its module's name
 */
public record Owned(String resource, Memory memory) {
    /** The module that made it and can take it away. */
    public String module() {
        int bracket = resource.indexOf('[');
        return bracket < 0 ? resource : resource.substring(0, bracket);
    }

    /** What stands in the brackets of its id; empty where there are none. */
    public String name() {
        int bracket = resource.indexOf('[');
        return bracket < 0 ? "" : resource.substring(bracket + 1, resource.length() - 1);
    }
}

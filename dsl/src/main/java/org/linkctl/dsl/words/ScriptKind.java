package org.linkctl.dsl.words;

import groovy.lang.Binding;
import groovy.lang.Script;
import java.util.Map;

/**
 * The two kinds of files that are compiled. Not in the base classes of the scripts, whose public members an inventory
 * could use.
 */
public enum ScriptKind {
    /** The file that was asked for. */
    INVENTORY(InventoryScript.class),
    /** A file that is included in another one's fabric. */
    INCLUDED(IncludedScript.class);

    /**
     * The method of an included file's script whose braces hold the whole text of the file; no word of the language.
     */
    public static final String WRAPPER = "part";

    /** Names of variables of the binding that no inventory can write, for they contain a dot. */
    static final String RUN = "linkctl.run";

    static final String FABRIC = "linkctl.fabric";

    private final Class<? extends Script> base;

    ScriptKind(Class<? extends Script> base) {
        this.base = base;
    }

    /** What a script of this kind is compiled to extend. */
    public Class<? extends Script> base() {
        return base;
    }

    /** What the script of an inventory reads its run from. */
    public static Binding binding(InventoryRun run) {
        return new Binding(Map.of(RUN, run));
    }

    /** What the script of an included file reads its fabric from. */
    public static Binding binding(FabricSpec fabric) {
        return new Binding(Map.of(FABRIC, fabric));
    }
}

package org.linkctl.dsl.words;

import groovy.lang.Binding;
import groovy.lang.Script;
import java.util.Map;

/**
 * The kinds of files that are compiled. Not in the base classes of the scripts, whose public members an inventory
 * could use.
 */
public enum ScriptKind {
    /** The file that was asked for. */
    INVENTORY(InventoryScript.class, "an inventory"),
    /** A file that is included in another one's fabric. */
    INCLUDED(IncludedScript.class, "an inventory"),
    /** A procedure over the hosts of an inventory. */
    PLAYBOOK(PlaybookScript.class, "a playbook");

    /**
     * The method of an included file's script whose braces hold the whole text of the file; no word of the language.
     */
    public static final String WRAPPER = "part";

    /** Names of variables of the binding that no inventory can write, for they contain a dot. */
    static final String RUN = "linkctl.run";

    static final String FABRIC = "linkctl.fabric";

    private final Class<? extends Script> base;
    private final String title;

    ScriptKind(Class<? extends Script> base, String title) {
        this.base = base;
        this.title = title;
    }

    /** What messages call it. */
    public String title() {
        return title;
    }

    /** The title of the kind whose base class has this name. */
    public static String title(String base) {
        return base.equals(PLAYBOOK.base.getName()) ? PLAYBOOK.title : INVENTORY.title;
    }

    /** What a script of this kind is compiled to extend. */
    public Class<? extends Script> base() {
        return base;
    }

    /** What the script of an inventory, or a playbook, reads its run from. */
    public static Binding binding(ScriptRun run) {
        return new Binding(Map.of(RUN, run));
    }

    /** What the script of an included file reads its fabric from. */
    public static Binding binding(FabricSpec fabric) {
        return new Binding(Map.of(FABRIC, fabric));
    }
}

package org.linkctl.dsl;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.lang.Script;

/** What is known at the top of an inventory. */
public abstract class InventoryScript extends Script {
    /** The variable of the script's binding that holds what the run gathers. */
    static final String LOADING = "linkctl.loading";

    private Loading loading() {
        return (Loading) getBinding().getVariable(LOADING);
    }

    /** The whole of it: {@code fabric('name') { … }}. */
    public void fabric(
            String name, @DelegatesTo(value = FabricSpec.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
        Loading loading = loading();
        loading.name(name);
        Spec.run(new FabricSpec(loading), body);
    }
}

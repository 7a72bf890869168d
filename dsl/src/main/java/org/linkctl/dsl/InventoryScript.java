package org.linkctl.dsl;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.lang.Script;
import java.util.List;
import java.util.Map;
import org.linkctl.check.Names;
import org.linkctl.model.SecretRef;

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
        Call call = loading.here();
        if (loading.name() != null) loading.error(call.at(), "a second fabric: an inventory is one", "", null);
        if (!Names.isName(name)) {
            loading.error(call.ofName(), "'" + Words.shown(name) + "' is no name for a fabric", "", null);
        }
        loading.name(name);
        Spec.run(new FabricSpec(loading), body);
    }

    /** The rows of a CSV file of the inventory's folder; the first line names the columns. */
    public List<Map<String, String>> csv(String file) {
        return Csv.read(loading(), file);
    }

    /** A reference to a secret, by its name; what it says is looked up when hosts are planned. */
    public SecretRef secret(String name) {
        return loading().secret(name);
    }

    /** A JSON file of the inventory's folder. */
    public Data json(String file) {
        return Data.read(loading(), file);
    }
}

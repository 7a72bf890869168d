package org.linkctl.modules

import groovy.transform.CompileStatic
import org.linkctl.dsl.Inventory
import org.linkctl.model.Fabric

/** Loads a case's inventory by the language itself: a case is a real inventory. */
@CompileStatic
class Inventories {
    static Fabric load(File file) {
        def loaded = Inventory.load(file.toPath(), Modules.limits())
        if (loaded.fabric() == null) throw new AssertionError((Object) loaded.diagnostics().join('\n'))
        loaded.fabric()
    }
}

package org.linkctl.dsl;

import org.linkctl.diag.Place;
import org.linkctl.model.Fabric;

/** What remains to be said when the script has run. */
final class Conclusion {
    private Conclusion() {}

    /** @param whole the script came to its end */
    static Fabric of(Loading loading, boolean whole) {
        Fabric fabric = loading.fabric();
        if (loading.name() == null && whole && !loading.failed()) {
            loading.error(
                    new Place(loading.file().toString(), 0, 0),
                    "declares no fabric",
                    "an inventory is: fabric('name') { … }",
                    null);
        }
        return fabric;
    }
}

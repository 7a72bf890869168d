package org.linkctl.dsl.words;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;

/** The words in the braces of {@code tunnels}. */
public final class TunnelsSpec extends EndsSpec<TunnelsSpec.End> {
    /** One end of every tunnel of the group. */
    record End(String host, @Nullable String endpoint, Place at) {}

    TunnelsSpec(InventoryRun run) {
        super(run);
    }

    /** One end: its host, and the address at which the other end reaches it. */
    public void end(
            @NamedParams({@NamedParam(value = "endpoint", type = String.class)}) Map<String, Object> attributes,
            String host) {
        AttributeValues values = values(attributes);
        add(new End(host, values.text("endpoint").orElse(null), values.at()));
    }
}

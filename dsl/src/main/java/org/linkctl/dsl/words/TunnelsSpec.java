package org.linkctl.dsl.words;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;

/** What is known in {@code tunnels}. */
public final class TunnelsSpec extends Spec {
    /** One end of every tunnel of the group. */
    record End(String host, @Nullable String endpoint, Place at) {}

    private final List<End> ends = new ArrayList<>();

    TunnelsSpec(InventoryRun run) {
        super(run);
    }

    List<End> ends() {
        return ends;
    }

    /** One end, with where the other finds it. */
    public void end(
            @NamedParams({@NamedParam(value = "endpoint", type = String.class)}) Map<String, Object> attributes,
            String host) {
        Given given = given(attributes);
        ends.add(new End(host, given.text("endpoint").orElse(null), given.at()));
    }
}

package org.linkctl.dsl.words;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.linkctl.model.Vip;

/** What is known in {@code vip}. */
public final class VipSpec extends Spec {
    private final List<Vip.Action> actions = new ArrayList<>();

    VipSpec(InventoryRun run) {
        super(run);
    }

    List<Vip.Action> actions() {
        return actions;
    }

    /** What a host runs when it has become master. */
    public void onMaster(
            @NamedParams({@NamedParam(value = "args", type = Object.class)}) Map<String, Object> attributes,
            String program) {
        action(Vip.Role.MASTER, given(attributes), program);
    }

    /** What a host runs when it has become backup. */
    public void onBackup(
            @NamedParams({@NamedParam(value = "args", type = Object.class)}) Map<String, Object> attributes,
            String program) {
        action(Vip.Role.BACKUP, given(attributes), program);
    }

    private void action(Vip.Role role, Given given, String program) {
        actions.add(new Vip.Action(role, program, given.texts("args"), given.at()));
    }
}

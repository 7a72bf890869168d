package org.linkctl.dsl.words;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.linkctl.model.Vip;

/** The words in the braces of {@code vip}. */
public final class VipSpec extends Spec {
    private final List<Vip.Action> actions = new ArrayList<>();

    VipSpec(InventoryRun run) {
        super(run);
    }

    List<Vip.Action> actions() {
        return actions;
    }

    /** A program that a host runs after it became master. */
    public void onMaster(
            @AnyText("args") @NamedParams({@NamedParam(value = "args", type = Object.class)})
                    Map<String, Object> attributes,
            String program) {
        action(Vip.Role.MASTER, values(attributes), program);
    }

    /** A program that a host runs after it became backup. */
    public void onBackup(
            @AnyText("args") @NamedParams({@NamedParam(value = "args", type = Object.class)})
                    Map<String, Object> attributes,
            String program) {
        action(Vip.Role.BACKUP, values(attributes), program);
    }

    private void action(Vip.Role role, AttributeValues values, String program) {
        actions.add(new Vip.Action(role, program, values.texts("args"), values.at()));
    }
}

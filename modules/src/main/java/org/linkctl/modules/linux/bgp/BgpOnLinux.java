package org.linkctl.modules.linux.bgp;

import com.google.auto.service.AutoService;
import java.util.List;
import org.linkctl.model.Os;
import org.linkctl.modules.frr.BgpModule;
import org.linkctl.modules.frr.FrrSwitch;
import org.linkctl.modules.linux.systemd.UnitState;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Module;
import org.linkctl.spi.Question;

/** FRR as Linux distributions package it: one service, and a file that names its daemons. */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class BgpOnLinux extends BgpModule {
    static final String VTYSH = "vtysh";

    public BgpOnLinux() {
        super(Os.LINUX, "linux.bgp", VTYSH, "/etc/frr/frr.conf", "frr");
    }

    @Override
    protected List<Question<?>> service() {
        return List.of(DaemonsFile.QUESTION, UnitState.question(DaemonsFile.UNIT));
    }

    @Override
    protected FrrSwitch service(Answers answers) {
        return new DaemonsFile(
                answers.to(DaemonsFile.QUESTION).orElse(null),
                UnitState.read(DaemonsFile.UNIT, answers).atBoot());
    }

    @Override
    protected FrrSwitch bareService() {
        return new DaemonsFile(null, UnitState.NONE.atBoot());
    }
}

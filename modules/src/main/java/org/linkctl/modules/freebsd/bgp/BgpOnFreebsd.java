package org.linkctl.modules.freebsd.bgp;

import com.google.auto.service.AutoService;
import java.util.List;
import java.util.Map;
import org.linkctl.model.Os;
import org.linkctl.modules.freebsd.rc.RcConf;
import org.linkctl.modules.frr.BgpModule;
import org.linkctl.modules.frr.FrrSwitch;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Module;
import org.linkctl.spi.Question;

/** FRR from the ports (net/frr10): one service of rc(8), and variables of rc.conf(5) that name its daemons. */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class BgpOnFreebsd extends BgpModule {
    static final String VTYSH = "/usr/local/bin/vtysh";

    public BgpOnFreebsd() {
        super(Os.FREEBSD, "freebsd.bgp", VTYSH, "/usr/local/etc/frr/frr.conf", "frr");
    }

    @Override
    protected List<Question<?>> service() {
        return List.of(RcConf.question(RcFrr.NAMES));
    }

    @Override
    protected FrrSwitch service(Answers answers) {
        return new RcFrr(RcConf.read(RcFrr.NAMES, answers));
    }

    @Override
    protected FrrSwitch bareService() {
        return new RcFrr(new RcConf(Map.of()));
    }
}

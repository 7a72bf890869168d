package org.linkctl.modules.linux.sshd;

import com.google.auto.service.AutoService;
import org.linkctl.model.Os;
import org.linkctl.modules.hostsshd.SshdModule;
import org.linkctl.spi.Module;

/** How sshd lets users in, as the inventory declares it. */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class DeclaredSshdModule extends SshdModule {
    public DeclaredSshdModule() {
        super(Os.LINUX);
    }

    @Override
    public String name() {
        return "linux.sshd";
    }
}

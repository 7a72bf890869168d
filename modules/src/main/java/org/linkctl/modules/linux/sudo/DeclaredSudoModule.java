package org.linkctl.modules.linux.sudo;

import com.google.auto.service.AutoService;
import org.linkctl.model.Os;
import org.linkctl.modules.hostsudo.SudoModule;
import org.linkctl.spi.Module;

/** Users who become root, as the inventory declares them. */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class DeclaredSudoModule extends SudoModule {
    public DeclaredSudoModule() {
        super(Os.LINUX);
    }

    @Override
    public String name() {
        return "linux.sudo";
    }
}

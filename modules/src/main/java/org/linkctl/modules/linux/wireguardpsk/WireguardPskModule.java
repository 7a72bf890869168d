package org.linkctl.modules.linux.wireguardpsk;

import com.google.auto.service.AutoService;
import org.linkctl.model.Os;
import org.linkctl.modules.wireguard.PskModule;
import org.linkctl.spi.Module;

/** The pre-shared keys of tunnels on Linux. */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class WireguardPskModule extends PskModule {
    public WireguardPskModule() {
        super(Os.LINUX);
    }
}

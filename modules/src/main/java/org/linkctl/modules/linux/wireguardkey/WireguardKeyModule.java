package org.linkctl.modules.linux.wireguardkey;

import com.google.auto.service.AutoService;
import org.linkctl.model.Os;
import org.linkctl.modules.wireguard.KeyModule;
import org.linkctl.spi.Module;

/** The private keys of tunnels on Linux. */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class WireguardKeyModule extends KeyModule {
    public WireguardKeyModule() {
        super(Os.LINUX);
    }
}

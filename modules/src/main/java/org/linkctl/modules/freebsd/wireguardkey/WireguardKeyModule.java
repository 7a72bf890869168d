package org.linkctl.modules.freebsd.wireguardkey;

import com.google.auto.service.AutoService;
import org.linkctl.model.Os;
import org.linkctl.modules.wireguard.KeyModule;
import org.linkctl.spi.Module;

/** The private keys of tunnels on FreeBSD. */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class WireguardKeyModule extends KeyModule {
    public WireguardKeyModule() {
        super(Os.FREEBSD);
    }
}

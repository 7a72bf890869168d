package org.linkctl.modules.linux;

import com.google.auto.service.AutoService;
import java.util.Map;
import org.linkctl.model.Intent;
import org.linkctl.model.Os;
import org.linkctl.spi.SystemLimits;

/** What there are no modules for on Linux yet. Who adds one takes its line away. */
@AutoService(SystemLimits.class)
public final class LinuxLimits implements SystemLimits {
    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public Map<Class<? extends Intent>, String> notYet() {
        return Map.of();
    }
}

package org.linkctl.modules.linux;

import java.util.List;
import java.util.Map;
import org.linkctl.model.Intent;
import org.linkctl.model.Link;
import org.linkctl.model.Os;
import org.linkctl.modules.linux.stack.LinkFiles;
import org.linkctl.spi.SystemLimits;

/** Linux's modules make all that can be declared; of its interfaces, each needs files of its own. */
public final class LinuxLimits implements SystemLimits {
    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public Map<Class<? extends Intent>, String> notYet() {
        return Map.of();
    }

    @Override
    public List<String> files(Link link) {
        return LinkFiles.of(link);
    }
}

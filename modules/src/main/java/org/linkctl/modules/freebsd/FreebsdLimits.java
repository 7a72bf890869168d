package org.linkctl.modules.freebsd;

import java.util.Map;
import org.linkctl.model.FirezoneGateway;
import org.linkctl.model.Intent;
import org.linkctl.model.Os;
import org.linkctl.spi.SystemLimits;

/** What there are no modules for on FreeBSD. Firezone has its gateway for Linux alone (firezone: rust/gateway/README). */
public final class FreebsdLimits implements SystemLimits {
    @Override
    public Os system() {
        return Os.FREEBSD;
    }

    @Override
    public Map<Class<? extends Intent>, String> notYet() {
        return Map.of(FirezoneGateway.class, "Firezone gateways");
    }

    @Override
    public Map<Class<? extends Intent>, String> reasons() {
        return Map.of(FirezoneGateway.class, "Firezone's gateway is a program for Linux alone");
    }
}

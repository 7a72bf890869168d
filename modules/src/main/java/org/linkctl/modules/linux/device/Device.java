package org.linkctl.modules.linux.device;

import org.linkctl.spi.Resource;

/** A VLAN or a bridge, or that there is none any more. */
public interface Device extends Resource {
    String name();
}

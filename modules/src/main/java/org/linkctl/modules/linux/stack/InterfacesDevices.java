package org.linkctl.modules.linux.stack;

import java.util.Map;
import org.linkctl.net.Ip;

/** What is the same of VLANs, bridges and default routes wherever interfaces(5) makes them. */
interface InterfacesDevices extends DeviceFiles {
    @Override
    default boolean makes(String device, String path, String content) {
        return path.equals(InterfacesFiles.path(device));
    }

    @Override
    default Map<String, String> defaultRoute(InterfaceConfig device, Ip gateway, StackFacts facts) {
        return InterfacesFiles.defaultRoute(device, gateway);
    }

    @Override
    default boolean isDefault(String path, boolean v6) {
        return path.equals(InterfacesFiles.defaultRoutePath(v6));
    }
}

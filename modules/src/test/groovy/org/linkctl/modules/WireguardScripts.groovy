package org.linkctl.modules

import org.linkctl.modules.wireguard.WireguardDevice
import org.linkctl.modules.wireguard.WireguardFiles
import org.linkctl.modules.wireguard.WireguardHealth

/** The scripts among WireGuard's questions: the words of a host's own go in as arguments, never as text. */
class WireguardScripts {
    static final List<String> ALL = [WireguardFiles.derivePublicKey('wg0').argv().words()[2], WireguardDevice.COMPARE_PSK, WireguardHealth.LATEST]
}

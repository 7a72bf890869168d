package org.linkctl.modules.linux.wireguard;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.wireguard.PeerSection;
import org.linkctl.modules.wireguard.WireguardEnd;
import org.linkctl.modules.wireguard.WireguardFiles;
import org.linkctl.net.Cidr;

/**
 * The file that wg-quick(8) brings a tunnel up from. It holds no key: hooks load those from files of their own, so the
 * file can be shown. No hook but the one that loads a key can keep the tunnel down: wg-quick(8) takes the interface
 * away again where one fails.
 */
final class WireguardConf {
    private static final String THREADED = "/sys/class/net/%i/threaded";

    private WireguardConf() {}

    static String text(WireguardEnd.Want want) {
        List<String> out = new ArrayList<>(List.of(OurFiles.mark(want.fabric())));
        out.addAll(PeerSection.self(want));
        for (Cidr address : want.addresses()) out.add("Address = " + address);
        out.add("MTU = " + want.mtu());
        out.add("Table = off");
        out.add("PostUp = wg set %i private-key " + WireguardFiles.key("%i"));
        if (want.usesPsk()) {
            out.add("PostUp = wg set %i peer " + PeerSection.key(want) + " preshared-key " + WireguardFiles.psk("%i"));
        }
        out.add("PostUp = test ! -e " + THREADED + " || echo 1 > " + THREADED + " || true");
        for (String route : want.routes()) out.add("PostUp = " + hook(route, "up"));
        for (String route : want.routes()) out.add("PreDown = " + hook(route, "down"));
        out.add("");
        out.addAll(PeerSection.lines(want));
        return String.join("\n", out) + "\n";
    }

    private static String hook(String route, String verb) {
        String script = "/usr/local/lib/linkctl/route-" + route;
        return "test ! -x " + script + " || " + script + " " + verb + " %i || true";
    }
}

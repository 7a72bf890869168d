package org.linkctl.modules.linux.wireguard;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.wireguard.WireguardFiles;
import org.linkctl.modules.wireguard.WireguardFiles.Fix;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;

/**
 * How a tunnel that linkctl made goes: the service, with it the interface (wg-quick(8) runs the hooks that take it out of
 * its routes first), and last the file that says whose it is. Its keys are others' to take away.
 */
final class WireguardGone {
    private WireguardGone() {}

    /** What would go with it that linkctl did not make. */
    static List<String> adopts(String tunnel, WireguardModule.Facts have) {
        List<String> out = new ArrayList<>();
        OurFiles.foreign(WireguardFiles.conf(tunnel), have.tunnel().conf()).ifPresent(out::add);
        boolean ours = have.tunnel().conf() != null && out.isEmpty();
        if (have.tunnel().device() != null && !ours) out.add("interface " + tunnel);
        return out;
    }

    /** Somebody who has put a file of their own in the place of ours has the tunnel now. */
    static List<Fix> fixes(String tunnel, WireguardModule.Facts have) {
        String conf = have.tunnel().conf();
        if (conf != null && !OurFiles.isOurs(conf)) return List.of();
        WireguardService.State service = have.service();
        List<Fix> out = new ArrayList<>();
        boolean runs = service.keepsInterface();
        if (runs || service.isEnabled()) out.add(stop(tunnel, service));
        // A service that lacks its file cannot take the interface away.
        boolean left = conf == null ? runs : !runs;
        if (have.tunnel().device() != null && left) {
            out.add(new Fix(
                    Change.state(tunnel + " interface", "present", null).cuts(),
                    Step.run("ip", "link", "delete", "dev", tunnel)));
        }
        if (conf != null) {
            String path = WireguardFiles.conf(tunnel);
            out.add(new Fix(Change.file(path, conf, null), new Step.RemoveFile(path)));
        }
        return out;
    }

    private static Fix stop(String tunnel, WireguardService.State service) {
        String unit = WireguardFiles.unit(tunnel);
        List<Argv> back = new ArrayList<>();
        if (service.isEnabled()) back.add(Argv.of("systemctl", "enable", unit));
        if (service.keepsInterface()) back.add(Argv.of("systemctl", "start", unit));
        Change change = Change.state(unit, service.active() + ", " + service.enabled() + " at boot", null);
        return new Fix(
                service.keepsInterface() ? change.cuts() : change,
                new Step.Run(Argv.of("systemctl", "disable", "--now", unit), back));
    }
}

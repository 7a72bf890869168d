package org.linkctl.check;

import java.util.List;
import java.util.regex.Pattern;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.HostFile;
import org.linkctl.model.HostService;
import org.linkctl.model.Os;

/** Services that wait for files which nobody declares, and names that a system has not. */
final class HostServiceChecks {
    /** A script of rc(8), whose variable in rc.conf(5) has its name. */
    private static final Pattern SCRIPT = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

    private final Refusals refusals;

    HostServiceChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Host host : fabric.hosts()) {
            List<String> files =
                    fabric.of(HostFile.class, host).stream().map(HostFile::path).toList();
            for (HostService service : fabric.of(HostService.class, host)) {
                for (String path : service.restartOn()) {
                    if (!files.contains(path))
                        refusals.unknown(service.at(), "restartOn", "file of " + Names.shown(host.name()), path, files);
                }
                if (host.os() == Os.FREEBSD && !SCRIPT.matcher(service.name()).matches()) script(service);
            }
        }
    }

    private void script(HostService service) {
        refusals.conflict(
                service.at(),
                "name",
                service.name(),
                "'" + Names.shown(service.name()) + "' is no name of a service on FreeBSD",
                "the name of a script in /etc/rc.d or /usr/local/etc/rc.d: letters, digits, _ and -");
    }
}

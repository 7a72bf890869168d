package org.linkctl.modules.linux.firezone;

import java.util.List;
import org.linkctl.model.FirezoneGateway;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.firezonefiles.Versions;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.linux.systemd.UnitState;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.shell.ShellTemplate;

/** The files of the service: what starts it, its environment, its unit. */
final class FirezoneService {
    static final String UNIT = "linkctl-firezone.service";
    static final String PROGRAM = "/usr/local/lib/linkctl/firezone-gateway";
    static final String CONFIGURATION = "/etc/linkctl/firezone";
    static final String TOKEN = CONFIGURATION + "/token";

    /** What the process that runs was started from: where {@link Versions#LINK} led then. */
    static final String RUNNING = "/run/linkctl/firezone-version";

    /** Where systemd shows the service its credentials (systemd.exec(5), LoadCredential). */
    static final String CREDENTIAL = "/run/credentials/" + UNIT + "/FIREZONE_TOKEN";

    /** What the service keeps, as the user that systemd makes for it sees it, and as it is (systemd.exec(5), DynamicUser). */
    static final List<String> STATE = List.of("/var/lib/firezone", "/var/lib/private/firezone");

    private static final String ENVIRONMENT = CONFIGURATION + "/env";
    private static final String NOTE = "/run/linkctl/" + UNIT;
    private static final ShellTemplate SCRIPT = ShellFile.of(FirezoneService.class, "gateway.sh");

    private FirezoneService() {}

    /** @param fabric its name is a part of what the gateway is known by */
    static KeptService of(String fabric, FirezoneGateway gateway) {
        return service(OurFiles.MARK + "\n"
                + "FIREZONE_ID=" + gateway.id(fabric) + "\n"
                + "FIREZONE_NAME=" + gateway.host() + "\n"
                + "FIREZONE_API_URL=" + gateway.api() + "\n"
                + "FIREZONE_NO_TELEMETRY=true\n"
                + "RUST_LOG=info\n"
                + "HEALTH_CHECK_ADDR=127.0.0.1:" + gateway.healthPort() + "\n");
    }

    /** That there is none. */
    static KeptService none() {
        return service("").none();
    }

    /** The program that starts the gateway; another version of it is no reason to start the gateway anew. */
    static String script(int port) {
        return SCRIPT.lines("MARK", List.of(OurFiles.MARK))
                .word("UNIT", UNIT)
                .word("LINK", Versions.LINK)
                .word("PORT", Integer.toString(port))
                .word("READY", FirezoneHealth.READY)
                .word("TOKEN", TOKEN)
                .words("FILES", List.of(ENVIRONMENT, UnitState.path(UNIT)))
                .text();
    }

    private static KeptService service(String environment) {
        return new KeptService(
                UNIT,
                NOTE,
                List.of(
                        new KeptService.KeptFile(ENVIRONMENT, "0644", environment),
                        new KeptService.KeptFile(UnitState.path(UNIT), "0644", FirezoneUnit.TEXT)));
    }
}

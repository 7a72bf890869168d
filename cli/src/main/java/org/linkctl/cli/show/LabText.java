package org.linkctl.cli.show;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.lab.HostStatus;

/** How the lab's hosts are. */
public final class LabText {
    private LabText() {}

    public static String of(List<HostStatus> hosts, Look look) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("HOST", "PID", "SSH PORT", "STATE"));
        for (HostStatus host : hosts) {
            String state =
                    host.answers() ? "answers" : host.running() ? "runs, but its sshd does not answer" : "is dead";
            rows.add(List.of(host.name(), Long.toString(host.pid()), Integer.toString(host.port()), state));
        }
        return look.paint().text(Table.of(rows, look.width()));
    }
}

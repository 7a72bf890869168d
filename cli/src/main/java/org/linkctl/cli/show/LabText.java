package org.linkctl.cli.show;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.lab.HostStatus;

/** The state of the lab's hosts. */
public final class LabText {
    private LabText() {}

    public static String of(List<HostStatus> hosts, TextStyle style) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("HOST", "PID", "SSH PORT", "STATE"));
        for (HostStatus host : hosts) {
            String state =
                    host.answers() ? "answers" : host.running() ? "runs, but its sshd does not answer" : "is dead";
            rows.add(List.of(host.name(), Long.toString(host.pid()), Integer.toString(host.port()), state));
        }
        return style.paint().text(Table.of(rows, style.width()));
    }
}

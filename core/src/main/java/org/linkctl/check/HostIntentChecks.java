package org.linkctl.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.HostFile;
import org.linkctl.model.HostIntent;
import org.linkctl.model.HostTimer;

/** Declarations for one host that no other check knows: what they say of their own values, and those declared twice. */
final class HostIntentChecks {
    private final Refusals refusals;

    HostIntentChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Host host : fabric.hosts()) {
            Map<String, HostIntent> seen = new HashMap<>();
            for (HostIntent intent : fabric.of(HostIntent.class, host)) {
                for (HostIntent.Wrong wrong : intent.wrong()) wrong(intent, wrong);
                HostIntent first = seen.putIfAbsent(intent.subject(), intent);
                if (first != null) twice(intent, first);
            }
            List<HostFile> files = fabric.of(HostFile.class, host);
            files(files);
            for (HostTimer timer : fabric.of(HostTimer.class, host)) program(timer, files);
        }
    }

    /** A file cannot be in another file. */
    private void files(List<HostFile> files) {
        Map<String, HostFile> byPath = new HashMap<>();
        files.forEach(file -> byPath.putIfAbsent(file.path(), file));
        for (HostFile file : files) {
            for (int end = file.path().lastIndexOf('/');
                    end > 0;
                    end = file.path().lastIndexOf('/', end - 1)) {
                HostFile above = byPath.get(file.path().substring(0, end));
                if (above == null) continue;
                String summary = "'" + Names.shown(file.path()) + "' cannot be in '" + Names.shown(above.path())
                        + "', which is a file";
                refusals.conflict(file.at(), "name", file.path(), summary, "declared at " + above.at());
            }
        }
    }

    /** The program of a timer that is a declared file: root, too, runs what may be run by somebody. */
    private void program(HostTimer timer, List<HostFile> files) {
        for (HostFile file : files) {
            if (timer.command().isEmpty() || !file.path().equals(timer.command().getFirst())) continue;
            if (!file.mode().matches("0[0-7]{3}") || (Integer.parseInt(file.mode(), 8) & 0111) != 0) continue;
            refusals.conflict(
                    timer.at(),
                    "run",
                    file.path(),
                    "run: '" + Names.shown(file.path()) + "' cannot be run: its mode is " + file.mode(),
                    "mode: '0755' at " + file.at());
        }
    }

    private void wrong(HostIntent intent, HostIntent.Wrong wrong) {
        boolean named = wrong.attribute().equals("name") || wrong.attribute().equals("value");
        String summary =
                (named ? "" : wrong.attribute() + ": ") + "'" + Names.shown(wrong.value()) + "' " + wrong.why();
        refusals.value(intent.at(), wrong.attribute(), wrong.value(), summary, wrong.detail());
    }

    private void twice(HostIntent intent, HostIntent first) {
        String summary = Names.shown(intent.subject()) + " is declared twice for " + Names.shown(intent.host());
        refusals.conflict(intent.at(), "name", "", summary, "also declared at " + first.at());
    }
}

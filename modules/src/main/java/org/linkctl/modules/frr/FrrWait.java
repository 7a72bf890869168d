package org.linkctl.modules.frr;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;

/** Waits for daemons that were started: whoever starts them does not. */
public final class FrrWait {
    private FrrWait() {}

    public static Step step(String vtysh, Collection<String> daemons) {
        List<String> words = new ArrayList<>(
                List.of("/bin/sh", "-c", ShellFile.of(FrrWait.class, "wait.sh").text(), "sh", vtysh));
        words.addAll(daemons);
        return Step.run(new Argv(words));
    }
}

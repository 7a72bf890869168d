package org.linkctl.modules.linux.stack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.shell.Argv;
import org.linkctl.spi.Refused;

/** Scripts of linkctl's that NetworkManager runs whenever it brought an interface up (NetworkManager-dispatcher(8)). */
final class DispatcherScripts {
    /**
     * Run before NetworkManager says that the interface is up, and it waits for them; those in the folder itself are run
     * after it was, and after its settings were applied once more ({@code reapply}, since 1.42), which takes away what
     * NetworkManager has not given.
     */
    private static final List<String> FOLDERS = List.of(
            NetworkManager.ETC + "dispatcher.d/pre-up.d/50-linkctl-", NetworkManager.ETC + "dispatcher.d/50-linkctl-");

    private DispatcherScripts() {}

    /** Where a script is. */
    static List<String> paths(String name) {
        return FOLDERS.stream().map(folder -> folder + name).toList();
    }

    /** The first place of a script. */
    static String path(String name) {
        return paths(name).getFirst();
    }

    static boolean isOne(String path) {
        return FOLDERS.stream().anyMatch(path::startsWith);
    }

    /** A script that runs commands when an interface is up. Each command may fail: the others count as well. */
    static Map<String, String> texts(String name, String device, List<Argv> commands, NetworkManagerFacts manager) {
        if (!manager.dispatches())
            throw new Refused("NetworkManager runs no scripts for interfaces, and what is declared beside a profile"
                    + " would not outlive a reboot; systemctl enable NetworkManager-dispatcher.service");
        StringBuilder text =
                new StringBuilder("#!/bin/sh\n").append(OurFiles.MARK).append('\n');
        // Before 1.42 nothing is said of the loopback; it is there before anything else.
        if (!device.equals("lo"))
            text.append("[ \"$1\" = ").append(Argv.quote(device)).append(" ] || exit 0\n");
        text.append("case $2 in pre-up | up | reapply) ;; *) exit 0 ;; esac\n");
        commands.forEach(command -> text.append(command).append(" || true\n"));
        text.append("exit 0\n");
        Map<String, String> out = new LinkedHashMap<>();
        paths(name).forEach(path -> out.put(path, text.toString()));
        return out;
    }
}

package org.linkctl.modules.freebsd.ecmp;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.files.Programs;
import org.linkctl.modules.freebsd.routes.RouteWay;
import org.linkctl.modules.routes.Preferred;
import org.linkctl.modules.routes.RouteProgram;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.shell.Argv;
import org.linkctl.shell.ShellTemplate;
import org.linkctl.spi.Scope;

/**
 * The script that sets a route over those of its tunnels that can carry something now. The tunnels' services and the
 * watcher go through it, one at a time. New ways come before old ones go, so that the prefix is never without one.
 */
final class EcmpScript {
    private static final ShellTemplate PROGRAM = ShellFile.of(EcmpScript.class, "route.sh");

    private EcmpScript() {}

    static String text(EcmpWant want) {
        return PROGRAM.lines("MARK", List.of(OurFiles.MARK))
                .word("LABEL", want.label())
                .word("NAME", RouteProgram.name(want.label()))
                .word("RUN", Programs.ROUTE_STATE.folder())
                .word("HELD", Scope.HELD)
                .words("TUNNELS", want.hops().stream().map(EcmpWant.Hop::tunnel).toList())
                .lines("PREFER", Preferred.lines(want.ranks()))
                .lines("ADD", lines(want, true))
                .lines("DELETE", lines(want, false))
                .text();
    }

    private static List<String> lines(EcmpWant want, boolean add) {
        List<String> out = new ArrayList<>();
        for (EcmpWant.Target target : want.targets()) {
            for (EcmpWant.Hop hop : want.hops()) {
                RouteWay path = EcmpWant.way(target, hop);
                Argv words = add ? path.add() : path.delete();
                // But for route -n and the verb, which are the function's.
                String rest = new Argv(words.words().subList(3, words.words().size())).render();
                String when = "case $alive in *\" " + hop.tunnel() + " \"*) ";
                out.add(when + (add ? "add " + rest + " ;; esac" : ";; *) delete " + rest + " ;; esac"));
            }
        }
        return out;
    }
}

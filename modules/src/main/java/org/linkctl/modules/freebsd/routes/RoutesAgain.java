package org.linkctl.modules.freebsd.routes;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.modules.routes.DependentRoutes;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;

/**
 * Routes by gateways that the kernel drops with an address, though another one leads to the gateway as well: it looks at which
 * address a route was set with (sys/netinet/in.c, in_ifadown). They are set again.
 */
public final class RoutesAgain {
    private static final String SCRIPT =
            ShellFile.of(RoutesAgain.class, "set-again.sh").text();

    private RoutesAgain() {}

    /** What comes once addresses of an interface are gone; none where no route needs it. */
    public static List<Step> after(String device, List<Cidr> gone, List<Cidr> staying, DependentRoutes routes) {
        List<Argv> all = words(device, gone, staying, routes);
        return all.isEmpty() ? List.of() : List.of(new Step.Run(all.getFirst(), List.of()));
    }

    /** What undoing has to do once an address is back: the same, whatever stays. */
    public static List<Argv> back(String device, Cidr address, DependentRoutes routes) {
        return words(device, List.of(address), List.of(address), routes);
    }

    private static List<Argv> words(String device, List<Cidr> gone, List<Cidr> staying, DependentRoutes routes) {
        List<String> words = new ArrayList<>();
        for (DependentRoutes.Hop hop : routes.hops()) {
            Ip via = hop.via();
            if (via == null || hop.several() || !hop.device().equals(device)) continue;
            boolean goes = gone.stream().anyMatch(address -> address.network().contains(via));
            if (!goes || staying.stream().noneMatch(address -> address.network().contains(via))) continue;
            words.add(hop.prefix().isV6() ? "-inet6" : "-net");
            words.add(RouteWay.destination(hop.prefix()));
            words.add(via.text());
        }
        if (words.isEmpty()) return List.of();
        List<String> all = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "linkctl"));
        all.addAll(words);
        return List.of(new Argv(all));
    }
}

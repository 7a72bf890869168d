package org.linkctl.modules.freebsd.ecmp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.freebsd.kernel.Netstat;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Found;
import org.linkctl.spi.Question;

/** The routes that a person, wg-quick(8) or linkctl set on a host, as {@code linkctl import} has to know them. */
final class RoutesFound {
    private RoutesFound() {}

    static List<Question<?>> questions() {
        return List.of(Netstat.question());
    }

    static List<Found> read(Answers answers) {
        Netstat routes = Netstat.read(answers);
        Map<Cidr, Found> out = new LinkedHashMap<>();
        for (Netstat.Path path : routes.paths()) {
            Cidr prefix = path.prefix();
            if (prefix.length() > 0 && isSet(path) && !out.containsKey(prefix))
                out.put(
                        prefix,
                        new Found.Routed(
                                prefix,
                                routes.to(prefix).stream().map(RoutesFound::hop).toList()));
        }
        return List.copyOf(out.values());
    }

    /** Not the kernel's own, which lead to the host itself or reject (R). */
    private static boolean isSet(Netstat.Path path) {
        return path.isStatic()
                && !path.isDaemons()
                && !path.device().startsWith("lo")
                && !path.flags().contains("R");
    }

    private static Found.Hop hop(Netstat.Path path) {
        return new Found.Hop(path.device(), via(path), path.weight());
    }

    private static @Nullable Ip via(Netstat.Path path) {
        return path.isByGateway()
                ? Ip.parse(path.gateway().replaceFirst("%.*", "")).orElse(null)
                : null;
    }
}

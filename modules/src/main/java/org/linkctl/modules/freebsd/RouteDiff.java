package org.linkctl.modules.freebsd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.linkctl.modules.wireguard.WireguardFiles.Fix;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;
import org.linkctl.spi.Refused;

/**
 * How the ways to one prefix differ from those that are wanted, and what ends each difference. To add a way to a prefix
 * that has one is no error and no change of it: both are used from then on.
 */
final class RouteDiff {
    private RouteDiff() {}

    /** New ways first, so that there is always one; but what is in their way goes before. */
    static Optional<Fix> fix(List<RouteWay> wanted, List<Netstat.Path> found) {
        found.forEach(RouteDiff::refuse);
        if (wanted.size() == 1 && found.size() == 1 && found.getFirst().isByGateway()) {
            return one(wanted.getFirst(), found.getFirst());
        }
        List<Step> first = new ArrayList<>();
        List<Step> then = new ArrayList<>();
        List<Step> last = new ArrayList<>();
        for (RouteWay way : wanted) {
            Netstat.Path same = found.stream().filter(way::is).findFirst().orElse(null);
            if (same == null) then.add(Step.run(way.add(), way.delete()));
            else if (wanted.size() > 1 && same.weight() != way.weight()) {
                then.add(Step.run(way.change(), way.weighing(same.weight()).change()));
            }
        }
        for (Netstat.Path path : found) {
            if (wanted.stream().anyMatch(one -> one.is(path))) continue;
            boolean inTheWay = !path.isByGateway()
                    || wanted.stream().anyMatch(one -> one.gateway().equals(path.gateway()));
            (inTheWay ? first : last).add(deletion(path));
        }
        List<Step> steps = new ArrayList<>(first);
        steps.addAll(then);
        steps.addAll(last);
        return steps.isEmpty() ? Optional.empty() : Optional.of(new Fix(change(wanted, found), steps));
    }

    private static Change change(List<RouteWay> wanted, List<Netstat.Path> found) {
        String before =
                found.isEmpty() ? null : shown(found.stream().map(RouteWay::of).toList());
        return Change.state("route " + wanted.getFirst().prefix(), before, shown(wanted));
    }

    /** In one go, so that there is always one; this works without several ways to a prefix, too. */
    private static Optional<Fix> one(RouteWay wanted, Netstat.Path found) {
        if (wanted.is(found)) return Optional.empty();
        Step step = Step.run(wanted.change(), RouteWay.of(found).change());
        return Optional.of(new Fix(change(List.of(wanted), List.of(found)), step));
    }

    private static void refuse(Netstat.Path path) {
        if (!path.isStatic()) {
            throw new Refused("the prefix " + path.prefix() + " is on " + path.device() + " itself (" + path.gateway()
                    + "): it cannot be behind a gateway as well");
        }
        if (path.isDaemons()) {
            throw new Refused("the route to " + path.prefix() + " by " + path.gateway()
                    + " is set by a routing daemon, not by linkctl: take it out there, or the prefix out of the"
                    + " inventory");
        }
    }

    static Fix removal(Netstat.Path path) {
        Change change = Change.state("route " + path.prefix() + " " + path.gateway(), "present", null);
        return new Fix(change.cuts(), deletion(path));
    }

    /** A way straight onto an interface has no gateway to name it by, and no other way beside it. */
    static Step deletion(Netstat.Path path) {
        RouteWay way = RouteWay.of(path);
        if (path.isByGateway()) return Step.run(way.delete(), way.add());
        String prefix = path.prefix().toString();
        return path.prefix().isV6()
                ? Step.run("route", "-n", "delete", "-inet6", prefix)
                : Step.run("route", "-n", "delete", "-net", prefix);
    }

    private static String shown(List<RouteWay> ways) {
        return ways.stream().map(way -> way.shown(ways.size() > 1)).collect(Collectors.joining(", "));
    }
}

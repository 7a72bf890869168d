package org.linkctl.modules.freebsd.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.linkctl.modules.freebsd.kernel.Netstat;
import org.linkctl.modules.wireguard.WireguardFiles.Fix;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;
import org.linkctl.spi.Refused;

/**
 * How the ways to one prefix differ from those that are wanted, and what ends each difference. To add a way to a prefix
 * that has one is no error and no change of it: both are used from then on.
 *
 * @param inTheWay has to go before what is missing can be put
 * @param reweighed what gives ways that are there their weights
 * @param extra goes last
 */
public record RouteDiff(
        List<RouteWay> wanted,
        List<Netstat.Path> found,
        List<Netstat.Path> inTheWay,
        List<RouteWay> missing,
        List<Step> reweighed,
        List<Netstat.Path> extra) {
    /** Empty where nothing differs. */
    public static Optional<RouteDiff> of(List<RouteWay> wanted, List<Netstat.Path> found) {
        found.forEach(RouteDiff::refuse);
        List<RouteWay> missing = new ArrayList<>();
        List<Step> reweighed = new ArrayList<>();
        for (RouteWay way : wanted) {
            Netstat.Path same = found.stream().filter(way::is).findFirst().orElse(null);
            if (same == null) missing.add(way);
            else if (wanted.size() > 1 && same.weight() != way.weight()) {
                reweighed.add(Step.run(way.change(), way.weighing(same.weight()).change()));
            }
        }
        List<Netstat.Path> inTheWay = new ArrayList<>();
        List<Netstat.Path> extra = new ArrayList<>();
        for (Netstat.Path path : found) {
            if (wanted.stream().anyMatch(one -> one.is(path))) continue;
            boolean blocks = !path.isByGateway()
                    || wanted.stream().anyMatch(one -> one.gateway().equals(path.gateway()));
            (blocks ? inTheWay : extra).add(path);
        }
        return missing.isEmpty() && reweighed.isEmpty() && inTheWay.isEmpty() && extra.isEmpty()
                ? Optional.empty()
                : Optional.of(new RouteDiff(wanted, found, inTheWay, missing, reweighed, extra));
    }

    public Change change() {
        String before =
                found.isEmpty() ? null : shown(found.stream().map(RouteWay::of).toList());
        return Change.state("route " + wanted.getFirst().prefix(), before, shown(wanted));
    }

    /** One gateway in the place of another. */
    public boolean isExchange() {
        return missing.size() == 1 && found.size() == 1 && extra.size() == 1;
    }

    /** In one go, so that there is always one; this works without several ways to a prefix, too. */
    public Step exchange() {
        return Step.run(
                missing.getFirst().change(), RouteWay.of(extra.getFirst()).change());
    }

    /** New ways first, so that there is always one; but what is in their way goes before. */
    public Fix fix() {
        if (wanted.size() == 1 && isExchange()) return new Fix(change(), exchange());
        List<Step> steps = new ArrayList<>();
        inTheWay.forEach(path -> steps.add(deletion(path)));
        missing.forEach(way -> steps.add(Step.run(way.add(), way.delete())));
        steps.addAll(reweighed);
        extra.forEach(path -> steps.add(deletion(path)));
        return new Fix(change(), steps);
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

    public static Fix removal(Netstat.Path path) {
        Change change = Change.state("route " + path.prefix() + " " + path.gateway(), "present", null);
        return new Fix(change.cuts(), deletion(path));
    }

    /** A way straight onto an interface has no gateway to name it by, and no other way beside it. */
    public static Step deletion(Netstat.Path path) {
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

package org.linkctl.check;

import java.util.List;
import org.linkctl.diag.Diagnostic;
import org.linkctl.model.Fabric;
import org.linkctl.model.Site;
import org.linkctl.net.Cidr;
import org.linkctl.spi.SystemLimits;

/**
 * Everything that makes a fabric impossible, whatever it was read from: values that no host would take, names that
 * nothing has, and things that cannot be true together. What a check needs and does not find was refused by another.
 */
public final class FabricChecks {
    private FabricChecks() {}

    /**
     * What is wrong or doubtful, in the order of the places. Without an error it is a fabric that can be worked with.
     *
     * @param limits what is not made on hosts of a system yet
     */
    public static List<Diagnostic> check(Fabric fabric, List<SystemLimits> limits) {
        return refusals(fabric, limits).stream()
                .map(Refusal::diagnostic)
                .distinct()
                .sorted()
                .toList();
    }

    /** The same with what is to blame, for whoever knows more of the places. */
    public static List<Refusal> refusals(Fabric declared, List<SystemLimits> limits) {
        Refusals refusals = new Refusals();
        new ValueChecks(refusals).check(declared);
        new HostIntentChecks(refusals).check(declared);
        Fabric fabric = withoutWholeLans(declared);
        new NameChecks(refusals).check(fabric);
        new GroupChecks(refusals).check(fabric);
        new GatewayChecks(refusals).check(fabric);
        new InterfaceChecks(refusals, limits).check(fabric);
        new AddressChecks(refusals).check(fabric);
        new ConnectedChecks(refusals).check(fabric);
        new TunnelChecks(refusals).check(fabric);
        new HubChecks(refusals).check(fabric);
        new HubLanChecks(refusals).check(fabric);
        new WayChecks(refusals).check(fabric);
        new PeerChecks(refusals).check(fabric);
        new AllowedChecks(refusals).check(fabric);
        new FirezoneChecks(refusals).check(fabric);
        new HostServiceChecks(refusals).check(fabric);
        new SshdChecks(refusals).check(fabric);
        new SecretChecks(refusals).check(fabric);
        new LoginChecks(refusals).check(fabric);
        new PublishChecks(refusals).check(fabric);
        new KeptSourcesChecks(refusals).check(fabric);
        new EndpointChecks(refusals).check(fabric);
        new RouteChecks(refusals).check(fabric);
        new EverythingChecks(refusals).check(fabric);
        new BgpChecks(refusals).check(fabric);
        new ContradictionChecks(refusals).check(fabric);
        new MtuChecks(refusals).check(fabric);
        new KeepaliveChecks(refusals).check(fabric);
        new PairChecks(refusals).check(fabric);
        new PairSystemChecks(refusals).check(fabric);
        new WitnessChecks(refusals).check(fabric);
        new PreemptChecks(refusals).check(fabric);
        new FirewallChecks(refusals).check(fabric);
        new FirewallSystemChecks(refusals).check(fabric);
        new BalanceChecks(refusals).check(fabric);
        new TableChecks(refusals).check(fabric);
        new SkipChecks(refusals).check(fabric);
        new OverlapChecks(refusals).check(fabric);
        new OwnServiceChecks(refusals).check(fabric);
        new ManagementChecks(refusals).check(fabric);
        new VridChecks(refusals).check(fabric);
        new NextHopChecks(refusals).check(fabric);
        new SystemChecks(refusals).check(fabric);
        new LimitChecks(refusals, limits).check(fabric);
        return refusals.all();
    }

    /** Without LANs that are every address there is, which was refused: everything would overlap them. */
    private static Fabric withoutWholeLans(Fabric fabric) {
        boolean whole = false;
        for (Site site : fabric.sites()) for (Cidr lan : site.lan()) whole |= lan.length() == 0;
        if (!whole) return fabric;
        List<Site> sites = fabric.sites().stream()
                .map(site -> new Site(
                        site.name(),
                        site.lan().stream().filter(lan -> lan.length() > 0).toList(),
                        site.at()))
                .toList();
        return new Fabric(fabric.name(), sites, fabric.hosts(), fabric.intents());
    }
}

package org.linkctl.check;

import java.util.List;
import org.linkctl.diag.Diagnostic;
import org.linkctl.model.Fabric;

/**
 * Everything that makes a fabric impossible, whatever it was read from: values that no host would take, names that
 * nothing has, and things that cannot be true together. What a check needs and does not find was refused by another.
 */
public final class FabricChecks {
    private FabricChecks() {}

    /** What is wrong or doubtful, in the order of the places. Without an error it is a fabric that can be worked with. */
    public static List<Diagnostic> check(Fabric fabric) {
        return refusals(fabric).stream()
                .map(Refusal::diagnostic)
                .distinct()
                .sorted()
                .toList();
    }

    /** The same with what is to blame, for whoever knows more of the places. */
    public static List<Refusal> refusals(Fabric fabric) {
        Refusals refusals = new Refusals();
        new ValueChecks(refusals).check(fabric);
        new NameChecks(refusals).check(fabric);
        new GatewayChecks(refusals).check(fabric);
        new InterfaceChecks(refusals).check(fabric);
        new AddressChecks(refusals).check(fabric);
        new ConnectedChecks(refusals).check(fabric);
        new TunnelChecks(refusals).check(fabric);
        new HubChecks(refusals).check(fabric);
        new SecretChecks(refusals).check(fabric);
        new LoginChecks(refusals).check(fabric);
        new PublishChecks(refusals).check(fabric);
        new EndpointChecks(refusals).check(fabric);
        new RouteChecks(refusals).check(fabric);
        new ContradictionChecks(refusals).check(fabric);
        new MtuChecks(refusals).check(fabric);
        new KeepaliveChecks(refusals).check(fabric);
        new PairChecks(refusals).check(fabric);
        new VridChecks(refusals).check(fabric);
        new FirewallChecks(refusals).check(fabric);
        new NextHopChecks(refusals).check(fabric);
        new SystemChecks(refusals).check(fabric);
        return refusals.all();
    }
}

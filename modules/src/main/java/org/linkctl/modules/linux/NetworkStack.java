package org.linkctl.modules.linux;

import java.util.List;
import java.util.Map;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Step;

/** What brings a host's network up at boot: where linkctl writes so that a reboot keeps what was configured. */
interface NetworkStack {
    String name();

    /** Files, by path, that make a bond at boot. */
    Map<String, String> bond(Bond.Want bond);

    /** Files that give an interface its addresses at boot, beside whatever else configures it there. */
    Map<String, String> addresses(Address.Want interfaceWant, StackFacts facts);

    /**
     * Files that route prefixes through gateways at boot.
     *
     * @param device the interface that leads to the gateways
     * @throws org.linkctl.spi.Refused where that interface is not this stack's
     */
    Map<String, String> routes(List<Gateway.Hop> hops, String device, StackFacts facts);

    /** Whether a file with this path in this stack's folders is a program. */
    default String mode(String path) {
        return "0644";
    }

    /** Tells the running stack of changed files, where it would otherwise fight what was done. */
    List<Step> reload();

    /** The addresses that a file of ours declares. */
    List<Cidr> declared(String content);
}

package org.linkctl.modules.wireguard;

import java.util.List;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Step;

/** What changes an interface on one system, while it runs. */
public interface LinkTool {
    Step up(String device);

    /** @param before the MTU to go back to, in bytes */
    Step mtu(String device, int after, int before);

    Step add(String device, Cidr address);

    /**
     * Takes an address away, and sees to it that the wanted ones are still there.
     *
     * @param wanted all that the interface shall have
     */
    List<Step> remove(String device, Cidr address, List<Cidr> wanted);

    /** Whether an address is known without its length, so that it has to go before it can be there with another one. */
    boolean goesFirst(Cidr address, List<Cidr> wanted);
}

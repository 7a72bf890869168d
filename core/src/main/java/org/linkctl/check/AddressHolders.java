package org.linkctl.check;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Vip;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/** The hosts that have an address on one of their bonds or NICs: looked up, since each host is asked for each of them. */
final class AddressHolders {
    private final Map<Ip, Set<Host>> hosts = new HashMap<>();

    private AddressHolders() {}

    static AddressHolders of(Fabric fabric) {
        AddressHolders out = new AddressHolders();
        for (Host host : fabric.hosts()) out.add(host, fabric.addresses(host).stream());
        return out;
    }

    /** Those that are a vip's are found as well, of both hosts. */
    static AddressHolders withVips(Fabric fabric) {
        AddressHolders out = new AddressHolders();
        for (Host host : fabric.hosts()) {
            Stream<Cidr> vips = fabric.of(Vip.class, host).stream().flatMap(vip -> vip.addresses().stream());
            out.add(host, Stream.concat(fabric.addresses(host).stream(), vips));
        }
        return out;
    }

    private void add(Host host, Stream<Cidr> addresses) {
        addresses.forEach(one ->
                hosts.computeIfAbsent(one.address(), _ -> new LinkedHashSet<>()).add(host));
    }

    /** In the declared order. */
    Set<Host> of(Ip address) {
        return hosts.getOrDefault(address, Set.of());
    }
}

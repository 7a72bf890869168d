package org.linkctl.modules.freebsd.vip;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.ProxyArp;
import org.linkctl.model.Vip;
import org.linkctl.modules.freebsd.kernel.Ifconfig;
import org.linkctl.net.Ip;

/**
 * Addresses that are answered for by the master of one vhid.
 *
 * @param interval seconds between its advertisements
 */
public record ProxyArpGroup(String device, int vhid, int interval, List<Ip> addresses) {
    /** Of every vhid, the address that is its own (netinet/ip_carp.c). */
    public String mac() {
        return "00:00:5e:00:01:%02x".formatted(vhid);
    }

    public boolean isMaster(Ifconfig links) {
        Ifconfig.Carp carp = found(links);
        return carp != null && carp.state().equals("MASTER");
    }

    /** Nobody asks on an interface that is down, and arp(8) finds nothing there. */
    public boolean isDown(Ifconfig links) {
        Ifconfig.Carp carp = found(links);
        return carp != null && carp.state().equals("INIT");
    }

    public Ifconfig.@Nullable Carp found(Ifconfig links) {
        return links.device(device).map(one -> one.carp().get(vhid)).orElse(null);
    }

    /** Each address with the first vhid on its interface; the checks saw that there is one. */
    public static List<ProxyArpGroup> all(Fabric fabric, Host host) {
        Map<String, ProxyArpGroup> out = new LinkedHashMap<>();
        for (ProxyArp proxy : fabric.of(ProxyArp.class, host)) {
            fabric.of(Vip.class, host).stream()
                    .filter(vip -> vip.on().equals(proxy.on()))
                    .findFirst()
                    .map(vip -> new ProxyArpGroup(vip.on(), vip.id(), vip.seconds(), proxy.addresses()))
                    .ifPresent(group -> out.merge(group.device(), group, ProxyArpGroup::together));
        }
        return List.copyOf(out.values());
    }

    private static ProxyArpGroup together(ProxyArpGroup one, ProxyArpGroup other) {
        List<Ip> all = Stream.concat(one.addresses().stream(), other.addresses().stream())
                .distinct()
                .toList();
        return new ProxyArpGroup(one.device(), one.vhid(), one.interval(), all);
    }
}

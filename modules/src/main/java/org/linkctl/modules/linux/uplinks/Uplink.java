package org.linkctl.modules.linux.uplinks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Link;
import org.linkctl.model.Vip;
import org.linkctl.modules.linux.iprules.IpRule;
import org.linkctl.modules.linux.marks.Numbers;
import org.linkctl.modules.linux.replyrouting.ReplyKind;
import org.linkctl.modules.linux.replyrouting.ReplyWay;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.shell.Argv;

/**
 * An interface, and the neighbour of one address family through which is answered what was asked by it.
 *
 * @param addresses of the interface, of that family; a pair's as well
 * @param number of the mark of what was asked by it, and of the routing table that leads to the neighbour
 */
record Uplink(String device, Ip gateway, List<Ip> addresses, int number) implements ReplyWay {
    /** Before those of {@code balance} (990) and {@code everythingFrom:} (991), which are for what begins here. */
    private static final int FROM_NARROWER = 986;

    /**
     * The mark alone would not do for WireGuard: it asks for a route from the address that was asked, and gives that address up
     * where the route leaves by another interface (drivers/net/wireguard/socket.c, send4), before nftables sees the packet.
     */
    private static final int FROM = 987;

    private static final int MARKED_NARROWER = 988;
    private static final int MARKED = 989;

    static final ReplyKind KIND = new ReplyKind(
            "uplinks",
            "answers by the interface that was asked by",
            Numbers.UPLINKS,
            Set.of(FROM, MARKED),
            Map.of(FROM_NARROWER, IpRule.MAIN, MARKED_NARROWER, IpRule.MAIN),
            false,
            ShellFile.of(Uplink.class, "keep-uplinks.sh"));

    Uplink {
        addresses = List.copyOf(addresses);
    }

    static List<Uplink> of(Fabric fabric, Host host) {
        List<Link> links = fabric.links(host);
        Map<String, Integer> numbers = Numbers.of(
                Numbers.UPLINKS,
                links.stream()
                        .flatMap(link -> link.replyTo().stream().map(gateway -> name(link, gateway)))
                        .toList());
        List<Uplink> out = new ArrayList<>();
        for (Link link : links) {
            for (Ip gateway : link.replyTo())
                out.add(new Uplink(
                        link.name(),
                        gateway,
                        addresses(fabric, host, link, gateway.isV6()),
                        Objects.requireNonNull(numbers.get(name(link, gateway)))));
        }
        return out;
    }

    /** Link-local addresses are the same on several links (RFC 4007, section 11). */
    private static String name(Link link, Ip gateway) {
        return isLinkLocal(gateway) ? gateway.text() + "%" + link.name() : gateway.text();
    }

    private static boolean isLinkLocal(Ip address) {
        return Cidr.of("fe80::/10").contains(address);
    }

    /** What is sent from a link-local address goes no further than the link. */
    private static List<Ip> addresses(Fabric fabric, Host host, Link link, boolean v6) {
        Stream<Cidr> vips = fabric.of(Vip.class, host).stream()
                .filter(vip -> vip.on().equals(link.name()))
                .flatMap(vip -> vip.addresses().stream());
        return Stream.concat(link.addresses().stream(), vips)
                .map(Cidr::address)
                .filter(address -> address.isV6() == v6 && !isLinkLocal(address))
                .distinct()
                .toList();
    }

    @Override
    public boolean v6() {
        return gateway.isV6();
    }

    @Override
    public String subject() {
        return "replyTo " + gateway + " on " + device;
    }

    @Override
    public String lost() {
        return "what is asked by " + device + " is not answered through " + gateway;
    }

    @Override
    public String words() {
        return "default via " + gateway.text() + " dev " + device;
    }

    @Override
    public String line() {
        return gateway.text() + " " + Argv.quote(device);
    }

    /** What comes in by it and begins a connection there is marked. */
    String marking() {
        return "iifname \"" + device + "\" meta nfproto " + (v6() ? "ipv6" : "ipv4")
                + " ct state new ct mark 0x00000000 ct mark set " + Numbers.shown(number);
    }

    /** What narrower routes lead to than a default one goes as ever. */
    @Override
    public List<IpRule> rules() {
        List<IpRule> out = new ArrayList<>();
        for (Ip address : addresses) {
            String from = "from " + address.text() + " ";
            out.add(new IpRule(v6(), FROM_NARROWER, from + IpRule.MAIN));
            out.add(new IpRule(v6(), FROM, from + IpRule.LOOKUP + table()));
        }
        String marked = "from all fwmark " + Numbers.shown(number) + " ";
        out.add(new IpRule(v6(), MARKED_NARROWER, marked + IpRule.MAIN));
        out.add(new IpRule(v6(), MARKED, marked + IpRule.LOOKUP + table()));
        return out;
    }
}

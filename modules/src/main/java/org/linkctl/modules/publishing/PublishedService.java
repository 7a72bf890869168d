package org.linkctl.modules.publishing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.HostAddresses;
import org.linkctl.model.Hub;
import org.linkctl.model.Publish;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.shell.Argv;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Drainable;
import org.linkctl.spi.Question;
import org.linkctl.spi.Resource;

/**
 * What is published of one address family.
 *
 * @param addresses that are called, by the interface that has them
 * @param targets the spokes, the most wanted first
 * @param own addresses of the spokes themselves: where callers keep their addresses, one of these would be taken for a lie
 *     (kernel: ip-sysctl.rst, accept_local)
 */
public record PublishedService(
        Publish publish, boolean v6, Map<Ip, String> addresses, List<Publish.Target> targets, List<Ip> own) {
    /** Asks a target by ping where there is no TCP port. */
    public static final String PING = "ping";

    /** Seconds in which targets come back after a switch of a pair: keepalives that they call with are 25 s apart at the most. */
    private static final int GRACE = 60;

    public static List<PublishedService> of(Fabric fabric, Host host) {
        List<PublishedService> out = new ArrayList<>();
        for (Publish publish : fabric.of(Publish.class, host)) {
            for (boolean v6 : new boolean[] {false, true}) {
                Map<Ip, String> addresses = new LinkedHashMap<>();
                for (Ip address : publish.addresses()) {
                    if (address.isV6() != v6) continue;
                    addresses.put(address, fabric.holder(host, address).orElseThrow());
                }
                if (addresses.isEmpty()) continue;
                List<Publish.Target> targets = fabric.targets(publish, v6);
                out.add(new PublishedService(publish, v6, addresses, targets, own(fabric, targets, v6)));
            }
        }
        return out;
    }

    private static List<Ip> own(Fabric fabric, List<Publish.Target> targets, boolean v6) {
        return targets.stream()
                .flatMap(target -> fabric.hostsOf(target.host()).stream())
                .flatMap(host -> Stream.concat(
                        HostAddresses.all(fabric, host).stream().map(Cidr::address), HostAddresses.ssh(host).stream()))
                .filter(address -> address.isV6() == v6)
                .distinct()
                .toList();
    }

    /** For messages. */
    public String subject() {
        return "publish " + publish.name() + (v6 ? " IPv6" : " IPv4");
    }

    /** Those whose spokes are targets, each once. */
    public Set<Hub> hubs() {
        Set<Hub> out = new LinkedHashSet<>();
        targets.forEach(target -> out.add(target.hub()));
        return out;
    }

    /** The hub's own address, the source of what the spokes see. */
    public Ip sourceOn(Hub hub) {
        return hub.addresses().stream()
                .filter(address -> address.isV6() == v6)
                .map(Cidr::address)
                .findFirst()
                .orElseThrow();
    }

    public List<Firewall.Proto> protos() {
        List<Firewall.Proto> out = new ArrayList<>();
        if (!publish.tcp().isEmpty()) out.add(Firewall.Proto.TCP);
        if (!publish.udp().isEmpty()) out.add(Firewall.Proto.UDP);
        return out;
    }

    public List<Firewall.Ports> ports(Firewall.Proto proto) {
        return publish.ports(proto);
    }

    /** How a target is asked: {@code PORT@ADDRESS} for the first TCP port, of a range the first of it, or {@link #PING} where there is none. */
    public String check(Publish.Target target) {
        return (publish.tcp().isEmpty() ? PING : publish.tcp().getFirst().from()) + "@" + target.address();
    }

    /** The paths to all targets ({@link Resource#place}). */
    public static Set<String> places(List<PublishedService> published) {
        Set<String> out = new LinkedHashSet<>();
        for (PublishedService one : published) one.targets().forEach(target -> out.add(Resource.place(target.host())));
        return out;
    }

    /** The marks of targets that do not answer: one for each check, in a folder of the watcher's. */
    public static List<Question<?>> marks(List<PublishedService> published, String folder) {
        return checks(published).stream()
                .<Question<?>>map(check -> mark(folder, check))
                .toList();
    }

    private static Question.ReadFile mark(String folder, String check) {
        return Question.file(folder + "/" + check);
    }

    /**
     * What goes over several paths.
     *
     * @param held the paths that are out of service
     * @param folder of the watcher's marks
     * @param answers to {@link #marks}
     */
    public static List<Drainable.Shared> shared(
            List<PublishedService> published, Set<String> held, String folder, Answers answers) {
        return published.stream()
                .map(one -> {
                    Set<String> usable = new LinkedHashSet<>();
                    for (Publish.Target target : one.targets()) {
                        boolean answersNow =
                                answers.to(mark(folder, one.check(target))).isEmpty();
                        if (answersNow) usable.add(Resource.place(target.host()));
                    }
                    usable.removeAll(held);
                    return new Drainable.Shared(one.subject(), places(List.of(one)), usable);
                })
                .toList();
    }

    /** By the name of each host that is a target its addresses here, as a pattern of sh(1)'s {@code case}. */
    public static List<String> cases(List<PublishedService> published) {
        Map<String, Set<String>> addresses = new LinkedHashMap<>();
        for (PublishedService one : published) {
            for (Publish.Target target : one.targets())
                addresses
                        .computeIfAbsent(target.host(), _ -> new LinkedHashSet<>())
                        .add(target.address().text());
        }
        return addresses.entrySet().stream()
                .map(one -> String.join(" | ", one.getValue()) + ") place=" + Argv.quote(Resource.place(one.getKey()))
                        + " ;;")
                .toList();
    }

    public List<String> checks() {
        return targets.stream().map(this::check).toList();
    }

    /** Calls of a shell function, its name the first argument: 'ADDRESS...' 'UDP-PORTS...' 'TCP-PORTS...' PORT@TARGET... of each. */
    public static List<String> flows(List<PublishedService> published) {
        return published.stream().map(PublishedService::flow).toList();
    }

    private String flow() {
        String called = addresses.keySet().stream().map(Ip::text).collect(Collectors.joining(" "));
        return Stream.concat(Stream.of(called, words(publish.udp()), words(publish.tcp())), checks().stream())
                .map(Argv::quote)
                .collect(Collectors.joining(" ", "\"$1\" ", ""));
    }

    /** In how many rounds of a watcher they have come back. */
    public static int grace(double pause) {
        return (int) Math.ceil(GRACE / pause);
    }

    private static String words(List<Firewall.Ports> ports) {
        return ports.stream().map(Firewall.Ports::dashed).collect(Collectors.joining(" "));
    }

    /** The checks of all, each once: two may have one target. */
    public static List<String> checks(List<PublishedService> published) {
        return published.stream()
                .flatMap(one -> one.checks().stream())
                .distinct()
                .toList();
    }
}

package org.linkctl.modules.linux.stack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.linkctl.model.Link.Dhcp;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.kernel.AddressCommands;
import org.linkctl.modules.linux.kernel.IpRoute;
import org.linkctl.modules.routes.StaticRoute;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;
import org.linkctl.spi.Refused;

/**
 * NetworkManager. Bonds, their members, and interfaces that nobody gave a profile get profiles of linkctl's own
 * (nm-settings-keyfile(5)), which NetworkManager makes live and at boot. An interface has one profile at a time, so one to
 * which its owner gave one keeps it: what is declared comes beside it, by a script that NetworkManager runs whenever it
 * brought the interface up (NetworkManager-dispatcher(8)). Routes come by such a script in any case.
 */
record NetworkManager() implements NetworkStack {
    static final String ETC = "/etc/NetworkManager/";

    /** Where profiles of linkctl's own begin. */
    static final String PROFILES = ETC + "system-connections/linkctl-";

    private static final String SUFFIX = ".nmconnection";

    /** The greatest there is: nm-settings(5), connection.autoconnect-priority. */
    static final int PRIORITY = 999;

    /** What the names of scripts end with. */
    private static final String GATEWAY = "gateway";

    private static final String ADDRESS = "address-";

    private static final String APPLY =
            ShellFile.of(NetworkManager.class, "networkmanager-apply.sh").text();

    @Override
    public String name() {
        return "NetworkManager";
    }

    static String id(String device) {
        return "linkctl-" + device;
    }

    /** Of a member of a bond or a bridge; no interface that is declared by itself has such a name. */
    static String id(String bond, String member) {
        return id(bond) + "@" + member;
    }

    static String own(String device) {
        return PROFILES + device + SUFFIX;
    }

    static String member(String bond, String member) {
        return own(bond + "@" + member);
    }

    /** Without it NetworkManager takes the addresses away while a cable is out: NetworkManager.conf(5), ignore-carrier. */
    private static String steady(String device) {
        return ETC + "conf.d/linkctl-" + device + ".conf";
    }

    @Override
    public void requireFree(String bond, List<String> members, StackFacts facts) {
        NetworkManagerRefusals.requireFree(bond, members, facts.manager());
    }

    @Override
    public Map<String, String> bond(BondConfig bond, StackFacts facts) {
        Keyfile keyfile = new Keyfile(id(bond.name()), "bond", bond.name())
                .mac(bond.mac())
                .set("bond", "mode", bond.mode().kernel())
                .set("bond", "xmit_hash_policy", bond.hash().kernel())
                .set("bond", "miimon", bond.miimon());
        if (bond.lacp()) keyfile.set("bond", "lacp_rate", bond.lacpRate().kernel());
        Map<String, String> out = new LinkedHashMap<>();
        out.put(own(bond.name()), keyfile.ip(bond.ip()).text());
        for (String member : bond.members()) {
            out.put(
                    member(bond.name(), member),
                    new Keyfile(id(bond.name(), member), "ethernet", member)
                            .set("connection", "master", Keyfile.uuid(id(bond.name())))
                            .set("connection", "slave-type", "bond")
                            .text());
        }
        return out;
    }

    @Override
    public Optional<String> bondAddress(String bond, Map<String, String> ours) {
        return Keyfile.macOf(ours.getOrDefault(own(bond), ""));
    }

    @Override
    public boolean makes(String bond, String path, String content) {
        return path.equals(own(bond)) || path.startsWith(PROFILES + bond + "@");
    }

    /** Whoever has a profile of linkctl's own already keeps it in force while its addresses change. */
    @Override
    public boolean bringsLive(InterfaceConfig config, StackFacts facts) {
        return isOwn(config, facts) && !inForce(config.name(), facts);
    }

    private static boolean isOwn(InterfaceConfig config, StackFacts facts) {
        return config.made() || !beside(config.name(), facts);
    }

    private static boolean inForce(String device, StackFacts facts) {
        return facts.manager()
                .active(device)
                .filter(NetworkManagerFacts.Profile::ours)
                .isPresent();
    }

    /**
     * As NetworkManager itself gives one: with a prefix route of its own making, and duplicates of an IPv6 address are looked
     * for. Applying the profile once more instead would take away what others have given the interface: a pair's addresses.
     */
    @Override
    public List<Argv> add(InterfaceConfig config, Cidr address, StackFacts facts) {
        if (!isOwn(config, facts)) return NetworkStack.super.add(config, address, facts);
        List<String> words = new ArrayList<>(List.of("ip", "address", "replace", address.toString()));
        if (AddressCommands.hasBroadcast(address)) words.addAll(List.of("broadcast", "+"));
        words.addAll(List.of("dev", config.name(), "noprefixroute"));
        List<Argv> out = new ArrayList<>(List.of(new Argv(words)));
        String prefix = address.network().toString();
        if (address.isV6() && address.length() < 128)
            out.add(Argv.of(
                    "ip", "route", "replace", prefix, "dev", config.name(), "proto", "kernel", "metric", "256"));
        if (!address.isV6() && address.length() < 32) {
            String source = address.address().text();
            out.add(Argv.of(
                    "ip",
                    "route",
                    "append",
                    prefix,
                    "dev",
                    config.name(),
                    "proto",
                    "kernel",
                    "scope",
                    "link",
                    "src",
                    source));
        }
        return out;
    }

    /** An IPv4 route goes with the address that it names as its source. */
    @Override
    public List<Argv> remove(InterfaceConfig config, Cidr address, StackFacts facts) {
        List<Argv> out = new ArrayList<>(NetworkStack.super.remove(config, address, facts));
        boolean stays = config.addresses().stream()
                .anyMatch(other -> !other.equals(address) && other.network().equals(address.network()));
        if (isOwn(config, facts) && address.isV6() && !stays) {
            String prefix = address.network().toString();
            out.add(Argv.of("ip", "-6", "route", "flush", "exact", prefix, "dev", config.name(), "proto", "kernel"));
        }
        return out;
    }

    /** Whether its owner gave an interface the profile that it has; what linkctl did once it goes on with. */
    private static boolean beside(String device, StackFacts facts) {
        if (device.equals("lo")) return true;
        if (facts.ours().containsKey(own(device))) return false;
        if (facts.ours().containsKey(DispatcherScripts.path(ADDRESS + device))) return true;
        if (!facts.manager().others(device).isEmpty()) return true;
        return facts.manager()
                .active(device)
                .filter(profile -> !profile.ours())
                .filter(profile ->
                        !profile.generated() || facts.manager().leased().contains(device))
                .isPresent();
    }

    @Override
    public List<Change> takeover(List<String> devices, StackFacts facts) {
        List<Change> out = new ArrayList<>();
        for (String device : devices) {
            NetworkManagerFacts.Profile profile = facts.manager().active(device).orElse(null);
            if (profile == null || profile.ours()) continue;
            out.add(Change.state(device + " profile of NetworkManager", profile.text(), "linkctl's"));
        }
        return out;
    }

    @Override
    public Map<String, String> addresses(InterfaceConfig want, StackFacts facts) {
        if (want.made() || want.port()) return Map.of();
        NetworkManagerFacts.Device device = NetworkManagerRefusals.managed(want.name(), facts.manager());
        if (beside(want.name(), facts)) {
            NetworkManagerRefusals.requireSame(want, facts.manager());
            if (want.dhcp() != null && !asksAlready(want.name(), facts))
                NetworkManagerRefusals.refuseDhcp(want.name(), facts.manager());
            return besides(want, facts);
        }
        if (!device.type().equals("ethernet"))
            throw new Refused(want.name() + " is of the type " + device.type()
                    + " for NetworkManager and has no profile there; give it one that makes it at boot");
        NetworkManagerRefusals.requireLess(want.name(), facts.manager());
        Map<String, String> out = new LinkedHashMap<>();
        out.put(
                own(want.name()),
                new Keyfile(id(want.name()), "ethernet", want.name()).ip(want).text());
        out.put(
                steady(want.name()),
                OurFiles.MARK + "\n[device-linkctl-" + want.name() + "]\nmatch-device=interface-name:=" + want.name()
                        + "\nignore-carrier=yes\n");
        return out;
    }

    private static Map<String, String> besides(InterfaceConfig want, StackFacts facts) {
        List<Argv> commands = new ArrayList<>();
        if (want.mtu() != null)
            commands.add(Argv.of("ip", "link", "set", want.name(), "mtu", Integer.toString(want.mtu())));
        want.addresses().forEach(address -> commands.add(AddressCommands.replace(want.name(), address)));
        return commands.isEmpty()
                ? Map.of()
                : DispatcherScripts.texts(ADDRESS + want.name(), want.name(), commands, facts.manager());
    }

    @Override
    public Set<String> addressFiles(InterfaceConfig want, StackFacts facts) {
        if (want.made() || want.port()) return Set.of();
        Set<String> out = new LinkedHashSet<>();
        if (beside(want.name(), facts)) out.addAll(DispatcherScripts.paths(ADDRESS + want.name()));
        else out.addAll(List.of(own(want.name()), steady(want.name())));
        return out;
    }

    /** From 100 on, by the kind of interface, unless a profile says otherwise (nm-settings(5), ipv4.route-metric). */
    @Override
    public boolean countsMetrics() {
        return true;
    }

    @Override
    public Optional<DeviceFiles> devices() {
        return Optional.of(new NetworkManagerDevices());
    }

    @Override
    public Optional<Dhcp> dhcp(String content) {
        return Keyfile.dhcp(content);
    }

    /** Its owner's profile asks, or the one that NetworkManager made up. */
    private static boolean asksAlready(String device, StackFacts facts) {
        return facts.manager().leased().contains(device);
    }

    /** Of what linkctl makes its profile tells. A profile of an owner's that asks does all that is wanted. */
    @Override
    public Optional<Dhcp> asked(InterfaceConfig config, StackFacts facts) {
        if (config.made())
            return Optional.ofNullable(facts.ours().get(own(config.name()))).flatMap(this::dhcp);
        return beside(config.name(), facts)
                ? Optional.ofNullable(config.dhcp())
                : NetworkStack.super.asked(config, facts);
    }

    @Override
    public boolean renews(String device, StackFacts facts) {
        return inForce(device, facts);
    }

    /** A profile that is in force goes on with what it was brought up with. */
    @Override
    public List<Step> dhcpChanged(String device, StackFacts facts) {
        return List.of(apply(inForce(device, facts) ? "again" : "keep", device, List.of()));
    }

    /** Of what linkctl makes its profile tells. */
    @Override
    public Optional<List<Cidr>> declared(InterfaceConfig want, StackFacts facts) {
        String path = want.made()
                ? own(want.name())
                : addressFiles(want, facts).iterator().next();
        return Optional.ofNullable(facts.ours().get(path)).map(this::declared);
    }

    @Override
    public Map<String, String> routes(List<StaticRoute> routes, String device, boolean declared, StackFacts facts) {
        if (!declared) {
            NetworkManagerRefusals.managed(device, facts.manager());
            if (facts.manager().active(device).isEmpty())
                throw new Refused(
                        device + ", which leads to " + routes.getFirst().via()
                                + ", has no profile in NetworkManager, so a route over it would not outlive a reboot;"
                                + " declare it with nic('" + device + "', ...) or give it a profile");
        }
        return DispatcherScripts.texts(
                GATEWAY, device, routes.stream().map(IpRoute::replace).toList(), facts.manager());
    }

    @Override
    public boolean routes(String path) {
        return DispatcherScripts.paths(GATEWAY).contains(path);
    }

    /** NetworkManager reads no profile that others may read, and runs no script that others may write. */
    @Override
    public String mode(String path) {
        if (path.endsWith(SUFFIX)) return "0600";
        return DispatcherScripts.isOne(path) ? "0755" : "0644";
    }

    @Override
    public List<Step> reload(String device, StackFacts facts) {
        return beside(device, facts) ? List.of() : List.of(apply("keep", device, List.of()));
    }

    @Override
    public Optional<List<Step>> make(BondConfig bond, boolean again) {
        return Optional.of(List.of(apply(again ? "again" : "keep", bond.name(), bond.members())));
    }

    /** Scripts are read whenever they are run. */
    @Override
    public List<Step> routesChanged(String device, StackFacts facts) {
        return List.of();
    }

    /** What undoes it is the same: the files are back by then. */
    static Step apply(String how, String device, List<String> members) {
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", APPLY, "linkctl", how, device));
        words.addAll(members);
        return Step.run(new Argv(words), new Argv(words));
    }

    @Override
    public List<Cidr> declared(String content) {
        List<Cidr> out = new ArrayList<>(Keyfile.addresses(content));
        out.addAll(InterfacesFiles.values("ip address replace", content));
        return out;
    }

    @Override
    public List<Cidr> routed(String content) {
        return InterfacesFiles.values("ip route replace", content);
    }
}

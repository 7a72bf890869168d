package org.linkctl.modules.linux.stack;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.modules.linux.kernel.AddressCommands;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Argv;

/**
 * ifupdown2, by its own attributes (ifupdown-addons-interfaces(5)): ifreload(8) takes away addresses that no {@code address}
 * line has, an ifup within an ifup fails, and {@code broadcast} fails (all seen with 3.0.0). Several stanzas for one interface
 * add up. Programs of if-up.d are run where {@code addon_scripts_support} in ifupdown2.conf is 1, as its package has it.
 */
public record Ifupdown2() implements InterfacesStack {
    private static final Pattern ADDRESS = Pattern.compile("(?m)^    pre-up grep -qx (?<mac>[0-9a-f:]{17}) ");

    @Override
    public String name() {
        return "ifupdown2";
    }

    /** Members that are not there are left out, the others join in this order. */
    @Override
    public Map<String, String> bond(BondConfig bond, StackFacts facts) {
        StringBuilder text = stanza(bond.name());
        text.append("    bond-slaves ")
                .append(String.join(" ", bond.members()))
                .append("\n    bond-mode ")
                .append(bond.mode().kernel())
                .append("\n    bond-xmit-hash-policy ")
                .append(bond.hash().kernel())
                .append("\n    bond-miimon ")
                .append(bond.miimon())
                .append('\n');
        if (bond.lacp())
            text.append("    bond-lacp-rate ").append(bond.lacpRate().kernel()).append('\n');
        if (!bond.mac().isEmpty()) text.append(address(bond.name(), bond.mac()));
        Integer mtu = bond.ip().mtu();
        if (mtu != null) bond.members().forEach(member -> text.append(withMtu(member, mtu)));
        return Map.of(InterfacesFiles.path(bond.name()), text.toString());
    }

    /** A member of which no stanza says an MTU ifreload(8) would give the usual one, and leave the bond its own (seen with 3.0.0). */
    private static String withMtu(String member, int mtu) {
        return "\niface " + member + "\n    mtu " + mtu + "\n";
    }

    /** A stanza without a family: ifupdown2 takes both from one. */
    static StringBuilder stanza(String device) {
        return InterfacesFiles.start(device).append("iface ").append(device).append('\n');
    }

    /**
     * Before it is up, so that its link-local address is of it. Not {@code hwaddress}: that takes all members down and, at
     * boot, not all of them up again (seen with 3.0.0).
     */
    private static String address(String bond, String mac) {
        return "    pre-up grep -qx " + mac + " /sys/class/net/" + bond + "/address || "
                + Argv.of("ip", "link", "set", "dev", bond, "address", mac) + "\n";
    }

    @Override
    public Optional<String> bondAddress(String bond, Map<String, String> ours) {
        Matcher match = ADDRESS.matcher(ours.getOrDefault(InterfacesFiles.path(bond), ""));
        return match.find() ? Optional.of(match.group("mac")) : Optional.empty();
    }

    @Override
    public Map<String, String> addresses(InterfaceConfig want, StackFacts facts) {
        InterfacesFiles.requireNoDhcp(name(), want);
        List<Cidr> addresses = InterfacesFiles.ours(want, facts);
        if (addresses.isEmpty() && want.mtu() == null && InterfacesFiles.comesUp(want, facts)) return Map.of();
        StringBuilder text = stanza(want.name());
        for (Cidr address : addresses)
            text.append("    address ").append(address).append('\n');
        if (want.mtu() != null) text.append("    mtu ").append(want.mtu()).append('\n');
        // No attribute says so: a route cannot name an address as its source while duplicates are still looked for.
        for (Cidr address : addresses)
            if (address.isV6())
                text.append("    up ").append(add(want, address)).append('\n');
        return Map.of(InterfacesFiles.addressFile(want.name()), text.toString());
    }

    /** As at boot: without a broadcast address, as {@code address} gives none. */
    @Override
    public List<Argv> add(InterfaceConfig config, Cidr address, StackFacts facts) {
        return List.of(add(config, address));
    }

    private static Argv add(InterfaceConfig config, Cidr address) {
        return address.isV6()
                ? AddressCommands.replace(config.name(), address)
                : Argv.of("ip", "address", "replace", address.toString(), "dev", config.name());
    }

    @Override
    public Optional<DeviceFiles> devices() {
        return Optional.of(new Ifupdown2Devices());
    }

    @Override
    public List<Cidr> declared(String content) {
        return InterfacesFiles.values("address", content);
    }
}

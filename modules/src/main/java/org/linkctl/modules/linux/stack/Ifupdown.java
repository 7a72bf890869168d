package org.linkctl.modules.linux.stack;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.linkctl.modules.linux.kernel.AddressCommands;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Argv;

/** ifupdown: interfaces(5), with bonding by ifenslave. Several stanzas for one interface add up there. */
public record Ifupdown() implements InterfacesStack {
    @Override
    public String name() {
        return "ifupdown";
    }

    @Override
    public Map<String, String> bond(BondConfig bond, StackFacts facts) {
        StringBuilder text = InterfacesFiles.start(bond.name())
                .append("iface ")
                .append(bond.name())
                .append(" inet manual\n")
                .append(bond.mac().isEmpty() ? "" : address(bond.name(), bond.mac()))
                .append("    bond-slaves ")
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
        // Read before linkctl-NAME-address: the device has to be made before it gets an address.
        return Map.of(InterfacesFiles.path(bond.name()), text.toString());
    }

    /** Made with its address, as udev would give it one of its own before the members come: pre-up comes before if-pre-up.d. */
    private static String address(String bond, String mac) {
        return InterfacesFiles.ADDRESS + mac + "\n    pre-up test -e /sys/class/net/" + bond + " || "
                + Argv.of("ip", "link", "add", bond, "address", mac, "type", "bond") + "\n";
    }

    @Override
    public Optional<String> bondAddress(String bond, Map<String, String> ours) {
        return InterfacesFiles.hardwareAddress(bond, ours);
    }

    @Override
    public Map<String, String> addresses(InterfaceConfig want, StackFacts facts) {
        InterfacesFiles.requireNoDhcp(name(), want);
        List<Cidr> addresses = InterfacesFiles.ours(want, facts);
        if (addresses.isEmpty() && want.mtu() == null && InterfacesFiles.comesUp(want, facts)) return Map.of();
        StringBuilder text = InterfacesFiles.start(want.name());
        boolean v4 = addresses.stream().anyMatch(address -> !address.isV6());
        // The MTU of an IPv6 stanza is IPv6's alone where the link's is greater.
        String mtu = want.mtu() == null ? "" : "    mtu " + want.mtu() + "\n";
        if (!v4 && (addresses.isEmpty() || want.mtu() != null))
            text.append("iface ").append(want.name()).append(" inet manual\n").append(mtu);
        for (Cidr address : addresses)
            text.append(address.isV6() ? v6(want.name(), address) : v4(want.name(), address) + mtu);
        return Map.of(InterfacesFiles.addressFile(want.name()), text.toString());
    }

    /** Of a prefix that is too long to have a broadcast address ifupdown would make one up (seen with 0.8.41). */
    private static String v4(String device, Cidr address) {
        return "iface " + device + " inet static\n    address " + address + "\n"
                + (AddressCommands.hasBroadcast(address) ? "" : "    broadcast 0.0.0.0\n");
    }

    /** Not {@code inet6 static}: that writes kernel parameters beside the address, autoconf in any case: interfaces(5). */
    private static String v6(String device, Cidr address) {
        return "iface " + device + " inet6 manual\n    up " + AddressCommands.replace(device, address) + "\n    down "
                + AddressCommands.delete(device, address) + " || true\n";
    }

    @Override
    public Optional<DeviceFiles> devices() {
        return Optional.of(new IfupdownDevices());
    }

    @Override
    public List<Cidr> declared(String content) {
        return InterfacesFiles.values("(?:address|up ip address replace)", content);
    }
}

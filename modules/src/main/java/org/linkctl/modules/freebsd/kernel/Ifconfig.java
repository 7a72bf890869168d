package org.linkctl.modules.freebsd.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/** The interfaces of a host as its kernel has them: what ifconfig(8) shows. It shows no passwords unless it is asked to. */
public record Ifconfig(Map<String, Device> byName) {
    private static final Question.Command COMMAND = Question.command("ifconfig", "-a");

    /** One address; {@code vhid} is null where it is the host's own. */
    public record Address(Cidr address, @Nullable Integer vhid) {}

    /**
     * How the host takes part in holding a shared address (carp(4)).
     *
     * @param state MASTER, BACKUP or INIT
     */
    public record Carp(String state, int advbase, int advskew) {}

    /**
     * One interface.
     *
     * @param mtu bytes
     * @param addresses but for link-local ones, which are the kernel's own
     * @param carp by vhid
     * @param mac its address on the wire; empty where it has none
     * @param permanent the address that its hardware came with, which is shown where it is another
     */
    public record Device(
            String name,
            boolean up,
            int mtu,
            List<Address> addresses,
            Map<Integer, Carp> carp,
            String mac,
            String permanent) {
        public static Device plain(String name) {
            return new Device(name, false, 1500, List.of(), Map.of(), "", "");
        }

        private Device wire(String mac, String permanent) {
            return new Device(name, up, mtu, addresses, carp, mac, permanent);
        }

        /** Without those that the host shares. */
        public List<Cidr> own() {
            return addresses.stream()
                    .filter(one -> one.vhid() == null)
                    .map(Address::address)
                    .toList();
        }

        public List<Cidr> shared(int vhid) {
            return addresses.stream()
                    .filter(one -> one.vhid() != null && one.vhid() == vhid)
                    .map(Address::address)
                    .toList();
        }
    }

    private static final Pattern HEAD =
            Pattern.compile("(?<name>[^\\s:]+): flags=[0-9a-f]+<(?<flags>[A-Z0-9_,]*)>.* mtu (?<mtu>[0-9]{1,6})\\b.*");
    private static final Pattern INET =
            Pattern.compile("inet (?<ip>[0-9.]+) (?:--> \\S+ )?netmask 0x(?<mask>[0-9a-f]{1,8})\\b.*");
    private static final Pattern INET6 = Pattern.compile(
            "inet6 (?<ip>[0-9a-f:.]+)(?<zone>%\\S+)? (?:--> \\S+ )?prefixlen (?<length>[0-9]{1,3})\\b.*");
    private static final Pattern WIRE = Pattern.compile("(?:ether|hwaddr) (?<mac>[0-9a-f]{2}(?::[0-9a-f]{2}){5})");
    private static final Pattern VHID = Pattern.compile(".*\\bvhid (?<vhid>[0-9]{1,3})\\b.*");
    private static final Pattern CARP = Pattern.compile(
            "carp: (?<state>[A-Z]+) vhid (?<vhid>[0-9]{1,3}) advbase (?<base>[0-9]{1,3}) advskew (?<skew>[0-9]{1,3})\\b.*");

    public static Question.Command question() {
        return COMMAND;
    }

    public static Ifconfig read(Answers answers) {
        Map<String, Device> out = new LinkedHashMap<>();
        Device now = null;
        for (String line : answers.stdout(COMMAND).lines().toList()) {
            if (line.startsWith("\t")) {
                if (now == null) throw new UnreadableFacts("ifconfig: no interface yet at '" + line.strip() + "'");
                now = with(now, line.strip());
            } else now = head(line);
            out.put(now.name(), now);
        }
        if (out.isEmpty()) throw new UnreadableFacts("ifconfig: no interface, not even lo0");
        return new Ifconfig(out);
    }

    private static Device head(String line) {
        Matcher match = HEAD.matcher(line);
        if (!match.matches()) throw new UnreadableFacts("ifconfig: not an interface: '" + line + "'");
        boolean up = List.of(match.group("flags").split(",")).contains("UP");
        return new Device(match.group("name"), up, Integer.parseInt(match.group("mtu")), List.of(), Map.of(), "", "");
    }

    private static Device with(Device device, String line) {
        if (line.startsWith("carp: ")) return carp(device, line);
        Matcher wire = WIRE.matcher(line);
        if (wire.matches()) {
            String address = wire.group("mac");
            return line.startsWith("ether ") ? device.wire(address, address) : device.wire(device.mac(), address);
        }
        if (!line.startsWith("inet ") && !line.startsWith("inet6 ")) return device;
        Matcher v4 = INET.matcher(line);
        Matcher v6 = INET6.matcher(line);
        Cidr address;
        if (v4.matches()) address = cidr(v4.group("ip"), length(v4.group("mask")), line);
        else if (!v6.matches()) throw new UnreadableFacts("ifconfig: not an address: '" + line + "'");
        else if (v6.group("zone") != null) return device;
        else address = cidr(v6.group("ip"), Integer.parseInt(v6.group("length")), line);
        Matcher shared = VHID.matcher(line);
        List<Address> addresses = new ArrayList<>(device.addresses());
        addresses.add(new Address(address, shared.matches() ? Integer.valueOf(shared.group("vhid")) : null));
        return new Device(
                device.name(),
                device.up(),
                device.mtu(),
                List.copyOf(addresses),
                device.carp(),
                device.mac(),
                device.permanent());
    }

    private static Device carp(Device device, String line) {
        Matcher match = CARP.matcher(line);
        if (!match.matches()) throw new UnreadableFacts("ifconfig: not a state of carp: '" + line + "'");
        Map<Integer, Carp> carp = new LinkedHashMap<>(device.carp());
        carp.put(
                Integer.valueOf(match.group("vhid")),
                new Carp(
                        match.group("state"),
                        Integer.parseInt(match.group("base")),
                        Integer.parseInt(match.group("skew"))));
        return new Device(
                device.name(),
                device.up(),
                device.mtu(),
                device.addresses(),
                Map.copyOf(carp),
                device.mac(),
                device.permanent());
    }

    private static Cidr cidr(String ip, int length, String line) {
        return Ip.parse(ip)
                .filter(address -> length <= (address.isV6() ? 128 : 32))
                .map(address -> new Cidr(address, length))
                .orElseThrow(() -> new UnreadableFacts("ifconfig: not an address: '" + line + "'"));
    }

    private static int length(String mask) {
        int bits = Integer.parseUnsignedInt(mask, 16);
        int length = Integer.bitCount(bits);
        if (Integer.numberOfLeadingZeros(~bits) != length) {
            throw new UnreadableFacts("ifconfig: not a netmask: 0x" + mask);
        }
        return length;
    }

    public Optional<Device> device(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The words for ifconfig(8) that name an address. */
    public static List<String> words(Cidr address) {
        return address.isV6()
                ? List.of("inet6", address.address().text(), "prefixlen", Integer.toString(address.length()))
                : List.of("inet", address.toString());
    }
}

package org.linkctl.modules.linux.wireguard;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.wireguard.Link;
import org.linkctl.modules.wireguard.LinkTool;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;
import org.linkctl.spi.UnreadableFacts;

/** A tunnel's interface as the kernel has it, and what changes it: ip(8). */
final class WireguardLink {
    /** IFF_UP of netdevice(7). */
    private static final int UP = 1;

    private static final Pattern ADDRESS = Pattern.compile(
            "[0-9]+: +\\S+ +inet6? ([0-9A-Fa-f:.]+)( peer [0-9A-Fa-f:.]+)?(/[0-9]+) (?:.* )?scope (\\S+).*");

    static final LinkTool TOOL = new Tool();

    private WireguardLink() {}

    private static Question.ReadFile sys(String name, String file) {
        return Question.file("/sys/class/net/" + name + "/" + file);
    }

    private static Question.Command addresses(String name) {
        return Question.command("ip", "-o", "addr", "show", "dev", name);
    }

    static List<Question<?>> questions(String name) {
        return List.of(sys(name, "flags"), sys(name, "mtu"), addresses(name));
    }

    /** Null where there is no interface of that name. */
    static @Nullable Link read(String name, Answers answers) {
        String flags = answers.to(sys(name, "flags")).orElse(null);
        String mtu = answers.to(sys(name, "mtu")).orElse(null);
        if (flags == null || mtu == null) return null;
        if (!flags.strip().matches("0x[0-9a-f]{1,8}")) throw odd(name, "flags", flags);
        if (!mtu.strip().matches("[0-9]{1,9}")) throw odd(name, "mtu", mtu);
        boolean up = (Integer.parseUnsignedInt(flags.strip().substring(2), 16) & UP) != 0;
        List<Cidr> addresses = addresses(name, answers.stdout(addresses(name)));
        return new Link(up, Integer.parseInt(mtu.strip()), addresses);
    }

    private static UnreadableFacts odd(String name, String what, String text) {
        return new UnreadableFacts(what + " of " + name + ": '" + text.strip() + "'");
    }

    /** One line an address, as {@code ip -o addr} prints them (ip-address(8)). */
    private static List<Cidr> addresses(String name, String text) {
        List<Cidr> out = new ArrayList<>();
        for (String line : text.lines().toList()) {
            Matcher match = ADDRESS.matcher(line);
            if (!match.matches()) throw new UnreadableFacts("ip -o addr: '" + line + "'");
            if (match.group(2) != null) throw pointToPoint(match.group(1) + match.group(2) + match.group(3), name);
            Cidr address = Cidr.parse(match.group(1) + match.group(3))
                    .orElseThrow(() -> new UnreadableFacts("ip -o addr: no address in '" + line + "'"));
            if (!(address.isV6() && match.group(4).equals("link"))) out.add(address);
        }
        return out;
    }

    /** A tunnel's far end is reached by its prefix; an address with a peer of its own is none that could be declared. */
    private static Refused pointToPoint(String address, String name) {
        return new Refused(name + " has the point-to-point address " + address
                + ", which no inventory can declare; 'ip address del " + address + " dev " + name + "' takes it away");
    }

    private static final class Tool implements LinkTool {
        @Override
        public Step up(String device) {
            return Step.run(
                    Argv.of("ip", "link", "set", "dev", device, "up"),
                    Argv.of("ip", "link", "set", "dev", device, "down"));
        }

        @Override
        public Step mtu(String device, int after, int before) {
            return Step.run(mtu(device, after), mtu(device, before));
        }

        private static Argv mtu(String device, int bytes) {
            return Argv.of("ip", "link", "set", "dev", device, "mtu", Integer.toString(bytes));
        }

        @Override
        public Step add(String device, Cidr address) {
            return Step.run(replace(device, address), delete(device, address));
        }

        private static Argv replace(String device, Cidr address) {
            return Argv.of("ip", "address", "replace", address.toString(), "dev", device);
        }

        private static Argv delete(String device, Cidr address) {
            return Argv.of("ip", "address", "del", address.toString(), "dev", device);
        }

        /**
         * A first address of a prefix may take the others of that prefix with it (ip-sysctl.rst, promote_secondaries),
         * so those are put again.
         */
        @Override
        public List<Step> remove(String device, Cidr address, List<Cidr> wanted) {
            List<Step> steps = new ArrayList<>();
            steps.add(Step.run(delete(device, address), replace(device, address)));
            for (Cidr one : wanted) {
                if (one.network().equals(address.network())) steps.add(Step.run(replace(device, one)));
            }
            return steps;
        }

        /** The kernel drops all IPv4 routes of an interface that loses its last address. */
        @Override
        public boolean goesFirst(Cidr address, List<Cidr> wanted) {
            return false;
        }
    }
}

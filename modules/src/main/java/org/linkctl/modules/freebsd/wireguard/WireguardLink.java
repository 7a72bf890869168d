package org.linkctl.modules.freebsd.wireguard;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.freebsd.kernel.Ifconfig;
import org.linkctl.modules.wireguard.Link;
import org.linkctl.modules.wireguard.LinkTool;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;

/** A tunnel's interface as the kernel has it, and what changes it: ifconfig(8). */
final class WireguardLink {
    static final LinkTool TOOL = new Tool();

    private WireguardLink() {}

    /** Null where there is no interface of that name. */
    static @Nullable Link read(String name, Answers answers) {
        return Ifconfig.read(answers)
                .device(name)
                .map(device -> new Link(device.up(), device.mtu(), device.own()))
                .orElse(null);
    }

    private static final class Tool implements LinkTool {
        private static Argv ifconfig(String device, List<String> words) {
            List<String> all = new ArrayList<>(List.of("ifconfig", device));
            all.addAll(words);
            return new Argv(all);
        }

        @Override
        public Step up(String device) {
            return Step.run(ifconfig(device, List.of("up")), ifconfig(device, List.of("down")));
        }

        @Override
        public Step mtu(String device, int after, int before) {
            return Step.run(
                    ifconfig(device, List.of("mtu", Integer.toString(after))),
                    ifconfig(device, List.of("mtu", Integer.toString(before))));
        }

        @Override
        public Step add(String device, Cidr address) {
            return Step.run(alias(device, address, "alias"), alias(device, address, "-alias"));
        }

        private static Argv alias(String device, Cidr address, String verb) {
            List<String> words = new ArrayList<>(Ifconfig.words(address));
            words.add(verb);
            return ifconfig(device, words);
        }

        @Override
        public List<Step> remove(String device, Cidr address, List<Cidr> wanted) {
            return List.of(Step.run(alias(device, address, "-alias"), alias(device, address, "alias")));
        }

        @Override
        public boolean goesFirst(Cidr address, List<Cidr> wanted) {
            return wanted.stream().anyMatch(one -> one.address().equals(address.address()));
        }
    }
}

package org.linkctl.modules.linux.address;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.kernel.Links;
import org.linkctl.modules.linux.stack.InterfaceConfig;
import org.linkctl.modules.linux.stack.NetworkStack;
import org.linkctl.net.Cidr;
import org.linkctl.spi.Change;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Owned;

/**
 * That an interface has nothing of linkctl's any more: the file, the addresses that linkctl added, the MTU that it set.
 * Addresses that were there before stay, though the inventory named them.
 *
 * @param kind the word that declared it
 * @param mtu what it was before, bytes; null: linkctl did not change it, or nobody knows
 */
record AddressGone(
        String name, String kind, Set<Cidr> added, @Nullable Integer mtu) implements AddressModule.Wanted {
    private static final String KIND = "kind";
    private static final String ADDED = "added";
    private static final String MTU = "mtu";

    AddressGone {
        added = Set.copyOf(added);
    }

    /** What stood in a file of ours before hosts remembered counts as ours. */
    static Memory memory(AddressModule.Want want, AddressModule.Facts have, Optional<Memory> before) {
        NetworkStack stack = have.stack().require();
        List<Cidr> ours = before.isPresent()
                ? List.of()
                : stack.declared(want.config(), have.stack()).orElse(List.of());
        List<String> known = before.map(memory -> memory.words(ADDED)).orElse(List.of());
        Links.Link link = have.links().link(want.name()).orElse(null);
        List<Cidr> now = link == null ? List.of() : link.addresses();
        Set<String> added = new TreeSet<>();
        for (Cidr address : want.addresses()) {
            boolean isNew = !now.contains(address) || ours.contains(address);
            if (isNew || known.contains(address.toString())) added.add(address.toString());
        }
        String former = before.flatMap(memory -> memory.value(MTU)).orElse(null);
        Integer mtu = want.mtu();
        if (former == null && mtu != null && link != null && !want.made() && link.mtu() != mtu) {
            former = Integer.toString(link.mtu());
        }
        return Memory.OWNED.with(KIND, want.config().kind()).with(ADDED, added).with(MTU, mtu == null ? null : former);
    }

    static AddressGone of(Owned owned) {
        Set<Cidr> added = new TreeSet<>();
        for (String word : owned.memory().words(ADDED)) Cidr.parse(word).ifPresent(added::add);
        return new AddressGone(
                owned.name(),
                owned.memory().value(KIND).orElse("nic"),
                added,
                owned.memory()
                        .value(MTU)
                        .filter(text -> text.matches("[0-9]{1,5}"))
                        .map(Integer::valueOf)
                        .orElse(null));
    }

    @Override
    public InterfaceConfig config() {
        return new InterfaceConfig(name, kind, List.of(), null, null);
    }

    List<Change> changes(AddressModule.Facts have) {
        NetworkStack stack = have.stack().require();
        List<Change> out = new ArrayList<>();
        Links.Link link = have.links().link(name).orElse(null);
        List<Cidr> now = link == null ? List.of() : link.addresses();
        for (Cidr address : now) {
            if (added.contains(address)) {
                out.add(Change.state(name + " " + address, "present", null).cuts());
            }
        }
        if (link != null && mtu != null && link.mtu() != mtu) {
            out.add(Change.state(name + " mtu", Integer.toString(link.mtu()), mtu.toString()));
        }
        for (String path : stack.addressFiles(config(), have.stack())) {
            String text = have.stack().ours().get(path);
            if (text == null || !OurFiles.isOurs(text)) continue;
            stack.dhcp(text)
                    .map(dhcp -> Change.state(name + " " + AddressModule.DHCP, dhcp.name(), null))
                    .ifPresent(change -> out.add(change.cuts()));
            out.add(Change.file(path, text, null));
        }
        return out;
    }
}

package org.linkctl.modules.freebsd.bridge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.linkctl.modules.freebsd.bridge.BridgeModule.Facts;
import org.linkctl.modules.freebsd.bridge.BridgeModule.Wanted;
import org.linkctl.modules.freebsd.kernel.Ifconfig;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Owned;

/**
 * That a bridge is no longer declared. One that was there before linkctl had anything to do with it stays, without the
 * members that linkctl gave it.
 *
 * @param found it was there before
 * @param joined what linkctl made members
 */
record BridgeGone(String name, boolean found, List<String> joined) implements Wanted {
    private static final String FOUND = "found";
    private static final String JOINED = "joined";

    BridgeGone {
        joined = List.copyOf(joined);
    }

    static Memory memory(BridgeWant want, Facts have, Optional<Memory> before) {
        boolean found = before.map(memory -> memory.value(FOUND).isPresent())
                .orElseGet(() -> have.setup() != null && !have.ours());
        Set<String> joined =
                new TreeSet<>(before.map(memory -> memory.words(JOINED)).orElse(List.of()));
        joined.addAll(want.joining(have));
        joined.retainAll(want.members());
        return Memory.OWNED.with(FOUND, found ? "yes" : null).with(JOINED, joined);
    }

    static BridgeGone of(Owned owned) {
        Memory memory = owned.memory();
        return new BridgeGone(owned.name(), memory.value(FOUND).isPresent(), memory.words(JOINED));
    }

    /** Where no file of ours makes it any more, it is somebody else's. */
    List<Change> changes(Facts have) {
        if (!have.ours()) return List.of();
        List<Change> out = new ArrayList<>();
        BridgeSetup now = have.setup();
        if (now != null && !found) {
            String of = now.members().isEmpty()
                    ? "nothing"
                    : String.join(" ", new TreeSet<>(now.members().keySet()));
            out.add(Change.state(name, "bridge of " + of, null).cuts());
            out.addAll(routes(have));
        }
        for (String member : leaving(have)) {
            out.add(Change.state(name + " member " + member, "present", null).cuts());
        }
        out.add(Change.file(path(), have.file(), null));
        return out;
    }

    /** Of one that stays. */
    private List<String> leaving(Facts have) {
        BridgeSetup now = have.setup();
        return joined.stream()
                .filter(member -> found && now != null && now.has(member))
                .toList();
    }

    private List<Change> routes(Facts have) {
        return have.going().withDevices(List.of(name), null, List.of());
    }

    private List<Cidr> addresses(Facts have) {
        return have.links().device(name).map(Ifconfig.Device::own).orElse(List.of());
    }

    List<String> warnings(Facts have) {
        if (changes(have).stream().noneMatch(change -> change.is(Change.Kind.STATE, name))) return List.of();
        return have.going().warnings(routes(have), addresses(have), null, List.of());
    }

    List<Step> steps(Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        for (Change change : changes) {
            if (change.kind() == Change.Kind.FILE) out.add(new Step.RemoveFile(change.subject()));
            else if (change.is(Change.Kind.STATE, name)) {
                out.add(new Step.Run(Argv.of("ifconfig", name, "destroy"), back(have)));
            } else if (change.subject().startsWith(name + " member ")) {
                out.add(BridgeDiff.leave(name, change.subject().substring((name + " member ").length())));
            }
        }
        return out;
    }

    private List<Argv> back(Facts have) {
        List<Argv> out = new ArrayList<>(List.of(Argv.of("ifconfig", name, "create")));
        BridgeSetup now = have.setup();
        if (now != null) {
            now.members().forEach((member, stp) -> {
                out.add(Argv.of("ifconfig", name, "addm", member));
                if (stp) out.add(Argv.of("ifconfig", name, "stp", member));
            });
        }
        have.links().device(name).ifPresent(device -> {
            if (!device.mac().isEmpty()) out.add(Argv.of("ifconfig", name, "ether", device.mac()));
        });
        for (Cidr address : addresses(have)) {
            List<String> words = new ArrayList<>(List.of("ifconfig", name));
            words.addAll(Ifconfig.words(address));
            out.add(BridgeDiff.with(words, "alias"));
        }
        out.add(Argv.of("ifconfig", name, "up"));
        return out;
    }
}

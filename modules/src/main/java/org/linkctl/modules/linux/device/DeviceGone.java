package org.linkctl.modules.linux.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.linkctl.modules.linux.kernel.Links;
import org.linkctl.modules.linux.stack.NetworkStack;
import org.linkctl.modules.linux.stack.StackDiff;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Owned;

/**
 * That a VLAN or a bridge is there no more. One that was there before linkctl had anything to do with it stays, and loses
 * linkctl's files and the members that linkctl gave it.
 *
 * @param id of the resource
 * @param kind as the kernel names it
 * @param found it was there before
 * @param on what carries it, or its members, as last declared
 * @param joined those of them that linkctl made members
 */
public record DeviceGone(String id, String kind, String name, boolean found, List<String> on, List<String> joined)
        implements Device {
    private static final String FOUND = "found";
    private static final String ON = "on";
    private static final String JOINED = "joined";

    public DeviceGone {
        on = List.copyOf(on);
        joined = List.copyOf(joined);
    }

    /**
     * What a host keeps of one.
     *
     * @param joining what was no member before this run
     */
    public static Memory memory(
            String name,
            String kind,
            List<String> on,
            List<String> joining,
            DeviceFacts have,
            Optional<Memory> before) {
        boolean found = before.map(memory -> memory.value(FOUND).isPresent())
                .orElseGet(() -> isThere(name, kind, have) && have.files(name).isEmpty());
        Set<String> joined =
                new TreeSet<>(before.map(memory -> memory.words(JOINED)).orElse(List.of()));
        joined.addAll(joining);
        joined.retainAll(on);
        return Memory.OWNED.with(FOUND, found ? "yes" : null).with(ON, on).with(JOINED, joined);
    }

    private static boolean isThere(String name, String kind, DeviceFacts have) {
        return have.links().link(name).filter(link -> link.kind().equals(kind)).isPresent();
    }

    public static DeviceGone of(String module, String kind, Owned owned) {
        Memory memory = owned.memory();
        return new DeviceGone(
                module + "[" + owned.name() + "]",
                kind,
                owned.name(),
                memory.value(FOUND).isPresent(),
                memory.words(ON),
                memory.words(JOINED));
    }

    /** Where no file of ours makes it any more, the device is somebody else's. */
    public List<Change> changes(DeviceFacts have) {
        List<Change> out = new ArrayList<>();
        Map<String, String> files = have.files(name);
        Links.Link device = have.links().link(name).orElse(null);
        if (device != null && device.kind().equals(kind) && !files.isEmpty()) {
            if (!found) {
                out.add(Change.state(name, shown(device, have), null).cuts());
                out.addAll(routes(have));
            }
            for (String member : leaving(have)) {
                out.add(Change.state(name + " member " + member, "present", null)
                        .cuts());
            }
        }
        files.forEach((path, text) -> out.add(Change.file(path, text, null)));
        return out;
    }

    /** Of one that stays. */
    private List<String> leaving(DeviceFacts have) {
        return have.links().enslavedTo(name).stream()
                .filter(member -> found && joined.contains(member))
                .toList();
    }

    private String shown(Links.Link device, DeviceFacts have) {
        String carrier = device.on();
        return carrier == null
                ? "bridge of " + String.join(" ", new TreeSet<>(have.links().enslavedTo(name)))
                : "VLAN " + device.options().get("id") + " on " + carrier;
    }

    private List<Change> routes(DeviceFacts have) {
        return have.going().withDevices(List.of(name), null, List.of());
    }

    public List<String> warnings(DeviceFacts have) {
        if (changes(have).stream().noneMatch(change -> change.is(Change.Kind.STATE, name))) return List.of();
        List<Cidr> addresses =
                have.links().link(name).map(Links.Link::addresses).orElse(List.of());
        return have.going().warnings(routes(have), addresses, null, List.of());
    }

    /** The kernel first: the stack would otherwise do it at its own time. */
    public List<Step> steps(DeviceFacts have, List<Change> changes) {
        if (changes.isEmpty()) return List.of();
        List<String> members = kind.equals("bridge") ? on : List.of();
        List<Step> unmade =
                have.stack().requireDevices(name).unmake(name, members, found).orElse(null);
        if (unmade != null) {
            List<Step> out = new ArrayList<>();
            StackDiff.write(have.stack().require(), changes, out);
            out.addAll(unmade);
            return out;
        }
        List<Step> out = new ArrayList<>();
        if (changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, name))) {
            have.links()
                    .link(name)
                    .ifPresent(device -> out.add(new Step.Run(DeviceCommands.delete(name), back(device, have))));
        }
        for (String member : leaving(have)) {
            if (changes.stream().noneMatch(change -> change.is(Change.Kind.STATE, name + " member " + member)))
                continue;
            out.add(Step.run(
                    Argv.of("ip", "link", "set", member, "nomaster"),
                    Argv.of("ip", "link", "set", member, "master", name)));
        }
        NetworkStack stack = have.stack().require();
        if (StackDiff.write(stack, changes, out)) {
            String carrier = on.isEmpty() ? name : on.getFirst();
            out.addAll(have.routes().around(stack.reload(carrier, have.stack()), carrier));
        }
        return out;
    }

    private List<Argv> back(Links.Link device, DeviceFacts have) {
        List<Argv> out = new ArrayList<>(List.of(DeviceCommands.add(device)));
        for (String member : have.links().enslavedTo(name)) {
            out.add(Argv.of("ip", "link", "set", member, "master", name));
        }
        if (device.up()) out.add(Argv.of("ip", "link", "set", name, "up"));
        return out;
    }
}

package org.linkctl.modules.linux.routerprobe;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.model.Sysctl;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.kernel.Links;
import org.linkctl.modules.linux.parameters.SysctlKey;
import org.linkctl.modules.linux.stack.BareHost;
import org.linkctl.modules.linux.stack.DeclaredInterfaces;
import org.linkctl.net.Ip;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Module;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;
import org.linkctl.spi.UnreadableFacts;

/**
 * How soon a host takes an IPv6 gateway back that had died. While it does not answer, the kernel of a host that does not
 * forward sends by the default route what is for the far LANs, and looks for the gateway only once in
 * router_probe_interval: 60 s by default (kernel: ip-sysctl.rst, router_probe_interval; RFC 4191, 3.2). Here it is the
 * least it can be: 1 s.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class RouterProbeModule
        implements Remembered<RouterProbeModule.Want, RouterProbeModule.Facts>,
                Rendered<RouterProbeModule.Want, RouterProbeModule.Facts> {
    private static final String PARAMETER = "router_probe_interval";
    private static final String SECONDS = "1";
    private static final String WHY = "A gateway that was away is used again as soon as it is back.";

    /** Not among those of linux.sysctl: which interface it is about is found out on the host. */
    private static final String FILE = "/etc/sysctl.d/99-zz-linkctl.router-probe.conf";

    private static final Question.ReadFile WRITTEN = Question.file(FILE);
    private static final Question.Command VALUES =
            Question.command("sysctl", "-a", "-r", "^net\\.ipv6\\.conf\\..*\\." + PARAMETER + "$");
    private static final Pattern VALUE =
            Pattern.compile("net\\.ipv6\\.conf\\.(?<device>\\S+)\\." + PARAMETER + " = (?<seconds>\\d+)");

    /**
     * The gateway, or that there is none any more.
     *
     * @param via null: what was made goes
     * @param device the declared interface on the gateway's network, or where it was made; null: another one is
     * @param found the value before linkctl's, to go back to; null: not known
     */
    public record Want(
            @Nullable Ip via,
            @Nullable String device,
            @Nullable String found) implements Resource {
        @Override
        public String id() {
            return "linux.router-probe";
        }

        @Override
        public Set<String> needs() {
            return via == null || device == null ? Set.of() : Set.of("address:" + device);
        }
    }

    /**
     * What was found.
     *
     * @param device the interface towards the gateway; empty where the kernel knows none
     * @param running seconds, by interface
     */
    public record Facts(
            String device,
            Map<String, String> running,
            @Nullable String file) {}

    @Override
    public String name() {
        return "linux.router-probe";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Want> want(Scope scope) {
        Host host = scope.host();
        Fabric fabric = scope.fabric();
        String name = host.gateway();
        if (name == null) return List.of();
        // Whoever declares it knows better.
        if (fabric.of(Sysctl.class, host).stream()
                .anyMatch(sysctl -> sysctl.key().endsWith(PARAMETER))) return List.of();
        Host gateway = fabric.host(name).orElseThrow();
        boolean far = fabric.farLans(gateway).stream().anyMatch(prefix -> prefix.isV6());
        return fabric
                .lanAddress(gateway, true)
                .filter(via -> far)
                .map(via -> new Want(via, DeclaredInterfaces.towards(scope, via), null))
                .stream()
                .toList();
    }

    @Override
    public List<Question<?>> probe(Want want) {
        return List.of(VALUES, WRITTEN, Links.question());
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        Map<String, String> running = new TreeMap<>();
        for (String line : answers.stdout(VALUES).lines().toList()) {
            Matcher match = VALUE.matcher(line);
            if (!match.matches()) {
                throw new UnreadableFacts(
                        "'" + line + "' from " + VALUES.argv().render() + "; right would be NAME = SECONDS");
            }
            // sysctl(8) prints the dot of a name as a slash.
            running.put(match.group("device").replace('/', '.'), match.group("seconds"));
        }
        String device = want.via() == null || want.device() != null
                ? Optional.ofNullable(want.device()).orElse("")
                : Links.from(answers).towards(want.via());
        return new Facts(device, running, answers.to(WRITTEN).orElse(null));
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(Optional.ofNullable(want.device()).orElse(BareHost.UPLINK), Map.of(), null);
    }

    private static SysctlKey key(String device) {
        return new SysctlKey("net/ipv6/conf/" + device + "/" + PARAMETER);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        List<Change> out = new ArrayList<>();
        String device = have.device();
        String running = have.running().get(device);
        String file = have.file();
        if (want.via() == null) {
            if (file != null && !OurFiles.isOurs(file)) return out;
            if (running != null && want.found() != null && !want.found().equals(running)) {
                out.add(Change.state(key(device).dotted(), running, want.found()));
            }
            if (file != null) out.add(Change.file(FILE, file, null));
        } else if (!device.isEmpty()) {
            // An interface that is not found is said by linux.gateway.
            if (!SECONDS.equals(running)) out.add(Change.state(key(device).dotted(), running, SECONDS));
            String text = key(device).fileText(SECONDS, WHY);
            if (!text.equals(file)) out.add(Change.file(FILE, file, text));
        }
        return out;
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        for (Change change : changes) {
            String after = change.after();
            if (change.kind() == Change.Kind.FILE) {
                out.add(after == null ? new Step.RemoveFile(FILE) : Step.put(FILE, "0644", after));
            } else if (after != null) {
                out.add(new Step.WriteValue(key(have.device()).proc(), after));
            }
        }
        return out;
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        if (want.via() == null || have.device().isEmpty()) return Optional.empty();
        String found = before.filter(memory -> memory.value("device").equals(Optional.of(have.device())))
                .flatMap(memory -> memory.value("found"))
                .orElse(have.file() == null ? have.running().get(have.device()) : null);
        return Optional.of(Memory.OWNED.with("device", have.device()).with("found", found));
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        Memory memory = owned.memory();
        return Optional.of(new Want(
                null, memory.value("device").orElse(null), memory.value("found").orElse(null)));
    }

    @Override
    public List<String> adopts(Want want, Facts have) {
        return want.via() == null
                ? List.of()
                : OurFiles.foreign(FILE, have.file()).stream().toList();
    }
}

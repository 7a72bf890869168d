package org.linkctl.modules.linux.napi;

import com.google.auto.service.AutoService;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Hub;
import org.linkctl.model.Os;
import org.linkctl.model.Tunnel;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Module;
import org.linkctl.spi.Question;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;
import org.linkctl.spi.UnreadableFacts;

/**
 * Threaded NAPI on a tunnel's interface: each peer's packets are taken in by a kernel thread of its own, which the
 * scheduler spreads over the processors (kernel: Documentation/networking/napi.rst, "Threaded NAPI"). Kernels before
 * 5.12 do not have it; there is nothing to do there, nor with a WireGuard outside of the kernel: its interface is a tun
 * device, which has no NAPI of its own and refuses to be written. That it is on again after a boot is a hook's work, in the tunnel's
 * own file.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class NapiModule implements Rendered<NapiModule.Want, NapiModule.Facts> {
    /** What the kernel's own WireGuard calls its devices (drivers/net/wireguard/device.c, device_type). */
    private static final String KERNELS = "DEVTYPE=wireguard";

    public record Want(String tunnel) implements Resource {
        @Override
        public String id() {
            return "linux.napi[" + tunnel + "]";
        }

        @Override
        public Set<String> needs() {
            return Set.of("tunnel:" + tunnel);
        }

        Question.ReadFile threaded() {
            return Question.file("/sys/class/net/" + tunnel + "/threaded");
        }

        Question.ReadFile kind() {
            return Question.file("/sys/class/net/" + tunnel + "/uevent");
        }
    }

    /**
     * What was found.
     *
     * @param threaded 0: softirq, 1: threads; null where the kernel does not say, has no such interface, or
     *     another program makes it
     */
    public record Facts(@Nullable Integer threaded) {}

    @Override
    public String name() {
        return "linux.napi";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Want> want(Scope scope) {
        return Stream.concat(
                        scope.fabric().tunnels(scope.host()).stream().map(Tunnel::name),
                        scope.fabric().hubs(scope.host()).stream().map(Hub::name))
                .map(Want::new)
                .toList();
    }

    @Override
    public List<Question<?>> probe(Want want) {
        return List.of(want.kind(), want.threaded());
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        boolean kernels = answers.to(want.kind()).orElse("").lines().anyMatch(KERNELS::equals);
        String text = answers.to(want.threaded()).map(String::strip).orElse(null);
        if (text == null) return new Facts(null);
        if (!text.matches("[0-9]"))
            throw new UnreadableFacts(want.threaded().path() + ": '" + text + "'; right would be 0 or 1");
        if (!kernels) return new Facts(null);
        return new Facts(Integer.valueOf(text));
    }

    /** A tunnel that was just made on a kernel that knows threads. */
    @Override
    public Facts bare(Want want) {
        return new Facts(0);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        Integer threaded = have.threaded();
        if (threaded == null || threaded == 1) return List.of();
        return List.of(Change.state(want.tunnel() + " threaded NAPI", threaded == 0 ? null : threaded.toString(), "1"));
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        return changes.isEmpty()
                ? List.of()
                : List.of(new Step.WriteValue(want.threaded().path(), "1"));
    }
}

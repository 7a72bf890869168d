package org.linkctl.modules.linux.wireguard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.wireguard.WireguardDevice;
import org.linkctl.modules.wireguard.WireguardFiles;
import org.linkctl.modules.wireguard.WireguardFiles.Fix;
import org.linkctl.modules.wireguard.WireguardLive;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;
import org.linkctl.spi.UnreadableFacts;

/** The service {@code wg-quick@IF}, and whether the interface is of its making. */
final class WireguardService {
    /** What {@code is-enabled} may say (systemctl(1)). */
    private static final Set<String> FILE_STATES = Set.of(
            "enabled",
            "enabled-runtime",
            "linked",
            "linked-runtime",
            "alias",
            "masked",
            "masked-runtime",
            "static",
            "indirect",
            "disabled",
            "generated",
            "transient",
            "bad",
            "not-found");

    /** What {@code is-active} may say: the states of a unit (systemctl(1), org.freedesktop.systemd1(5)). */
    private static final Set<String> UNIT_STATES = Set.of(
            "active",
            "reloading",
            "inactive",
            "failed",
            "activating",
            "deactivating",
            "maintenance",
            "refreshing",
            "unknown");

    private WireguardService() {}

    /**
     * What systemd says.
     *
     * @param enabled as {@code systemctl is-enabled} prints it
     * @param active as {@code systemctl is-active} prints it
     */
    record State(String enabled, String active) {
        /** As on a host where wireguard-tools is not installed. */
        static final State NONE = new State("not-found", "inactive");

        boolean isActive() {
            return active.equals("active") || active.equals("reloading");
        }

        boolean isEnabled() {
            return enabled.equals("enabled");
        }

        boolean isMasked() {
            return enabled.startsWith("masked");
        }

        /** An interface that is there need not go: the service made it, or is about to. */
        boolean keepsInterface() {
            return isActive() || active.equals("activating");
        }
    }

    static List<Question<?>> questions(String tunnel) {
        return List.of(ask("is-enabled", tunnel), ask("is-active", tunnel));
    }

    private static Question.Command ask(String what, String tunnel) {
        return Question.command("systemctl", what, WireguardFiles.unit(tunnel));
    }

    /** @throws Refused where systemd does not run the host */
    static State read(String tunnel, Answers answers) {
        Answer.Output enabled = answers.to(ask("is-enabled", tunnel));
        Answer.Output active = answers.to(ask("is-active", tunnel));
        String said = enabled.stderr() + active.stderr();
        if (enabled.exit() == 127 || said.contains("not been booted with systemd")) {
            throw new Refused("no systemd runs this host: linkctl keeps tunnels as its services");
        }
        return new State(enabled(tunnel, enabled), known(tunnel, active, UNIT_STATES));
    }

    private static String enabled(String tunnel, Answer.Output out) {
        if (out.stdout().isBlank() && out.stderr().contains("No such file or directory")) return "not-found";
        return known(tunnel, out, FILE_STATES);
    }

    private static String known(String tunnel, Answer.Output out, Set<String> states) {
        String state = out.stdout().strip();
        if (states.contains(state)) return state;
        throw new UnreadableFacts("state of " + WireguardFiles.unit(tunnel) + ": '" + state + "' "
                + out.stderr().strip());
    }

    /**
     * @param then what has to be done once the service has brought the interface up
     * @throws Refused where the name belongs to something that is no WireGuard interface
     */
    static List<Fix> fixes(String tunnel, State state, @Nullable WireguardDevice device, List<Step> then) {
        if (device != null) WireguardLive.requireWireguard(tunnel, device);
        List<Fix> out = new ArrayList<>();
        if (!state.isEnabled()) out.add(enable(tunnel, state));
        if (device == null) out.addAll(start(tunnel, state, then));
        else if (device.lacksTools()) out.add(WireguardLive.unreadable(tunnel));
        else if (!state.keepsInterface()) out.add(replace(tunnel, state, then));
        return out;
    }

    private static Fix enable(String tunnel, State state) {
        List<Step> steps = new ArrayList<>();
        if (state.isMasked()) {
            steps.add(Step.run(
                    Argv.of("systemctl", "unmask", WireguardFiles.unit(tunnel)),
                    Argv.of("systemctl", "mask", WireguardFiles.unit(tunnel))));
        }
        steps.add(Step.run(
                Argv.of("systemctl", "enable", WireguardFiles.unit(tunnel)),
                Argv.of("systemctl", "disable", WireguardFiles.unit(tunnel))));
        return new Fix(Change.state(WireguardFiles.unit(tunnel) + " at boot", state.enabled(), "enabled"), steps);
    }

    private static List<Fix> start(String tunnel, State state, List<Step> then) {
        if (state.isActive()) {
            return List.of(new Fix(
                    Change.state(tunnel + " interface", null, "up"),
                    and(then, Step.run("systemctl", "restart", WireguardFiles.unit(tunnel)))));
        }
        return List.of(
                new Fix(Change.state(tunnel + " interface", null, "up")),
                new Fix(
                        Change.state(WireguardFiles.unit(tunnel), state.active(), "active"),
                        and(then, starting(tunnel))));
    }

    /** An interface that the service did not make: wg-quick(8) would say that it "already exists". */
    private static Fix replace(String tunnel, State state, List<Step> then) {
        return new Fix(
                Change.state(
                                WireguardFiles.unit(tunnel),
                                state.active() + ", while an interface " + tunnel + " exists",
                                "active")
                        .cuts(WireguardLive.HANDSHAKE),
                and(then, Step.run("ip", "link", "del", "dev", tunnel), starting(tunnel)));
    }

    private static List<Step> and(List<Step> then, Step... steps) {
        return Stream.concat(Arrays.stream(steps), then.stream()).toList();
    }

    private static Step starting(String tunnel) {
        return Step.run(
                Argv.of("systemctl", "start", WireguardFiles.unit(tunnel)),
                Argv.of("systemctl", "stop", WireguardFiles.unit(tunnel)));
    }
}

package org.linkctl.modules.freebsd.wireguard;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.files.Programs;
import org.linkctl.modules.freebsd.kernel.Ifconfig;
import org.linkctl.modules.freebsd.rc.RcConf;
import org.linkctl.modules.freebsd.vip.VipState;
import org.linkctl.modules.routes.RouteProgram;
import org.linkctl.modules.wireguard.EndpointName;
import org.linkctl.modules.wireguard.Link;
import org.linkctl.modules.wireguard.TunnelModule;
import org.linkctl.modules.wireguard.WireguardDevice;
import org.linkctl.modules.wireguard.WireguardEnd;
import org.linkctl.modules.wireguard.WireguardFiles;
import org.linkctl.modules.wireguard.WireguardFiles.Fix;
import org.linkctl.modules.wireguard.WireguardFound;
import org.linkctl.modules.wireguard.WireguardImport;
import org.linkctl.modules.wireguard.WireguardLive;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Imported;
import org.linkctl.spi.Module;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;

/**
 * A WireGuard interface and its peers: the file of peers, the script that brings it up at boot, and what the kernel has
 * now (wg(4)). What runs is changed in place, word by word with wg(8) and ifconfig(8), so that no session is dropped.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class WireguardModule extends TunnelModule<WireguardModule.Facts> implements Imported {
    /**
     * What was found.
     *
     * @param script what brings it up at boot; null where there is none
     * @param rc the variables of rc.conf(5) that speak of it
     */
    public record Facts(WireguardFound tunnel, @Nullable String script, RcConf rc) implements Found {}

    private static final WireguardImport IMPORT = new WireguardImport(new WireguardImport.Links() {
        @Override
        public List<Question<?>> questions(String name) {
            return List.of(Ifconfig.question());
        }

        @Override
        public @Nullable Link read(String name, Answers answers) {
            return WireguardLink.read(name, answers);
        }
    });

    public WireguardModule() {
        super(Os.FREEBSD, Set.of());
    }

    /** Of wg-quick's service (ports: net/wireguard-tools), and of ours. */
    private static List<String> variables(String tunnel) {
        return List.of("wireguard_enable", "wireguard_interfaces", enabled(tunnel));
    }

    private static String enabled(String tunnel) {
        return Programs.tunnelService(tunnel) + "_enable";
    }

    private static Question.ReadFile script(String tunnel) {
        return Question.file(WireguardScript.path(tunnel));
    }

    @Override
    protected List<Question<?>> questions(WireguardEnd want) {
        String tunnel = want.tunnel();
        return List.of(Ifconfig.question(), script(tunnel), RcConf.question(variables(tunnel)));
    }

    @Override
    protected @Nullable Link link(String tunnel, Answers answers) {
        return WireguardLink.read(tunnel, answers);
    }

    @Override
    protected Facts facts(WireguardEnd want, WireguardFound tunnel, Answers answers) {
        return new Facts(
                tunnel, answers.to(script(want.tunnel())).orElse(null), RcConf.read(variables(want.tunnel()), answers));
    }

    /** CARP moves all addresses of a pair that belong together; who has none of them is called by nobody (carp(4)). */
    @Override
    protected boolean standsBy(WireguardEnd.Want want, Answers answers) {
        if (want.vips().isEmpty()) return false;
        Ifconfig found = Ifconfig.read(answers);
        return want.vips().stream().noneMatch(vip -> VipState.isMaster(found, vip));
    }

    @Override
    public Facts bare(WireguardEnd want) {
        return new Facts(WireguardFound.NONE, null, new RcConf(Map.of()));
    }

    @Override
    public List<String> adopts(WireguardEnd want, Facts have) {
        List<String> out = new ArrayList<>();
        String conf = have.tunnel().conf();
        boolean ours = conf != null && OurFiles.isOurs(conf);
        if (conf != null && !ours) out.add(WireguardFiles.conf(want.tunnel()));
        if (have.script() != null && !OurFiles.isOurs(have.script())) out.add(WireguardScript.path(want.tunnel()));
        if (have.tunnel().device() != null && !ours) out.add("interface " + want.tunnel());
        return out;
    }

    @Override
    protected List<Fix> fixes(WireguardEnd wanted, Facts have) {
        return switch (wanted) {
            case WireguardEnd.Want want -> fixes(want, have);
            case WireguardEnd.Gone gone -> removal(gone.tunnel(), have);
        };
    }

    /** The files first: whatever happens then, the next boot brings up what is wanted. */
    private static List<Fix> fixes(WireguardEnd.Want want, Facts have) {
        String tunnel = want.tunnel();
        refuseWgQuick(tunnel, have.rc());
        List<Fix> out = new ArrayList<>();
        WireguardFound found = have.tunnel();
        String path = WireguardFiles.conf(tunnel);
        String conf = WireguardScript.conf(want);
        if (conf.equals(found.conf())) out.addAll(WireguardFiles.accessFixes(path, found.access()));
        else out.add(new Fix(Change.file(path, found.conf(), conf), Step.put(path, "0600", conf)));
        String script = WireguardScript.text(want);
        String at = WireguardScript.path(tunnel);
        if (!script.equals(have.script())) {
            out.add(new Fix(Change.file(at, have.script(), script), Step.put(at, "0755", script)));
        }
        String enabled = have.rc().get(enabled(tunnel));
        if (enabled != null && !enabled.equals("YES")) {
            Change change = Change.state(RcConf.subject(enabled(tunnel)), enabled, "YES");
            out.add(new Fix(change, RcConf.step(change)));
        }
        WireguardDevice device = found.device();
        if (device == null) {
            List<Step> steps = new ArrayList<>(List.of(starting(tunnel)));
            steps.addAll(EndpointName.steps(want, found));
            out.add(new Fix(Change.state(tunnel + " interface", null, "up"), steps));
        } else out.addAll(live(want, found, device));
        return out;
    }

    /** Two services that bring up one interface are in each other's way at every boot. */
    private static void refuseWgQuick(String tunnel, RcConf rc) {
        String names = rc.get("wireguard_interfaces");
        String enabled = rc.get("wireguard_enable");
        if (names == null || enabled == null || !enabled.equalsIgnoreCase("YES")) return;
        if (List.of(names.split("\\s+")).contains(tunnel)) {
            throw new Refused("the service wireguard brings " + tunnel + " up at boot, by wg-quick(8): take it out of"
                    + " wireguard_interfaces in rc.conf, and linkctl does from then on");
        }
    }

    private static List<Fix> live(WireguardEnd.Want want, WireguardFound found, WireguardDevice device) {
        WireguardLive.requireWireguard(want.tunnel(), device);
        if (device.lacksTools()) return List.of(WireguardLive.unreadable(want.tunnel()));
        List<Fix> out = new ArrayList<>(withRoutes(want, WireguardLive.link(want, found, device, WireguardLink.TOOL)));
        out.addAll(WireguardLive.wireguard(want, found, device, WireguardLink.TOOL));
        return out;
    }

    /** Routes may go with an address or with a link that was down: once that is mended, they are set again. */
    private static List<Fix> withRoutes(WireguardEnd.Want want, List<Fix> fixes) {
        if (fixes.isEmpty() || want.routes().isEmpty()) return fixes;
        Fix last = fixes.getLast();
        List<Step> steps = new ArrayList<>(last.steps());
        for (String label : want.routes()) {
            steps.add(Step.run("/bin/sh", "-c", "test ! -x \"$1\" || \"$1\" apply", "sh", RouteProgram.path(label)));
        }
        List<Fix> out = new ArrayList<>(fixes.subList(0, fixes.size() - 1));
        out.add(new Fix(last.change(), steps));
        return out;
    }

    /** Of a service that is not enabled rc.subr(8) would do nothing, and say that it did: hence the prefix "one". */
    private static Step starting(String tunnel) {
        return Step.run(service(tunnel, "onestart"), service(tunnel, "onestop"));
    }

    private static Argv service(String tunnel, String verb) {
        return Argv.of("service", Programs.tunnelService(tunnel), verb);
    }

    /** Somebody who has put a file of their own in the place of ours has the tunnel now. */
    private static List<Fix> removal(String tunnel, Facts have) {
        String conf = have.tunnel().conf();
        String script = have.script();
        if (conf != null && !OurFiles.isOurs(conf)) return List.of();
        List<Fix> out = new ArrayList<>();
        boolean ours = script != null && OurFiles.isOurs(script);
        if (have.tunnel().device() != null && (ours || conf != null)) {
            Change change = Change.state(tunnel + " interface", "present", null).cuts();
            out.add(new Fix(
                    change,
                    ours
                            ? Step.run(service(tunnel, "onestop"), service(tunnel, "onestart"))
                            : Step.run("ifconfig", tunnel, "destroy")));
        }
        if (ours) {
            String at = WireguardScript.path(tunnel);
            out.add(new Fix(Change.file(at, script, null), new Step.RemoveFile(at)));
        }
        if (conf != null) {
            String path = WireguardFiles.conf(tunnel);
            out.add(new Fix(Change.file(path, conf, null), new Step.RemoveFile(path)));
        }
        return out;
    }

    @Override
    public List<Question<?>> importing() {
        return IMPORT.questions();
    }

    @Override
    public List<Question<?>> importing(Answers first) {
        return IMPORT.questions(first);
    }

    @Override
    public List<org.linkctl.spi.Found> found(Answers answers) {
        return IMPORT.read(answers);
    }
}

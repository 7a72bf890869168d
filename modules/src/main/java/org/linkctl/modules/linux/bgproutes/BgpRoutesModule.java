package org.linkctl.modules.linux.bgproutes;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.frr.BgpRoutes;
import org.linkctl.modules.linux.kernel.Json;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.linux.systemd.ServiceModule;
import org.linkctl.modules.linux.systemd.UnitState;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.shell.Argv;
import org.linkctl.shell.ShellTemplate;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Module;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/**
 * The service that has what is meant for a far LAN go nowhere while no route leads there, and has zebra set its routes again. They
 * have the host's address on its LAN as their source, and go with it: the kernel takes those of IPv4 away (net/ipv4/fib_semantics.c,
 * fib_sync_down_addr) and the address out of those of IPv6, zebra goes on taking them for installed, or has seen the
 * kernel refuse them, and tries no more. Its own route of the last resort does not count as long as BGP's is the chosen one.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class BgpRoutesModule extends ServiceModule<BgpRoutesModule.Want> {
    private static final String UNIT = "linkctl-bgp-routes.service";
    private static final String PROGRAM = "/usr/local/lib/linkctl/keep-bgp-routes";
    private static final String RUN = "/run/linkctl-bgp-routes";
    private static final ShellTemplate SCRIPT = ShellFile.of(BgpRoutesModule.class, "keep-bgp-routes.sh");

    /** Before there is a network: at boot FRR takes a while to its first route. */
    private static final String UNIT_TEXT = """
            %1$s
            [Unit]
            Description=linkctl: what is meant for LANs of BGP goes there or nowhere
            DefaultDependencies=no
            After=local-fs.target
            Wants=network-pre.target
            Before=network-pre.target shutdown.target
            Conflicts=shutdown.target
            StartLimitIntervalSec=0

            [Service]
            ExecStartPre=%2$s load
            ExecStart=%2$s run
            Restart=always
            RestartSec=1

            [Install]
            WantedBy=multi-user.target
            """.formatted(OurFiles.MARK, PROGRAM);

    /** What BGP gives the host; null: there shall be no service. */
    public record Want(@Nullable BgpRoutes routes) implements Resource, ServiceModule.Want {
        @Override
        public String id() {
            return "linux.bgp-routes";
        }

        /** After BGP itself: on a host that gets it, what leads to far LANs until then stays as long as it can. */
        @Override
        public Set<String> needs() {
            Set<String> out = new LinkedHashSet<>();
            if (routes != null) routes.labels().forEach(label -> out.add("route:" + label));
            return out;
        }

        boolean has(boolean v6) {
            return routes != null && routes.far().stream().anyMatch(lan -> lan.isV6() == v6);
        }

        @Override
        public KeptService service() {
            KeptService service = new KeptService(
                    UNIT,
                    RUN + "/started",
                    List.of(
                            new KeptService.KeptFile(PROGRAM, "0755", routes == null ? null : script(routes)),
                            new KeptService.KeptFile(UnitState.path(UNIT), "0644", UNIT_TEXT)));
            return routes == null ? service.none() : service;
        }
    }

    public BgpRoutesModule() {
        super("linux.bgp-routes");
    }

    static String script(BgpRoutes routes) {
        return SCRIPT.lines("MARK", List.of(OurFiles.MARK))
                .words("LANS", routes.far().stream().map(BgpRoutesModule::shown).toList())
                .lines("FAMILIES", families(routes))
                .word("RUN", RUN)
                .word("UNITFILE", UnitState.path(UNIT))
                .text();
    }

    /** As ip(8) shows it: a single address without its length. */
    private static String shown(Cidr lan) {
        return lan.equals(Cidr.host(lan.address())) ? lan.address().toString() : lan.toString();
    }

    private static List<String> families(BgpRoutes routes) {
        List<String> out = new ArrayList<>();
        for (boolean v6 : new boolean[] {false, true}) {
            Ip source = routes.sources().get(v6);
            if (source != null)
                out.add("\"$1\" " + (v6 ? "-6 " : "-4 ") + source + " " + Argv.quote(BgpRoutes.map(v6)));
        }
        return out.isEmpty() ? List.of(":") : out; // no address on the LAN: zebra sets no source
    }

    @Override
    public List<Want> want(Scope scope) {
        return BgpRoutes.of(scope, "linux.bgp", "frr")
                .map(Want::new)
                .map(List::of)
                .orElse(List.of());
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(null));
    }

    @Override
    protected List<Argv> left() {
        return Stream.of("-4", "-6")
                .map(family -> Argv.of(
                        "ip", family, "route", "flush", "table", "main", "type", "unreachable", "proto", "kernel"))
                .toList();
    }

    private static Question.Command kernel(boolean v6) {
        return Question.command("ip", "-j", v6 ? "-6" : "-4", "route", "show", "table", "main");
    }

    @Override
    public List<Question<?>> examine(Want want) {
        return Stream.of(false, true)
                .filter(want::has)
                .<Question<?>>map(BgpRoutesModule::kernel)
                .toList();
    }

    @Override
    public List<Finding> findings(Want want, KeptService.Found have, Answers answers) {
        List<Finding> out = new ArrayList<>(super.findings(want, have, answers));
        if (want.routes() == null) return out;
        Set<String> led = new HashSet<>();
        for (boolean v6 : new boolean[] {false, true}) if (want.has(v6)) led.addAll(led(v6, answers));
        for (Cidr lan : want.routes().far()) {
            if (!led.contains(shown(lan)))
                out.add(Finding.bad("route " + lan, "no route in the kernel leads there, whatever zebra has"));
        }
        return out;
    }

    /** Where a route of any kind but to nowhere leads. */
    private static Set<String> led(boolean v6, Answers answers) {
        Set<String> out = new HashSet<>();
        for (JsonNode route : Json.objects("ip route", answers.stdout(kernel(v6))))
            if (!route.path("type").asText().equals("unreachable")) out.add(Json.text(route, "dst"));
        return out;
    }

    @Override
    protected Finding finding(Want want, KeptService.Found have) {
        return have.running()
                ? Finding.good(UNIT, "has what is meant for far LANs go there or nowhere")
                : Finding.bad(
                        UNIT,
                        "is " + have.state().active()
                                + ": what is meant for far LANs leaves by another route, in clear, where"
                                + " zebra loses its own");
    }
}

package org.linkctl.modules.linux.endpointnames;

import com.google.auto.service.AutoService;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.linux.systemd.ServiceModule;
import org.linkctl.modules.linux.systemd.UnitState;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.modules.wireguard.NamedEnd;
import org.linkctl.shell.ShellTemplate;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Module;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/**
 * The service that sets what the names of far ends stand for: at boot, as the files of interfaces hold no names, and again where a
 * far end is silent. Without it a far end that moves comes back with the next run of linkctl, or never.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class EndpointNamesModule extends ServiceModule<EndpointNamesModule.Want> {
    private static final String UNIT = "linkctl-endpoint-names.service";
    private static final String PROGRAM = "/usr/local/lib/linkctl/follow-names";
    private static final ShellTemplate SCRIPT = ShellFile.of(EndpointNamesModule.class, "follow-names.sh");

    private static final String UNIT_TEXT = """
            %1$s
            [Unit]
            Description=linkctl: follows the names of far ends of tunnels
            After=network-online.target nss-lookup.target
            StartLimitIntervalSec=0

            [Service]
            ExecStartPre=%2$s note
            ExecStart=%2$s run
            Restart=always
            RestartSec=5

            [Install]
            WantedBy=multi-user.target
            """.formatted(OurFiles.MARK, PROGRAM);

    /** The far ends that have a name; none: there shall be no service. */
    public record Want(List<NamedEnd> ends) implements Resource, ServiceModule.Want {
        @Override
        public String id() {
            return "linux.endpoint-names";
        }

        @Override
        public Set<String> needs() {
            Set<String> out = new LinkedHashSet<>();
            ends.forEach(end -> out.add("tunnel:" + end.tunnel()));
            return out;
        }

        @Override
        public KeptService service() {
            KeptService service = new KeptService(
                    UNIT,
                    "/run/linkctl/" + UNIT,
                    List.of(
                            new KeptService.KeptFile(PROGRAM, "0755", script(ends)),
                            new KeptService.KeptFile(UnitState.path(UNIT), "0644", UNIT_TEXT)));
            return ends.isEmpty() ? service.none() : service;
        }
    }

    public EndpointNamesModule() {
        super("linux.endpoint-names");
    }

    static String script(List<NamedEnd> ends) {
        return SCRIPT.lines("MARK", List.of(OurFiles.MARK))
                .words("ENDS", ends.stream().map(NamedEnd::word).toList())
                .word("UNITFILE", UnitState.path(UNIT))
                .word("UNIT", UNIT)
                .text();
    }

    @Override
    public List<Want> want(Scope scope) {
        List<NamedEnd> ends = NamedEnd.of(scope.fabric(), scope.host());
        return ends.isEmpty() ? List.of() : List.of(new Want(ends));
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(List.of()));
    }

    @Override
    protected Finding finding(Want want, KeptService.Found have) {
        String names = want.ends().stream().map(NamedEnd::name).distinct().collect(Collectors.joining(", "));
        return have.running()
                ? Finding.good(UNIT, "follows " + names)
                : Finding.bad(UNIT, "is " + have.state().active() + ": nobody follows " + names);
    }
}

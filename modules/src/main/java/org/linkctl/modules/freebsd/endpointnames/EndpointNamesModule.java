package org.linkctl.modules.freebsd.endpointnames;

import com.google.auto.service.AutoService;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.files.Programs;
import org.linkctl.modules.freebsd.rc.RcProgram;
import org.linkctl.modules.freebsd.rc.RcServiceModule;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.modules.wireguard.NamedEnd;
import org.linkctl.shell.ShellTemplate;
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
public final class EndpointNamesModule extends RcServiceModule<EndpointNamesModule.Want> {
    private static final String SERVICE = "linkctl_endpoint_names";
    private static final RcProgram PROGRAM =
            new RcProgram("/usr/local/lib/linkctl/follow-names", "/usr/local/etc/rc.d/" + SERVICE);
    private static final ShellTemplate SCRIPT = ShellFile.of(EndpointNamesModule.class, "follow-names.sh");
    private static final ShellTemplate RC = ShellFile.of(EndpointNamesModule.class, "rc.sh");

    /** The far ends that have a name; none: there shall be no service. */
    public record Want(List<NamedEnd> ends) implements Resource, RcServiceModule.Want {
        @Override
        public String id() {
            return "freebsd.endpoint-names";
        }

        @Override
        public Set<String> needs() {
            Set<String> out = new LinkedHashSet<>();
            ends.forEach(end -> out.add("tunnel:" + end.tunnel()));
            return out;
        }

        @Override
        public String service() {
            return SERVICE;
        }

        @Override
        public RcProgram program() {
            return PROGRAM;
        }

        @Override
        public RcProgram.Texts texts() {
            return ends.isEmpty() ? RcProgram.Texts.NONE : new RcProgram.Texts(script(), rc());
        }

        String script() {
            return SCRIPT.lines("MARK", List.of(OurFiles.MARK))
                    .words("ENDS", ends.stream().map(NamedEnd::word).toList())
                    .text();
        }

        private String rc() {
            return RC.lines("MARK", List.of(OurFiles.MARK))
                    .word("NAME", SERVICE)
                    .word("SCRIPT", PROGRAM.path())
                    .words(
                            "TUNNELS",
                            ends.stream()
                                    .map(end -> Programs.tunnelService(end.tunnel()))
                                    .distinct()
                                    .toList())
                    .text();
        }

        private String names() {
            return ends.stream().map(NamedEnd::name).distinct().collect(Collectors.joining(", "));
        }
    }

    public EndpointNamesModule() {
        super("freebsd.endpoint-names");
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
    protected String does(Want want) {
        return "follows " + want.names();
    }

    @Override
    protected String missing(Want want) {
        return "nobody follows " + want.names();
    }
}

package org.linkctl.modules.linux.wireguardundeclared;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.model.Hub;
import org.linkctl.model.Os;
import org.linkctl.model.Tunnel;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.order.Provided;
import org.linkctl.modules.wireguard.WireguardFiles;
import org.linkctl.modules.wireguard.WireguardFiles.Fix;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Module;
import org.linkctl.spi.Question;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;
import org.linkctl.spi.UnreadableFacts;

/**
 * Tunnels that linkctl made for this fabric before hosts remembered what is whose, and that are no longer declared:
 * service, interface and files go, before another tunnel may want their port; keys stay. They are known by the first line
 * of their file; what somebody else made, and what another fabric made, is not looked at.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class WireguardUndeclaredModule
        implements Rendered<WireguardUndeclaredModule.Want, WireguardUndeclaredModule.Facts> {
    private static final Question.Command LIST = Question.command("ls", "-1A", "/etc/wireguard");

    private static final Pattern CONF = Pattern.compile("/etc/wireguard/([A-Za-z0-9_=+.-]{1,15})\\.conf");

    /** The tunnels of a fabric that a host shall have, and no others. */
    public record Want(String fabric, Set<String> declared) implements Resource {
        public Want {
            declared = Set.copyOf(declared);
        }

        @Override
        public String id() {
            return "linux.wireguard-undeclared";
        }

        @Override
        public Set<String> provides() {
            return Set.of(Provided.UNDECLARED_TUNNELS);
        }

        @Override
        public boolean stray() {
            return true;
        }
    }

    /**
     * What was found.
     *
     * @param tunnels those of the fabric
     * @param files all names in /etc/wireguard
     */
    public record Facts(Set<String> tunnels, Set<String> files) {
        public Facts {
            tunnels = Set.copyOf(tunnels);
            files = Set.copyOf(files);
        }
    }

    @Override
    public String name() {
        return "linux.wireguard-undeclared";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Want> want(Scope scope) {
        Set<String> declared = new TreeSet<>();
        for (Tunnel tunnel : scope.fabric().tunnels(scope.host())) declared.add(tunnel.name());
        for (Hub hub : scope.fabric().hubs(scope.host())) declared.add(hub.name());
        return List.of(new Want(scope.fabric().name(), declared));
    }

    private static Question.Command find(Want want) {
        return Question.command("grep", "-rlxF", OurFiles.mark(want.fabric()), "/etc/wireguard");
    }

    @Override
    public List<Question<?>> probe(Want want) {
        return List.of(find(want), LIST);
    }

    /** grep(1) ends with 1 where it finds nothing, and with more where there is no such folder. */
    @Override
    public Facts facts(Want want, Answers answers) {
        Answer.Output out = answers.to(find(want));
        if (!out.ok() && out.exit() != 1 && !noFolder(out)) throw unreadable(out);
        Set<String> found = new TreeSet<>();
        for (String path : out.stdout().lines().toList()) {
            Matcher match = CONF.matcher(path);
            if (match.matches()) found.add(match.group(1));
            else if (!path.startsWith("/etc/wireguard/")) throw new UnreadableFacts("grep -l: '" + path + "'");
        }
        return new Facts(found, files(answers.to(LIST)));
    }

    private static Set<String> files(Answer.Output out) {
        if (!out.ok() && !noFolder(out)) throw unreadable(out);
        return Set.copyOf(new TreeSet<>(out.stdout().lines().toList()));
    }

    private static boolean noFolder(Answer.Output out) {
        return out.stderr().contains("No such file or directory");
    }

    private static UnreadableFacts unreadable(Answer.Output out) {
        return new UnreadableFacts("/etc/wireguard: " + out.stderr().strip());
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(Set.of(), Set.of());
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        return Fix.changes(fixes(want, have));
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        return changes.isEmpty() ? List.of() : Fix.steps(fixes(want, have));
    }

    private static Step disable(String unit) {
        return Step.run(Argv.of("systemctl", "disable", "--now", unit), Argv.of("systemctl", "enable", "--now", unit));
    }

    /** The file that tells whose the tunnel is goes last: a run that is cut short finds it again. */
    private static List<Fix> fixes(Want want, Facts have) {
        List<Fix> out = new ArrayList<>();
        for (String tunnel : new TreeSet<>(have.tunnels())) {
            if (want.declared().contains(tunnel)) continue;
            out.add(new Fix(
                    Change.state("tunnel " + tunnel, "made by linkctl, no longer declared", null)
                            .cuts(),
                    disable(WireguardFiles.unit(tunnel))));
            for (String suffix : List.of(".psk", ".conf")) {
                if (!have.files().contains(tunnel + suffix)) continue;
                String path = "/etc/wireguard/" + tunnel + suffix;
                out.add(new Fix(Change.file(path, "(hidden)\n", null), new Step.RemoveFile(path)));
            }
        }
        return out;
    }
}

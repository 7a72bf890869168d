package org.linkctl.modules.freebsd.packages;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.model.Os;
import org.linkctl.modules.freebsd.kernel.Release;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Module;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;
import org.linkctl.spi.Unguarded;
import org.linkctl.spi.UnreadableFacts;

/**
 * What the other modules' commands come from. The base system has all of it; where it was built without wg(8), the
 * package has it. Only ever installs.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class PackagesModule
        implements Rendered<PackagesModule.Want, PackagesModule.Facts>,
                Unguarded<PackagesModule.Want, PackagesModule.Facts> {
    private static final String TOOLS = "wireguard-tools";
    private static final Question.Command WG = Question.command("which", "wg");

    /** The newest of the ports of FRR whose startup script this is written for (net/frr10). */
    private static final String FRR = "frr10";

    private static final Question.Command VTYSH = Question.command("which", "/usr/local/bin/vtysh");
    private static final Pattern NUMBER = Pattern.compile("(?<major>[0-9]{1,3})\\.(?<minor>[0-9]{1,3})-\\S+");

    /** wg(4) "first appeared in FreeBSD 13.2". */
    private static final int MAJOR = 13;

    private static final int MINOR = 2;

    /** What tunnels need, and BGP over them. */
    public record Want(boolean bgp) implements Resource {
        @Override
        public String id() {
            return "freebsd.packages";
        }

        @Override
        public Set<String> provides() {
            return bgp ? Set.of("package:" + TOOLS, "package:frr") : Set.of("package:" + TOOLS);
        }
    }

    /**
     * What was found.
     *
     * @param release as {@code uname -r} has it
     * @param kernel that release's kernel has WireGuard
     * @param frr it is there, or nobody wants it
     */
    public record Facts(String release, boolean kernel, boolean tools, boolean frr) {}

    @Override
    public String name() {
        return "freebsd.packages";
    }

    @Override
    public Os system() {
        return Os.FREEBSD;
    }

    @Override
    public List<Want> want(Scope scope) {
        return scope.fabric().hasWireguard(scope.host())
                ? List.of(new Want(!scope.fabric().bgpRoutes(scope.host()).isEmpty()))
                : List.of();
    }

    @Override
    public List<Question<?>> probe(Want want) {
        return want.bgp() ? List.of(WG, VTYSH, Release.question()) : List.of(WG, Release.question());
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        String release = answers.stdout(Release.question()).strip();
        Matcher match = NUMBER.matcher(release);
        if (!match.matches()) throw new UnreadableFacts("uname -r: '" + release + "' is no release");
        int major = Integer.parseInt(match.group("major"));
        boolean kernel = major > MAJOR || (major == MAJOR && Integer.parseInt(match.group("minor")) >= MINOR);
        return new Facts(release, kernel, isThere(WG, answers), !want.bgp() || isThere(VTYSH, answers));
    }

    private static boolean isThere(Question.Command which, Answers answers) {
        Answer.Output found = answers.to(which);
        if (!found.ok() && found.exit() != 1) {
            throw new UnreadableFacts(which.argv() + " ended with " + found.exit() + ": "
                    + found.stderr().strip());
        }
        return found.ok() && found.stdout().startsWith("/");
    }

    @Override
    public Facts bare(Want want) {
        return new Facts("14.0-RELEASE", true, false, !want.bgp());
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        if (!have.kernel()) {
            throw new Refused("it runs FreeBSD " + have.release() + ": the first kernel with WireGuard is that of "
                    + MAJOR + "." + MINOR);
        }
        List<Change> out = new ArrayList<>();
        if (!have.tools()) out.add(Change.state("package " + TOOLS, null, "installed"));
        if (!have.frr()) out.add(Change.state("package " + FRR, null, "installed"));
        return out;
    }

    /** Asked for nothing, pkg(7) installs itself first where it is not there. */
    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        if (changes.isEmpty()) return List.of();
        List<String> words = new ArrayList<>(List.of("env", "ASSUME_ALWAYS_YES=yes", "pkg", "install", "-y"));
        changes.forEach(change -> words.add(change.subject().substring("package ".length())));
        return List.of(Step.run(new Argv(words)));
    }
}

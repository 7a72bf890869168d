package org.linkctl.modules.freebsd.packages;

import com.google.auto.service.AutoService;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.model.Os;
import org.linkctl.modules.freebsd.kernel.Release;
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
    private static final Pattern NUMBER = Pattern.compile("(?<major>[0-9]{1,3})\\.(?<minor>[0-9]{1,3})-\\S+");

    /** wg(4) "first appeared in FreeBSD 13.2". */
    private static final int MAJOR = 13;

    private static final int MINOR = 2;

    /** What tunnels need. */
    public record Want() implements Resource {
        @Override
        public String id() {
            return "freebsd.packages";
        }

        @Override
        public Set<String> provides() {
            return Set.of("package:" + TOOLS);
        }
    }

    /**
     * What was found.
     *
     * @param release as {@code uname -r} has it
     * @param kernel that release's kernel has WireGuard
     */
    public record Facts(String release, boolean kernel, boolean tools) {}

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
        return scope.fabric().hasWireguard(scope.host()) ? List.of(new Want()) : List.of();
    }

    @Override
    public List<Question<?>> probe(Want want) {
        return List.of(WG, Release.question());
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        String release = answers.stdout(Release.question()).strip();
        Matcher match = NUMBER.matcher(release);
        if (!match.matches()) throw new UnreadableFacts("uname -r: '" + release + "' is no release");
        int major = Integer.parseInt(match.group("major"));
        boolean kernel = major > MAJOR || (major == MAJOR && Integer.parseInt(match.group("minor")) >= MINOR);
        Answer.Output wg = answers.to(WG);
        if (!wg.ok() && wg.exit() != 1) {
            throw new UnreadableFacts(
                    "which wg ended with " + wg.exit() + ": " + wg.stderr().strip());
        }
        return new Facts(release, kernel, wg.ok() && wg.stdout().startsWith("/"));
    }

    @Override
    public Facts bare(Want want) {
        return new Facts("14.0-RELEASE", true, false);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        if (!have.kernel()) {
            throw new Refused("it runs FreeBSD " + have.release() + ": the first kernel with WireGuard is that of "
                    + MAJOR + "." + MINOR);
        }
        return have.tools() ? List.of() : List.of(Change.state("package " + TOOLS, null, "installed"));
    }

    /** Asked for nothing, pkg(7) installs itself first where it is not there. */
    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        if (changes.isEmpty()) return List.of();
        return List.of(Step.run("env", "ASSUME_ALWAYS_YES=yes", "pkg", "install", "-y", TOOLS));
    }
}

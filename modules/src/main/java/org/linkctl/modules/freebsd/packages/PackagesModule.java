package org.linkctl.modules.freebsd.packages;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.linkctl.model.Os;
import org.linkctl.modules.declared.DeclaredPackages;
import org.linkctl.modules.freebsd.kernel.Release;
import org.linkctl.modules.freebsd.pkg.InstalledPackage;
import org.linkctl.modules.freebsd.pkg.PackageNeeds;
import org.linkctl.modules.missingpackages.MissingPackages;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Diagnosed;
import org.linkctl.spi.Diagnosis;
import org.linkctl.spi.Module;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;
import org.linkctl.spi.Unguarded;
import org.linkctl.spi.UnreadableFacts;

/**
 * What the other modules' commands come from, and what the inventory declares. The base system has all that tunnels need;
 * where it was built without wg(8), the package has it. Only ever installs.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class PackagesModule
        implements Rendered<PackagesModule.Want, PackagesModule.Facts>,
                Diagnosed<PackagesModule.Want, PackagesModule.Facts>,
                Unguarded<PackagesModule.Want, PackagesModule.Facts> {
    /** The program by which a package is known to be there, whoever built it: the base system has wg(8) from 13.2 on. */
    private static final Map<String, Question.Command> PROGRAMS = Map.of(
            PackageNeeds.TOOLS, Question.command("which", "wg"),
            PackageNeeds.FRR, Question.command("which", "/usr/local/bin/vtysh"),
            PackageNeeds.IPERF, Question.command("which", "iperf3"),
            PackageNeeds.SUDO, Question.command("which", "sudo"));

    private static final Pattern NUMBER = Pattern.compile("(?<major>[0-9]{1,3})\\.(?<minor>[0-9]{1,3})-\\S+");

    private static final String REMOVES_NONE =
            ShellFile.of(PackagesModule.class, "removes-none.sh").text();

    /** wg(4) "first appeared in FreeBSD 13.2". */
    private static final int MAJOR = 13;

    private static final int MINOR = 2;

    /**
     * Packages.
     *
     * @param called those that other modules call, as {@link PackageNeeds} names them
     * @param declared those that the inventory declares
     */
    public record Want(Set<String> called, Set<String> declared) implements Resource {
        public Want {
            called = Collections.unmodifiableSet(new TreeSet<>(called));
            declared = Collections.unmodifiableSet(new TreeSet<>(declared));
        }

        boolean tunnels() {
            return called.contains(PackageNeeds.TOOLS);
        }

        @Override
        public String id() {
            return "freebsd.packages";
        }

        @Override
        public Set<String> provides() {
            Set<String> out = new TreeSet<>();
            called.forEach(name -> out.add("package:" + (name.equals(PackageNeeds.FRR) ? "frr" : name)));
            declared.forEach(name -> out.add("package:" + name));
            return out;
        }
    }

    /**
     * What was found.
     *
     * @param release as {@code uname -r} has it; empty where there are no tunnels
     * @param kernel that release's kernel has WireGuard, or there are no tunnels
     * @param missing those of what is needed that are not there
     * @param installed declared packages that are there
     * @param noted declared packages that the host notes linkctl to have installed
     */
    public record Facts(
            String release, boolean kernel, Set<String> missing, Set<String> installed, Set<String> noted) {}

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
        Want want = new Want(PackageNeeds.of(scope), DeclaredPackages.names(scope));
        return want.called().isEmpty() && want.declared().isEmpty() ? List.of() : List.of(want);
    }

    private static Question.Command program(String need) {
        return Objects.requireNonNull(PROGRAMS.get(need), need);
    }

    @Override
    public List<Question<?>> probe(Want want) {
        List<Question<?>> out = new ArrayList<>();
        want.called().forEach(need -> out.add(program(need)));
        if (want.tunnels()) out.add(Release.question());
        want.declared().forEach(name -> out.add(InstalledPackage.question(name)));
        out.addAll(DeclaredPackages.questions(want.declared()));
        return out;
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        Set<String> installed = want.declared().stream()
                .filter(name -> InstalledPackage.isThere(name, answers))
                .collect(Collectors.toSet());
        Set<String> noted = DeclaredPackages.noted(want.declared(), answers);
        Set<String> missing = want.called().stream()
                .filter(need -> !isThere(program(need), answers))
                .collect(Collectors.toSet());
        if (!want.tunnels()) return new Facts("", true, missing, installed, noted);
        String release = answers.stdout(Release.question()).strip();
        Matcher match = NUMBER.matcher(release);
        if (!match.matches()) throw new UnreadableFacts("uname -r: '" + release + "' is no release");
        int major = Integer.parseInt(match.group("major"));
        boolean kernel = major > MAJOR || (major == MAJOR && Integer.parseInt(match.group("minor")) >= MINOR);
        return new Facts(release, kernel, missing, installed, noted);
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
        return new Facts("14.0-RELEASE", true, want.called(), Set.of(), Set.of());
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        if (!have.kernel()) {
            throw new Refused("it runs FreeBSD " + have.release() + ": the first kernel with WireGuard is that of "
                    + MAJOR + "." + MINOR);
        }
        List<Change> out = new ArrayList<>();
        for (String need : want.called()) if (have.missing().contains(need)) out.add(installed(need));
        for (String name : want.declared()) {
            if (have.installed().contains(name) || out.contains(installed(name))) continue;
            if (!have.noted().contains(name)) out.add(DeclaredPackages.made(name));
            out.add(installed(name));
        }
        return out;
    }

    private static Change installed(String name) {
        return Change.state("package " + name, null, "installed");
    }

    /** Asked for nothing, pkg(7) installs itself first where it is not there. */
    @Override
    public List<Diagnosis> diagnoses(Want want, Facts have, Answers answers) {
        return List.of(MissingPackages.diagnosis(diff(want, have)));
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        if (changes.isEmpty()) return List.of();
        List<Step> out = new ArrayList<>();
        for (String name : want.declared()) {
            if (changes.contains(DeclaredPackages.made(name))) out.add(DeclaredPackages.make(name));
        }
        List<String> words = new ArrayList<>(List.of("env", "ASSUME_ALWAYS_YES=yes", "pkg", "install", "-y"));
        for (Change change : changes) {
            if (change.kind() == Change.Kind.STATE) words.add(change.subject().substring("package ".length()));
        }
        List<String> tries = new ArrayList<>(List.of("sh", "-c", REMOVES_NONE, "sh"));
        tries.addAll(words.subList(words.indexOf("-y") + 1, words.size()));
        out.add(Step.run(new Argv(tries)));
        out.add(Step.run(new Argv(words)));
        return out;
    }
}

package org.linkctl.modules.linux.packages;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.linkctl.model.Os;
import org.linkctl.modules.declared.DeclaredPackages;
import org.linkctl.modules.linux.packageneeds.PackageNeeds;
import org.linkctl.modules.linux.stack.BareHost;
import org.linkctl.modules.linux.stack.Ifupdown;
import org.linkctl.modules.linux.stack.StackFacts;
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
 * The packages that the other modules' commands come from, and those that the inventory declares: by apt or dnf, whichever
 * the host has. Only ever installs: a package that linkctl needs no longer may have other users.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class PackagesModule
        implements Rendered<PackagesModule.Want, PackagesModule.Facts>,
                Diagnosed<PackagesModule.Want, PackagesModule.Facts>,
                Unguarded<PackagesModule.Want, PackagesModule.Facts> {
    private static final Question.ReadFile OS_RELEASE = Question.file("/etc/os-release");
    private static final Pattern DPKG_LINE = Pattern.compile("[a-z0-9][a-z0-9+.-]* [a-z-]+");

    private static final Pattern RPM_LINE =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9+._-]*|package [A-Za-z0-9+._-]+ is not installed");

    private static final List<String> APT =
            List.of("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=60");

    /**
     * A name is a name: without the first, apt-get(8) takes one that it does not know for a regular expression. A file of the
     * configuration that is there before its package stays (dpkg(1), --force-confold), and nobody is asked.
     */
    private static final List<String> AS_NAMED = List.of(
            "-o",
            "APT::Cmd::Pattern-Only=true",
            "-o",
            "Dpkg::Options::=--force-confdef",
            "-o",
            "Dpkg::Options::=--force-confold");

    /** Debian's policy, 5.6.7; RPM has capitals and _ as well. */
    private static final Pattern DEBIAN_NAME = Pattern.compile("[a-z0-9][a-z0-9+.-]*");

    private static final List<String> APT_KNOWS = program("known-to-apt.sh");
    private static final List<String> RPM_KNOWS = program("installed-by-rpm.sh");

    private static List<String> program(String name) {
        return List.of("sh", "-c", ShellFile.of(PackagesModule.class, name).text(), "sh");
    }

    /**
     * Debian package names.
     *
     * @param declared those of them that the inventory declares
     */
    public record Want(Set<String> names, Set<String> declared) implements Resource {
        public Want {
            names = java.util.Collections.unmodifiableSet(new TreeSet<>(names));
            declared = java.util.Collections.unmodifiableSet(new TreeSet<>(declared));
        }

        @Override
        public String id() {
            return "linux.packages";
        }

        @Override
        public Set<String> provides() {
            return names.stream().map(name -> "package:" + name).collect(Collectors.toSet());
        }
    }

    /** Who manages packages. */
    enum Manager {
        APT,
        DNF,
        OTHER
    }

    /**
     * Which packages are there.
     *
     * @param noted those that the host notes linkctl to have installed
     */
    public record Facts(Manager manager, String system, Set<String> installed, boolean ifupdown, Set<String> noted) {}

    @Override
    public String name() {
        return "linux.packages";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Want> want(Scope scope) {
        Set<String> names = new TreeSet<>(PackageNeeds.of(scope));
        Set<String> declared = new TreeSet<>(DeclaredPackages.names(scope));
        declared.removeAll(names);
        names.addAll(declared);
        return List.of(new Want(names, declared));
    }

    /** ifupdown alone makes bonds by a program of its own. */
    private static boolean dependsOnStack(Want want) {
        return want.names().contains(PackageNeeds.IFENSLAVE);
    }

    private static Question.Command dpkg(Want want) {
        return new Question.Command(
                words(List.of("dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\\n"), want.names()));
    }

    private static Question.Command rpm(Want want) {
        return new Question.Command(words(
                List.of("rpm", "-q", "--qf", "%{NAME}\\n"),
                want.names().stream().map(PackageNeeds::dnf).toList()));
    }

    private static Argv words(List<String> first, Collection<String> rest) {
        List<String> out = new ArrayList<>(first);
        out.addAll(rest);
        return new Argv(out);
    }

    @Override
    public List<Question<?>> probe(Want want) {
        List<Question<?>> out = new ArrayList<>();
        if (dependsOnStack(want)) out.addAll(StackFacts.questions());
        out.add(OS_RELEASE);
        out.add(dpkg(want));
        out.add(rpm(want));
        out.addAll(DeclaredPackages.questions(want.declared()));
        return out;
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        Map<String, String> release = release(answers.to(OS_RELEASE).orElse(""));
        String family = " " + release.getOrDefault("ID", "") + " " + release.getOrDefault("ID_LIKE", "") + " ";
        Manager manager = family.contains(" debian ") || family.contains(" ubuntu ")
                ? Manager.APT
                : family.contains(" fedora ") || family.contains(" rhel ") ? Manager.DNF : Manager.OTHER;
        Set<String> installed = switch (manager) {
            case APT -> debian(answers.to(dpkg(want)));
            case DNF -> redHat(want, answers.to(rpm(want)));
            case OTHER -> Set.of();
        };
        String system = release.getOrDefault("PRETTY_NAME", release.getOrDefault("ID", "an unnamed system"));
        boolean ifupdown = dependsOnStack(want) && StackFacts.from(answers).stack() instanceof Ifupdown;
        return new Facts(manager, system, installed, ifupdown, DeclaredPackages.noted(want.declared(), answers));
    }

    /** os-release(5): assignments as in a shell, values perhaps in quotes. */
    private static Map<String, String> release(String text) {
        Map<String, String> out = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            int equals = line.indexOf('=');
            if (equals > 0)
                out.put(line.substring(0, equals), line.substring(equals + 1).replaceAll("^[\"']|[\"']$", ""));
        }
        return out;
    }

    /** dpkg-query(1) ends with 1 where it does not know one of the packages, rpm(8) with their number. */
    private static List<String> lines(Answer.Output output, Pattern form) {
        List<String> lines = output.stdout().lines().toList();
        for (String line : lines) {
            if (!form.matcher(line).matches()) throw new UnreadableFacts("installed packages: '" + line + "'");
        }
        if (output.exit() > 125) {
            throw new UnreadableFacts("installed packages: " + output.stderr().strip());
        }
        return lines;
    }

    private static Set<String> debian(Answer.Output output) {
        return lines(output, DPKG_LINE).stream()
                .filter(line -> line.endsWith(" installed"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .collect(Collectors.toSet());
    }

    private static Set<String> redHat(Want want, Answer.Output output) {
        Set<String> there = Set.copyOf(lines(output, RPM_LINE));
        return want.names().stream()
                .filter(name -> there.contains(PackageNeeds.dnf(name)))
                .collect(Collectors.toSet());
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(Manager.APT, BareHost.SYSTEM, BareHost.PACKAGES, false, Set.of());
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        if (have.manager() == Manager.OTHER) {
            throw new Refused("it runs " + have.system() + "; linkctl installs packages by apt or dnf");
        }
        if (have.manager() == Manager.APT) refuse(want.declared());
        Map<String, Change> out = new TreeMap<>();
        for (String name : want.names()) {
            if (name.equals(PackageNeeds.IFENSLAVE) && !have.ifupdown()) continue;
            if (!have.installed().contains(name)) {
                out.put(
                        name,
                        Change.state(
                                "package " + (have.manager() == Manager.DNF ? PackageNeeds.dnf(name) : name),
                                null,
                                "installed"));
            }
        }
        List<Change> changes = new ArrayList<>();
        out.forEach((name, change) -> {
            if (want.declared().contains(name) && !have.noted().contains(name))
                changes.add(DeclaredPackages.made(name));
            changes.add(change);
        });
        return changes;
    }

    private static void refuse(Set<String> declared) {
        for (String name : declared) {
            if (DEBIAN_NAME.matcher(name).matches()) continue;
            throw new Refused(
                    "package " + name + ": names of apt's packages have small letters, digits and + - . alone");
        }
    }

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
        List<String> names = changes.stream()
                .filter(change -> change.kind() == Change.Kind.STATE)
                .map(change -> change.subject().substring("package ".length()))
                .toList();
        Set<String> stated = want.declared().stream()
                .map(name -> have.manager() == Manager.DNF ? PackageNeeds.dnf(name) : name)
                .collect(Collectors.toSet());
        List<String> declared = names.stream().filter(stated::contains).toList();
        if (have.manager() == Manager.DNF) {
            out.add(Step.run(words(List.of("dnf", "install", "-y"), names)));
            if (!declared.isEmpty()) out.add(Step.run(words(RPM_KNOWS, declared)));
            return out;
        }
        out.add(Step.run(words(APT, List.of("update"))));
        if (!declared.isEmpty()) out.add(Step.run(words(APT_KNOWS, declared)));
        List<String> install = new ArrayList<>(AS_NAMED);
        install.addAll(List.of("install", "-y", "--no-install-recommends"));
        // What the inventory declares may conflict with what is there: apt-get would remove that, be it the network's.
        if (!want.declared().isEmpty()) install.add("--no-remove");
        install.addAll(names);
        out.add(Step.run(words(APT, install)));
        return out;
    }
}

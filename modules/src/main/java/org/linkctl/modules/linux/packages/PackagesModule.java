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
import org.linkctl.model.FirezoneGateway;
import org.linkctl.model.Os;
import org.linkctl.modules.linux.stack.BareHost;
import org.linkctl.modules.linux.stack.Ifupdown;
import org.linkctl.modules.linux.stack.StackFacts;
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
 * The packages that the other modules' commands come from: by apt or dnf, whichever the host has. Only ever installs:
 * a package that linkctl needs no longer may have other users.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class PackagesModule
        implements Rendered<PackagesModule.Want, PackagesModule.Facts>,
                Unguarded<PackagesModule.Want, PackagesModule.Facts> {
    private static final Question.ReadFile OS_RELEASE = Question.file("/etc/os-release");
    /** Debian's names, and Fedora's and Red Hat's where they differ. */
    private static final Map<String, String> DNF_NAMES = Map.of(
            "iproute2", "iproute",
            "iputils-ping", "iputils",
            "iputils-arping", "iputils",
            "conntrackd", "conntrack-tools",
            "procps", "procps-ng");

    /** ifenslave is what ifupdown bonds with; nobody else needs it. */
    private static final String IFENSLAVE = "ifenslave";

    private static final Pattern DPKG_LINE = Pattern.compile("[a-z0-9][a-z0-9+.-]* [a-z-]+");

    private static final Pattern RPM_LINE =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9+._-]*|package [A-Za-z0-9+._-]+ is not installed");

    private static final List<String> APT =
            List.of("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=60");

    /** Debian package names. */
    public record Want(Set<String> names) implements Resource {
        public Want {
            names = java.util.Collections.unmodifiableSet(new TreeSet<>(names));
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

    /** Which packages are there. */
    public record Facts(Manager manager, String system, Set<String> installed, boolean ifupdown) {}

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
        Set<String> names = new TreeSet<>(Set.of("iproute2", "procps"));
        if (!scope.fabric().bonds(scope.host()).isEmpty()) names.add(IFENSLAVE);
        if (scope.fabric().hasWireguard(scope.host())) {
            names.addAll(Set.of("wireguard-tools", "nftables", "iputils-ping", "iperf3"));
        }
        if (!scope.fabric().of(FirezoneGateway.class, scope.host()).isEmpty()) names.add("nftables");
        if (!scope.fabric().bgpRoutes(scope.host()).isEmpty()) names.add("frr");
        if (scope.fabric().firewall(scope.host()).isPresent()) names.add("nftables");
        if (!scope.fabric().balances(scope.host()).isEmpty()) names.addAll(Set.of("nftables", "iputils-ping"));
        if (!scope.fabric().vips(scope.host()).isEmpty()) {
            names.addAll(Set.of("keepalived", "nftables", "iputils-ping"));
        }
        if (scope.fabric().stateSync(scope.host()).isPresent()) names.addAll(Set.of("conntrackd", "nftables"));
        if (!scope.fabric().proxyArps(scope.host()).isEmpty()) names.add("iputils-arping");
        return List.of(new Want(names));
    }

    private static Question.Command dpkg(Want want) {
        return new Question.Command(
                words(List.of("dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\\n"), want.names()));
    }

    private static Question.Command rpm(Want want) {
        return new Question.Command(words(
                List.of("rpm", "-q", "--qf", "%{NAME}\\n"),
                want.names().stream().map(PackagesModule::dnf).toList()));
    }

    private static Argv words(List<String> first, Collection<String> rest) {
        List<String> out = new ArrayList<>(first);
        out.addAll(rest);
        return new Argv(out);
    }

    private static String dnf(String debian) {
        return DNF_NAMES.getOrDefault(debian, debian);
    }

    @Override
    public List<Question<?>> probe(Want want) {
        List<Question<?>> out = new ArrayList<>(StackFacts.questions());
        out.add(OS_RELEASE);
        out.add(dpkg(want));
        out.add(rpm(want));
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
        return new Facts(manager, system, installed, StackFacts.from(answers).stack() instanceof Ifupdown);
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
        return want.names().stream().filter(name -> there.contains(dnf(name))).collect(Collectors.toSet());
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(Manager.APT, BareHost.SYSTEM, BareHost.PACKAGES, false);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        if (have.manager() == Manager.OTHER) {
            throw new Refused("it runs " + have.system() + "; linkctl installs packages by apt or dnf");
        }
        Map<String, Change> out = new TreeMap<>();
        for (String name : want.names()) {
            if (name.equals(IFENSLAVE) && !have.ifupdown()) continue;
            if (!have.installed().contains(name)) {
                out.put(
                        name,
                        Change.state(
                                "package " + (have.manager() == Manager.DNF ? dnf(name) : name), null, "installed"));
            }
        }
        return List.copyOf(out.values());
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        if (changes.isEmpty()) return List.of();
        List<String> names = changes.stream()
                .map(change -> change.subject().substring("package ".length()))
                .toList();
        if (have.manager() == Manager.DNF) return List.of(Step.run(words(List.of("dnf", "install", "-y"), names)));
        return List.of(
                Step.run(words(APT, List.of("update"))),
                Step.run(words(
                        APT,
                        java.util.stream.Stream.concat(
                                        java.util.stream.Stream.of("install", "-y", "--no-install-recommends"),
                                        names.stream())
                                .toList())));
    }
}

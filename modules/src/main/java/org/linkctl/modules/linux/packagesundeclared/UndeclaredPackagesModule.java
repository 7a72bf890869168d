package org.linkctl.modules.linux.packagesundeclared;

import com.google.auto.service.AutoService;
import java.util.List;
import java.util.Set;
import org.linkctl.model.Os;
import org.linkctl.modules.declared.DeclaredPackages;
import org.linkctl.modules.declared.UndeclaredPackages;
import org.linkctl.modules.linux.packageneeds.PackageNeeds;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Module;
import org.linkctl.spi.Question;
import org.linkctl.spi.Scope;
import org.linkctl.spi.UnreadableFacts;

/**
 * Packages of dpkg or RPM that are no longer declared. Both remove a package alone, or refuse to where others need it:
 * dpkg(1) {@code --remove}, rpm(8) {@code -e}.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class UndeclaredPackagesModule extends UndeclaredPackages {
    private static final String DPKG = "dpkg";

    /** apt-get remove would take those along that need the package. */
    private static final String WAITING_REMOVAL =
            ShellFile.of(UndeclaredPackagesModule.class, "remove-by-dpkg.sh").text();

    /** dpkg-query(1), db:Status-Status. */
    private static final Set<String> STATES = Set.of(
            "not-installed",
            "config-files",
            "half-installed",
            "unpacked",
            "half-configured",
            "triggers-awaited",
            "triggers-pending",
            "installed");

    public UndeclaredPackagesModule() {
        super(Os.LINUX);
    }

    private static Question.Command dpkg(String name) {
        return Question.command("dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\\n", name);
    }

    private static Question.Command rpm(String name) {
        return Question.command("rpm", "-q", "--qf", "%{NAME}\\n", name);
    }

    private static Question.Command dpkgTries(String name) {
        return Question.command("dpkg", "--simulate", "--remove", name);
    }

    private static Question.Command rpmTries(String name) {
        return Question.command("rpm", "-e", "--test", name);
    }

    @Override
    public List<Question<?>> probe(Want want) {
        String name = want.name();
        return want.declared()
                ? List.of(DeclaredPackages.question(name), dpkg(name), rpm(name))
                : List.of(DeclaredPackages.question(name), dpkg(name), rpm(name), dpkgTries(name), rpmTries(name));
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        String name = want.name();
        boolean noted = DeclaredPackages.isNoted(name, answers);
        Answer.Output dpkg = answers.to(dpkg(name));
        Answer.Output rpm = answers.to(rpm(name));
        if (dpkg.exit() == 127 && rpm.exit() == 127)
            throw new UnreadableFacts("neither dpkg-query nor rpm tells of package " + name);
        long architectures = dpkgHas(name, dpkg);
        boolean isDpkg = architectures > 0;
        boolean isRpm = rpmHas(name, rpm);
        String manager = isDpkg ? DPKG : "rpm";
        if (want.declared() || !(isDpkg || isRpm)) return new Facts(isDpkg || isRpm, noted, manager, "");
        if (architectures > 1) return new Facts(true, noted, manager, "it is installed for several architectures");
        Answer.Output tried = answers.to(isDpkg ? dpkgTries(name) : rpmTries(name));
        return new Facts(true, noted, manager, tried.ok() ? "" : why(tried));
    }

    /**
     * For how many architectures it is installed. It ends with 1 where it does not know the package; one that was removed may
     * have left its configuration.
     */
    private static long dpkgHas(String name, Answer.Output said) {
        if (!said.ok()) return 0;
        List<String> lines = said.stdout().strip().lines().toList();
        for (String line : lines.isEmpty() ? List.of("") : lines) {
            if (!line.startsWith(name + " ") || !STATES.contains(line.substring(name.length() + 1)))
                throw new UnreadableFacts("dpkg-query: no state of package " + name + ": '" + line + "'");
        }
        return lines.stream().filter(line -> line.equals(name + " installed")).count();
    }

    /** It ends with the number of packages that it does not know. */
    private static boolean rpmHas(String name, Answer.Output said) {
        if (!said.ok()) return false;
        if (!said.stdout().strip().equals(name))
            throw new UnreadableFacts("rpm -q " + name + ": '" + said.stdout().strip() + "'");
        return true;
    }

    private static String why(Answer.Output tried) {
        List<String> lines = tried.stderr()
                .lines()
                .map(String::strip)
                .filter(line -> line.contains("depends on") || line.contains("is needed by"))
                .toList();
        if (lines.isEmpty())
            throw new UnreadableFacts(
                    "whether the package can be removed: " + tried.stderr().strip());
        return lines.getFirst() + (lines.size() > 1 ? ", and " + (lines.size() - 1) + " more" : "");
    }

    @Override
    protected Step removal(Want want, Facts have) {
        return have.manager().equals(DPKG)
                ? Step.run("sh", "-c", WAITING_REMOVAL, "sh", want.name())
                : Step.run("rpm", "-e", want.name());
    }

    @Override
    protected boolean isNeeded(Scope scope, String name) {
        return PackageNeeds.has(scope, name);
    }
}

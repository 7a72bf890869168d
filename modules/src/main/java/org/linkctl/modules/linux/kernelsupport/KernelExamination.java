package org.linkctl.modules.linux.kernelsupport;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linkctl.model.Bond;
import org.linkctl.model.Bridge;
import org.linkctl.model.Firewall;
import org.linkctl.model.FirezoneGateway;
import org.linkctl.model.Host;
import org.linkctl.model.KeptSources;
import org.linkctl.model.Os;
import org.linkctl.model.Publish;
import org.linkctl.model.StateSync;
import org.linkctl.model.Vlan;
import org.linkctl.modules.linux.packageneeds.PackageNeeds;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Diagnosis;
import org.linkctl.spi.Examination;
import org.linkctl.spi.Question;
import org.linkctl.spi.Scope;
import org.linkctl.spi.Sight;

/** Whether the running kernel has what is declared, or can load it (modprobe(8), sysfs). */
@AutoService(Examination.class)
public final class KernelExamination implements Examination {
    private static final String SUBJECT = "kernel";
    private static final int NO_COMMAND = 127;
    private static final Question.Command RELEASE = Question.command("uname", "-r");

    /** Names of what is loaded; what is built in has a folder below /sys/module where it has parameters or a version. */
    private static final Question.ReadFile LOADED = Question.file("/proc/modules");

    private static final Question.Command FOLDERS = Question.command("ls", "/lib/modules");

    @Override
    public String name() {
        return SUBJECT;
    }

    /** The modules that are needed, each with what it is for. */
    private static Map<String, String> needs(Scope scope) {
        Map<String, String> out = new LinkedHashMap<>();
        Host host = scope.host();
        if (host.os() != Os.LINUX) return out;
        if (scope.fabric().hasWireguard(host)) out.put("wireguard", "tunnels");
        if (!scope.fabric().of(Bond.class, host).isEmpty()) out.put("bonding", "bonds");
        if (!scope.fabric().of(Vlan.class, host).isEmpty()) out.put("8021q", "VLANs");
        if (!scope.fabric().of(Bridge.class, host).isEmpty()) out.put("bridge", "bridges");
        if (PackageNeeds.of(scope).contains("nftables")) out.put("nf_tables", "packet filter rules");
        if (scope.fabric().one(Firewall.class, host).isPresent()
                || scope.fabric().one(StateSync.class, host).isPresent()
                || !scope.fabric().of(Publish.class, host).isEmpty()
                || !KeptSources.of(scope.fabric(), host).isEmpty()
                || !scope.fabric().of(FirezoneGateway.class, host).isEmpty())
            out.put("nf_conntrack", "rules that know connections");
        return out;
    }

    /** What it would do; it does nothing. */
    private static Question.Command loading(String module) {
        return Question.command("modprobe", "-n", "-v", module);
    }

    private static Question.Command builtIn(String module) {
        return Question.command("ls", "-d", "/sys/module/" + module);
    }

    @Override
    public List<Question<?>> questions(Scope scope, Look look, Sight sight) {
        Map<String, String> needs = needs(scope);
        if (look != Look.FIRST || needs.isEmpty()) return List.of();
        List<Question<?>> out = new ArrayList<>(List.of(RELEASE, LOADED, FOLDERS));
        for (String module : needs.keySet()) {
            out.add(loading(module));
            out.add(builtIn(module));
        }
        return out;
    }

    @Override
    public List<Diagnosis> diagnoses(Scope scope, Sight sight) {
        Map<String, String> needs = needs(scope);
        if (needs.isEmpty()) return List.of();
        Answers answers = sight.first(scope);
        List<String> have = new ArrayList<>();
        List<Diagnosis> out = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        needs.forEach((module, what) -> {
            String state = state(module, answers);
            if (!state.isEmpty()) have.add(module + " " + state);
            else if (answers.to(loading(module)).exit() == NO_COMMAND) unknown.add(module + " (" + what + ")");
            else out.add(missing(module, what, answers));
        });
        if (!unknown.isEmpty()) {
            out.add(Diagnosis.doubtful(
                    SUBJECT,
                    "whether it can load " + String.join(", ", unknown) + " is not known: there is no modprobe",
                    "install kmod there"));
        }
        if (!have.isEmpty())
            out.addFirst(Diagnosis.fine(SUBJECT, "it has what is declared: " + String.join(", ", have)));
        return out;
    }

    /** Empty where the kernel has it not. */
    private static String state(String module, Answers answers) {
        boolean loaded = answers.to(LOADED).orElse("").lines().anyMatch(line -> line.startsWith(module + " "));
        if (loaded) return "(loaded)";
        if (answers.to(builtIn(module)).ok()) return "(built in)";
        Answer.Output said = answers.to(loading(module));
        if (!said.ok()
                || said.stdout().contains("install /bin/false")
                || said.stdout().contains("install /bin/true")) return "";
        return said.stdout().isBlank() ? "(built in)" : "(loadable)";
    }

    private static Diagnosis missing(String module, String what, Answers answers) {
        String subject = SUBJECT + " " + module;
        Answer.Output said = answers.to(loading(module));
        String release = answers.stdout(RELEASE).strip();
        if (said.ok()) {
            return Diagnosis.inTheWay(
                    subject,
                    "loading " + module + ", for " + what + ", is forbidden: "
                            + said.stdout().strip(),
                    "take that line out of /etc/modprobe.d");
        }
        List<String> folders = answers.to(FOLDERS).stdout().lines().toList();
        boolean replaced = !folders.isEmpty() && !folders.contains(release);
        return Diagnosis.inTheWay(
                subject,
                "the running kernel, " + release + ", does not have " + module + ", which " + what + " need"
                        + (replaced
                                ? ": its modules are gone from /lib/modules (" + String.join(", ", folders) + ")"
                                : ""),
                replaced
                        ? "reboot into the kernel that is installed"
                        : "use a kernel with it: Debian's and Ubuntu's linux-image-* have it, as has Red Hat's kernel-modules"
                                + " package; in a container, load it on its host");
    }
}

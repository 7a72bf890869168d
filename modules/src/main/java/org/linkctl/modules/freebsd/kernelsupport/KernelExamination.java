package org.linkctl.modules.freebsd.kernelsupport;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linkctl.model.Balance;
import org.linkctl.model.Bond;
import org.linkctl.model.Bridge;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.model.Publish;
import org.linkctl.model.StateSync;
import org.linkctl.model.Vip;
import org.linkctl.model.Vlan;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Diagnosis;
import org.linkctl.spi.Examination;
import org.linkctl.spi.Question;
import org.linkctl.spi.Scope;
import org.linkctl.spi.Sight;

/** Whether the kernel has what is declared, or can load it (kldstat(8), kldload(8)). */
@AutoService(Examination.class)
public final class KernelExamination implements Examination {
    private static final String SUBJECT = "kernel";

    /** Files that are loaded, with the modules in each: those of the kernel itself, too. */
    private static final Question.Command LOADED = Question.command("kldstat", "-v");

    @Override
    public String name() {
        return SUBJECT;
    }

    /** The files of kernel modules that are needed, without {@code .ko}, each with what it is for. */
    private static Map<String, String> needs(Scope scope) {
        Map<String, String> out = new LinkedHashMap<>();
        Host host = scope.host();
        if (host.os() != Os.FREEBSD) return out;
        if (scope.fabric().hasWireguard(host)) out.put("if_wg", "tunnels");
        if (!scope.fabric().of(Bond.class, host).isEmpty()) out.put("if_lagg", "bonds");
        if (!scope.fabric().of(Vlan.class, host).isEmpty()) out.put("if_vlan", "VLANs");
        if (!scope.fabric().of(Bridge.class, host).isEmpty()) out.put("if_bridge", "bridges");
        if (!scope.fabric().of(Vip.class, host).isEmpty()) out.put("carp", "vips");
        if (!scope.fabric().of(Balance.class, host).isEmpty()
                || !scope.fabric().of(Publish.class, host).isEmpty()
                || scope.fabric().one(Firewall.class, host).isPresent()) out.put("pf", "packet filter rules");
        if (scope.fabric().one(StateSync.class, host).isPresent()) out.put("pfsync", "state shared by a pair");
        return out;
    }

    private static Question.Command files(String module) {
        return Question.command("ls", "/boot/kernel/" + module + ".ko", "/boot/modules/" + module + ".ko");
    }

    @Override
    public List<Question<?>> questions(Scope scope, Look look, Sight sight) {
        Map<String, String> needs = needs(scope);
        if (look != Look.FIRST || needs.isEmpty()) return List.of();
        List<Question<?>> out = new ArrayList<>(List.of(LOADED));
        for (String module : needs.keySet()) out.add(files(module));
        return out;
    }

    @Override
    public List<Diagnosis> diagnoses(Scope scope, Sight sight) {
        Map<String, String> needs = needs(scope);
        if (needs.isEmpty()) return List.of();
        Answers answers = sight.first(scope);
        String loaded = answers.stdout(LOADED);
        List<String> have = new ArrayList<>();
        List<Diagnosis> out = new ArrayList<>();
        needs.forEach((module, what) -> {
            if (isLoaded(module, loaded)) have.add(module + " (loaded)");
            else if (answers.to(files(module)).stdout().contains("/" + module + ".ko"))
                have.add(module + " (loadable)");
            else out.add(missing(module, what));
        });
        if (!have.isEmpty())
            out.addFirst(Diagnosis.fine(SUBJECT, "it has what is declared: " + String.join(", ", have)));
        return out;
    }

    /** A file of its own, or a module in the kernel: {@code 12 if_wg}, {@code 345 wg}, {@code 7 netlink/carp}. */
    private static boolean isLoaded(String module, String loaded) {
        String bare = module.replaceFirst("^if_", "");
        return loaded.lines()
                .map(String::strip)
                .anyMatch(line -> line.contains(" " + module + ".ko")
                        || line.matches("[0-9]+ (.*/)?(" + module + "|" + bare + ")"));
    }

    private static Diagnosis missing(String module, String what) {
        return Diagnosis.inTheWay(
                SUBJECT + " " + module,
                "the kernel does not have " + module + ", which " + what + " need, and there is no /boot/kernel/"
                        + module + ".ko",
                "use the GENERIC kernel with its modules; in a jail, that of its host, and a jail with a network of its own"
                        + " (vnet)");
    }
}

package org.linkctl.modules.linux.bgp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.frr.FrrSwitch;
import org.linkctl.modules.frr.FrrWait;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Question;

/**
 * The file of which daemons the service starts (frr, tools/etc/frr/daemons), and whether the service is started at boot.
 *
 * @param text null: there is no such file
 * @param atBoot as systemd says it of the service
 */
record DaemonsFile(@Nullable String text, String atBoot) implements FrrSwitch {
    static final String UNIT = "frr.service";
    private static final String PATH = "/etc/frr/daemons";
    static final Question.ReadFile QUESTION = Question.file(PATH);

    private static final String BOOT = UNIT + " at boot";
    private static final String ENABLED = "enabled";
    private static final String FOUND_OFF = "found-off";
    private static final String FOUND_BOOT = "found-at-boot";

    @Override
    public List<Change> on(Set<String> daemons) {
        List<Change> out = new ArrayList<>();
        String wanted = with(daemons, "yes");
        if (!off(daemons).isEmpty()) out.add(Change.file(PATH, text, wanted));
        if (!atBoot.equals(ENABLED)) {
            out.add(Change.state(BOOT, atBoot.equals("not-found") ? null : atBoot, ENABLED));
        }
        return out;
    }

    @Override
    public List<Change> off(Memory found, Set<String> unused) {
        List<Change> out = new ArrayList<>();
        Set<String> daemons = new TreeSet<>(switchedOn(found));
        daemons.retainAll(unused);
        daemons.removeAll(off(daemons));
        if (text != null && !daemons.isEmpty()) out.add(Change.file(PATH, text, with(daemons, "no")));
        found.value(FOUND_BOOT)
                .filter(before -> atBoot.equals(ENABLED) && unused.contains("bgpd"))
                .ifPresent(before -> out.add(Change.state(BOOT, atBoot, before)));
        return out;
    }

    @Override
    public Memory found(Memory memory, Set<String> daemons) {
        boolean other = !atBoot.equals(ENABLED) && !atBoot.equals("not-found");
        return memory.with(FOUND_OFF, off(daemons)).with(FOUND_BOOT, other ? atBoot : null);
    }

    @Override
    public Set<String> switchedOn(Memory found) {
        return Set.copyOf(found.words(FOUND_OFF));
    }

    /** Those of these daemons that are not started (frrcommon.sh, daemon_list: neither "no" nor 0 nor nothing). */
    private Set<String> off(Set<String> daemons) {
        Set<String> out = new TreeSet<>();
        for (String daemon : daemons) {
            Matcher match = line(daemon).matcher(text == null ? "" : text);
            String value = "";
            while (match.find()) value = match.group("value");
            if (Set.of("", "no", "0").contains(value)) out.add(daemon);
        }
        return out;
    }

    private static Pattern line(String daemon) {
        return Pattern.compile("(?m)^" + daemon + "=[\"']?(?<value>[^\\s\"']*)[\"']?[ \\t]*$");
    }

    private String with(Collection<String> daemons, String value) {
        String out = text == null ? "" : text;
        for (String daemon : daemons) {
            String set = daemon + "=" + value;
            Matcher match = line(daemon).matcher(out);
            if (match.find()) out = match.replaceAll(set);
            else out += (out.isEmpty() || out.endsWith("\n") ? "" : "\n") + set + "\n";
        }
        return out;
    }

    @Override
    public List<Step> steps(List<Change> changes) {
        List<Step> out = new ArrayList<>();
        for (Change change : changes) {
            String after = change.after();
            if (change.is(Change.Kind.FILE, PATH) && after != null) {
                out.add(Step.put(PATH, "0640", after));
                out.add(Step.run("chown", "frr:frr", PATH));
            } else if (change.is(Change.Kind.STATE, BOOT)) {
                boolean on = ENABLED.equals(after);
                Argv undo = Argv.of("systemctl", on ? "disable" : "enable", UNIT);
                out.add(Step.run(Argv.of("systemctl", on ? "enable" : "disable", UNIT), undo));
            }
        }
        return out;
    }

    @Override
    public List<Step> start(boolean running, Set<String> daemons, boolean idle) {
        List<Step> out = new ArrayList<>();
        if (!running) out.add(Step.run(Argv.of("systemctl", "restart", UNIT), Argv.of("systemctl", "stop", UNIT)));
        else if (idle) out.add(restart());
        else out.add(Step.run(single("start", daemons), single("stop", daemons)));
        out.add(FrrWait.step(BgpOnLinux.VTYSH, daemons));
        return out;
    }

    private static Argv single(String verb, Collection<String> daemons) {
        String program = ShellFile.of(DaemonsFile.class, "start-daemons.sh").text();
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", program, "sh", verb));
        words.addAll(daemons);
        return new Argv(words);
    }

    @Override
    public Step restart() {
        Argv restart = Argv.of("systemctl", "restart", UNIT);
        return Step.run(restart, restart);
    }
}
